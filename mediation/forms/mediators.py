"""Forms of the mediators."""

from collections.abc import Iterable
from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.deadlines import SHANGHAI
from core.validation import LineField, TextField
from mediation.enums import CaseStatus, ClosingGround, DeclineGround, RecusalGround, SessionMode, Subject
from mediation.models.sessions import SESSION_AUDIENCES
from mediation.rules.conduct import CLOSING_GROUNDS


class DocketFilter(forms.Form):
    """How the docket is narrowed; what is not understood narrows nothing."""

    q = LineField(label=_("Case number or party"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    subject = forms.ChoiceField(label=_("Subject"), required=False, choices=[("", _("All")), *Subject.choices])
    mine = forms.BooleanField(label=_("Only cases I mediate"), required=False)
    hide_optional = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        stages = (CaseStatus.REQUESTED, CaseStatus.ASKED, CaseStatus.IN_MEDIATION)
        choices = [("", _("All")), *((one.value, one.label) for one in stages), ("closed", _("Closed"))]
        self.fields["stage"].choices = choices


class AdmissionForm(forms.Form):
    """Who mediates the case that is admitted."""

    mediators = forms.MultipleChoiceField(
        label=_("Mediators"),
        help_text=_("One, or three for a complex case. People with ties to a party are not listed."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, people: Iterable[User], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mediators"].choices = [(str(one.pk), str(one)) for one in people]


class DeclineForm(forms.Form):
    """The ground of Article 8 and the reasons."""

    ground = forms.ChoiceField(label=_("Ground"), choices=DeclineGround.choices, widget=forms.RadioSelect)
    reasons = TextField(label=_("Reasons"), help_text=_("The applicant reads them."), max_length=2000)


class RecusalForm(forms.Form):
    """Why a mediator steps down."""

    ground = forms.ChoiceField(label=_("Ground"), choices=RecusalGround.choices, widget=forms.RadioSelect)


class SessionForm(forms.Form):
    """A session to be arranged."""

    audience = forms.ChoiceField(
        label=_("With whom?"),
        help_text=_("Of a separate session the other side learns nothing, not even that it is held."),
        choices=[(one.value, one.label) for one in SESSION_AUDIENCES],
        widget=forms.RadioSelect,
    )
    mode = forms.ChoiceField(label=_("How?"), choices=SessionMode.choices)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(
        label=_("Time"),
        help_text=_("China Standard Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = LineField(label=_("Place, or address of the online session"), max_length=300, required=False)

    @property
    def scheduled_at(self) -> datetime:
        """The moment that day and time name in Asia/Shanghai."""
        return datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], tzinfo=SHANGHAI)


class RecordForm(forms.Form):
    """Minutes and attendance of a session."""

    applicant_attended = forms.BooleanField(label=_("The applicant attended"), required=False)
    respondent_attended = forms.BooleanField(label=_("The respondent attended"), required=False)
    attendees = TextField(
        label=_("Who attended"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    minutes = TextField(label=_("Minutes"), max_length=20000, widget=forms.Textarea(attrs={"rows": 12}))


class ProposalForm(forms.Form):
    """The words of an agreement."""

    parties = TextField(label=_("Parties"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    facts = TextField(label=_("Facts"), max_length=10000, widget=forms.Textarea(attrs={"rows": 6}))
    dispute = TextField(label=_("Matter in dispute"), max_length=10000, widget=forms.Textarea(attrs={"rows": 4}))
    result = TextField(label=_("What the parties agree"), max_length=10000, widget=forms.Textarea(attrs={"rows": 6}))
    performance_mode = TextField(
        label=_("How it is performed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    performance_on = forms.DateField(
        label=_("Performed by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ClosingForm(forms.Form):
    """Why the case is closed without an agreement."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[(one.value, ClosingGround(one).label) for grounds in CLOSING_GROUNDS.values() for one in grounds],
        widget=forms.RadioSelect,
    )
    note = TextField(
        label=_("Note"),
        help_text=_("Both sides read it. Nothing said in confidence belongs here."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
