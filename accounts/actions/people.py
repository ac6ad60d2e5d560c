"""People made by the office rather than by signing up."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from accounts.rules import refusal
from core import audit
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole


@transaction.atomic
def create_person(
    *, email: str, full_name: str, by: Actor, at: datetime, password: str | None = None, language: str = "zh-hans"
) -> User:
    """Create a person whose address needs no confirmation. Without a password they have to set one by a link.

    Raises:
        WrongRole: neither an administrator nor the system (the commands that make people).
        Refused: the address has an account.
    """
    if not by.roles & {Role.ADMINISTRATOR, SYSTEM_ROLE}:
        raise WrongRole("person", "create", by.roles)
    if User.objects.filter(email__iexact=email).exists():
        raise refusal("P18", _("This e-mail address already has an account."), field="email")
    person = User.objects.create_user(email, password, full_name=full_name, language=language)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    audit.record("create person", person, by=by, at=at)
    return person
