"""Signing up as a person."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from accounts.forms.entrance import Plain
from accounts.models import User
from core.validation.text import clean_line


class SignupForm(Plain, AllauthSignupForm):
    """Full name, e-mail address, password twice; no organisation yet."""

    field_order = ["full_name", "email", "password1", "password2"]

    full_name = forms.CharField(
        label=_("Full name"),
        max_length=100,
        help_text=_("As on your identity document. Other parties and the office see it beside what you do."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_full_name(self) -> str:
        """Refuse names with characters that cannot be seen."""
        return clean_line(self.cleaned_data["full_name"])

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Create the account, or write to the owner of the existing one; the answer and its time are the same."""
        if self.account_already_exists:
            # Hashing is what takes the time in the other branch.
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)
