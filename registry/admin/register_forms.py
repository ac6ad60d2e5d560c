"""What the office says with an entry in the register of patents."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Verification
from accounts.models import Organisation
from core.validation.text import LineField, TextField
from registry.enums import (
    AnnuityState,
    CompensationGround,
    EncumbranceKind,
    InvalidationScope,
    ReportConclusion,
    RightStatus,
    SuspensionGround,
)
from registry.models import Patentee


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}))


class NamesField(TextField):
    """Names, one a line, as a tuple without repetitions."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the names."""
        lines = (" ".join(line.split()) for line in super().clean(value).splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))


class AnnuityForm(forms.Form):
    """Annuities paid, or late: of one patent year or of all."""

    annuity_state = forms.ChoiceField(
        label=_("Annuities"), choices=[(item.value, item.label) for item in (AnnuityState.PAID, AnnuityState.LATE)]
    )
    since_on = _day(_("Since"))
    year = forms.IntegerField(label=_("Patent year"), required=False, min_value=1, max_value=40)


class RightForm(forms.Form):
    """The state of the right. “In force” restores a lapsed one."""

    right_status = forms.ChoiceField(label=_("Status of the right"), choices=RightStatus.choices)
    since_on = _day(_("Since"), required=False)


class GrantForm(forms.Form):
    """The day of the grant announcement."""

    granted_on = _day(_("Grant announcement date"))


class PledgeForm(forms.Form):
    """A pledge."""

    pledgee = LineField(label=_("Pledgee"), max_length=200)
    since_on = _day(_("Registered"))
    consented_on = _day(_("Pledgee's consent"), required=False)


class ContractForm(forms.Form):
    """A license contract outside open licensing."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EncumbranceKind.choices)
    licensee = LineField(label=_("Licensee"), max_length=200)
    since_on = _day(_("From"))
    until_on = _day(_("No longer since"), required=False)


class SuspensionForm(forms.Form):
    """A suspension of procedures."""

    ground = forms.ChoiceField(label=_("Ground"), choices=SuspensionGround.choices)
    since_on = _day(_("From"))
    until_on = _day(_("No longer since"), required=False)


class InvalidationForm(forms.Form):
    """A final decision on validity."""

    scope = forms.ChoiceField(label=_("Scope"), choices=InvalidationScope.choices)
    decided_on = _day(_("Decided"))
    decision_number = LineField(label=_("Decision number"), max_length=40, required=False)


class ReportForm(forms.Form):
    """The patent evaluation report."""

    reference = LineField(label=_("Report number"), max_length=40)
    issued_on = _day(_("Issued"))
    conclusion = forms.ChoiceField(label=_("Conclusion"), choices=ReportConclusion.choices)


class ObstacleForm(forms.Form):
    """Another obstacle in a human's words."""

    description = TextField(label=_("Obstacle"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    since_on = _day(_("From"))


class TransferForm(forms.Form):
    """Holders leave, others come: an assignment, a merger or another succession."""

    leaving = NamesField(
        label=_("Who leaves"), required=False, help_text=_("One name a line; left empty, every holder leaves.")
    )
    coming = NamesField(label=_("New holders"), help_text=_("One name a line."))
    since_on = _day(_("Registered"))


class NameForm(forms.Form):
    """The same holder under another name."""

    old_name = LineField(label=_("Name so far"), max_length=200)
    new_name = LineField(label=_("New name"), max_length=200)
    since_on = _day(_("Registered"))


class CompensationForm(forms.Form):
    """Days by which the term of an invention was compensated."""

    ground = forms.ChoiceField(label=_("Ground"), choices=CompensationGround.choices)
    days = forms.IntegerField(label=_("Days"), min_value=1, max_value=3660)
    decided_on = _day(_("Decided"))


class DismissForm(forms.Form):
    """Why a parked event is set aside."""

    reason = TextField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class AnnulForm(forms.Form):
    """Why a register event is annulled."""

    reason = TextField(
        label=_("What was entered by mistake"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody can read this with the event."),
    )


class SettleForm(forms.Form):
    """What was done about an aftermath."""

    note = TextField(label=_("What was done"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class EndingDayForm(forms.Form):
    """The first day on which an entry no longer holds."""

    until_on = _day(_("No longer since"))


class ConsentDayForm(forms.Form):
    """The day of the pledgee's written consent."""

    consented_on = _day(_("Consented on"))


def identity_form(patentee: Patentee) -> type[forms.Form]:
    """Return the form that chooses the organisation: one of the same name, or any by its credit code."""
    same_name = Q(name=patentee.name) & Q(verification=Verification.VERIFIED)

    class IdentityForm(forms.Form):
        organisation = forms.ModelChoiceField(
            Organisation.objects.filter(same_name), label=_("Organisation of the same name"), required=False
        )
        uscc = LineField(
            label=_("Or its unified social credit code"),
            required=False,
            max_length=18,
            help_text=_("For an organisation that the register knows under an earlier name."),
        )

        def clean(self) -> dict[str, Organisation | None]:
            """Return the one organisation meant."""
            chosen, code = self.cleaned_data.get("organisation"), self.cleaned_data.get("uscc", "")
            if code:
                chosen = Organisation.objects.filter(uscc=code.upper(), verification=Verification.VERIFIED).first()
            if chosen is None:
                self.add_error("uscc", _("Choose an organisation, or give the credit code of a verified one."))
            return {"organisation": chosen}

    return IdentityForm
