"""What the office has to say with a step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validation import clean_text
from registry.enums import EndingKind


class ReasonsForm(forms.Form):
    """Reasons that the filer reads; the action refuses an empty text with its article."""

    reasons = forms.CharField(
        label=_("Reasons"),
        error_messages={"required": _("Give the reasons; the filer reads them (Guidelines V-6, section 1.2).")},
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )

    def clean_reasons(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["reasons"])


class ReasonForm(forms.Form):
    """Why an officer does something within the office; colleagues read it."""

    reason = forms.CharField(
        label=_("Reason"),
        error_messages={"required": _("Say in a sentence why.")},
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def clean_reason(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["reason"])


class OverrideForm(forms.Form):
    """Why a fee or an explanation above the usual limit is let pass (GL V-11 §3.3: "generally")."""

    override_reason = forms.CharField(
        label=_("Reason for passing an explanation or a fee above the usual limit"),
        help_text=_("Leave empty unless a limit is exceeded. Guidelines V-11, section 3.3."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )

    def clean_override_reason(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["override_reason"])


class EndForm(forms.Form):
    """An end or a revocation by the office, with its grounds. Its choice follows from the facts."""

    falsehood = forms.BooleanField(
        label=_("Something was false or concealed when the statement was filed"),
        help_text=_("Then it is revoked, and the patent enforcement department is told (Rules 88 and 100)."),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in (EndingKind.TERMINATION, EndingKind.REVOCATION)],
    )
    deviation = forms.CharField(
        label=_("Why not what the facts call for"),
        help_text=_("Leave empty if you follow the suggestion."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
    )
    grounds = forms.CharField(
        label=_("Grounds"),
        error_messages={"required": _("Give the grounds.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )

    def clean_grounds(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["grounds"])

    def clean_deviation(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["deviation"])
