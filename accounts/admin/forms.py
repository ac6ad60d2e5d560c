"""What an administrator has to say with a step."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.organisations import province_choices
from accounts.roles import OFFICE_ROLES, Role
from core.validation.text import clean_text


class ReasonForm(forms.Form):
    """Why an identity check failed; the organisation reads it."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_reason(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_text(self.cleaned_data["reason"])


class AppointForm(forms.Form):
    """A role of the office, with the province of a provincial officer."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, role.label) for role in Role if role in OFFICE_ROLES]
    )
    province = forms.ChoiceField(label=_("Province (officers only)"), choices=province_choices, required=False)
