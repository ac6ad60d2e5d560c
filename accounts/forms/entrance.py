"""The forms of the entrance, without placeholders: they repeat the label and look like something already typed."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.utils.translation import gettext_lazy as _


class Plain(forms.Form):
    """Takes the placeholders away, and calls an e-mail address what the rest of the site calls it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.label = _("E-mail address")


class LoginForm(Plain, account.LoginForm):
    """Signing in."""


class AddEmailForm(Plain, account.AddEmailForm):
    """Another e-mail address."""


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    """A new password for the old one."""


class SetPasswordForm(Plain, account.SetPasswordForm):
    """A first password."""


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    """Asking for a link to set a password."""


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    """Setting a password by such a link."""


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    """The password once more."""


class AuthenticateForm(Plain, mfa.AuthenticateForm):
    """The second factor when signing in."""


class SecondFactorForm(Plain, mfa.ReauthenticateForm):
    """The second factor once more."""


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    """Setting up an authenticator app."""
