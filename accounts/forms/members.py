"""Inviting colleagues and making API keys."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validation.text import clean_line


class InviteForm(forms.Form):
    """The address of a colleague."""

    email = forms.EmailField(
        label=_("E-mail address of your colleague"),
        help_text=_("They get a link that is good once, for seven days, and only for this address."),
    )


class ApiKeyForm(forms.Form):
    """What a key is for."""

    label = forms.CharField(
        label=_("What the key is for"), max_length=80, help_text=_("For example the name of the system that uses it.")
    )

    def clean_label(self) -> str:
        """Refuse characters that cannot be seen."""
        return clean_line(self.cleaned_data["label"])
