"""The steps of a request for mediation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validation import TextField
from mediation.enums import Proceedings, Subject


class OpeningForm(forms.Form):
    """From which license or notice a request begins, and for whom."""

    license = forms.UUIDField(required=False, widget=forms.HiddenInput)
    statement = forms.UUIDField(widget=forms.HiddenInput)
    applicant = forms.UUIDField(widget=forms.HiddenInput)


class DisputeForm(forms.Form):
    """What the dispute is about and what is claimed. May be saved incomplete."""

    subject = forms.ChoiceField(
        label=_("What is the dispute about?"), choices=Subject.choices, widget=forms.RadioSelect, required=False
    )
    claim = TextField(
        label=_("What do you ask for?"),
        help_text=_("State sums and dates. The office mediates; it cannot set the fee (Patent Law, Art. 52)."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "data-count": "4000"}),
    )
    hide_optional = True


class FactsForm(forms.Form):
    """What happened and why the claim is right. May be saved incomplete."""

    facts = TextField(
        label=_("Facts and reasons"),
        help_text=_(
            "In the order of time. The other side reads this; put what it must not read into a paper in confidence."
        ),
        max_length=10000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "data-count": "10000"}),
    )
    hide_optional = True


class ProceedingsForm(forms.Form):
    """Whether the dispute is elsewhere already (M590 8)."""

    declared_proceedings = forms.ChoiceField(
        label=_("Is or was this dispute before a court or an arbitral body?"),
        help_text=_("The office does not admit a request on which others have begun to decide or have decided."),
        choices=Proceedings.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    hide_optional = True
