"""What the office writes on the desks of licensing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.validation import TextField


class ReasonsForm(forms.Form):
    """Reasons that both sides read; the action refuses an empty text with its article."""

    hide_optional = True
    reasons = TextField(label=_("Reasons"), required=False, widget=forms.Textarea({"rows": 5}), max_length=4000)
