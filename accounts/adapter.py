"""What allauth is told about this site: letters through the outbox, secrets of second factors encrypted."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from accounts.letters import post
from accounts.models import User
from accounts.queries import holds_office
from accounts.secrets import seal, unseal


class AccountAdapter(DefaultAccountAdapter):
    """Accounts of people: nothing but e-mail address, name and password."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the letter instead of sending it within the request."""
        request = allauth_context.request
        letter: EmailMessage = self.render_mail(template_prefix, email, {"request": request, "email": email, **context})
        post(str(letter.subject), str(letter.body), list(letter.to), at=timezone.now())

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count nothing here: django-axes counts wrong passwords, per account and address. Wrong codes of second
        factors still fall under ``ACCOUNT_RATE_LIMITS``."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Keep the full name and the language in which the person signed up."""
        user.full_name = form.cleaned_data["full_name"]
        user.language = get_language() or user.language
        return super().save_user(request, user, form, commit=commit)


class MfaAdapter(DefaultMFAAdapter):
    """Second factors."""

    def encrypt(self, text: str) -> str:
        """Encrypt the secret of an authenticator app or of recovery codes at rest."""
        return seal(text).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what :meth:`encrypt` was given."""
        return unseal(encrypted_text.encode())

    def can_delete_authenticator(self, authenticator: Any) -> bool:
        """Office staff cannot put away the factor that their work demands."""
        return not holds_office(authenticator.user)
