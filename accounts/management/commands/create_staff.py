"""``manage.py create_staff EMAIL NAME ROLE [--province CODE]``: the first administrator of a new system."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.actions.appointments import appoint
from accounts.actions.people import create_person
from accounts.models import User
from accounts.roles import OFFICE_ROLES
from core.lifecycle import Actor
from core.rules import Refused


class Command(BaseCommand):
    """Creates a person of the office, or appoints one who has an account, and prints the link to set a password."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("role", choices=sorted(role.value for role in OFFICE_ROLES))
        parser.add_argument("--province", default="", help="two digits, for a provincial officer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the appointment and print the link."""
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"{email}: {' '.join(error.messages)}") from None
        try:
            person = self._appointed(email, options)
        except Refused as refused:
            raise CommandError(" ".join(str(item.message) for item in refused.violations)) from None
        key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
        uid, token = key.split("-", 1)
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        self.stdout.write(f"{person} is now {options['role']}. Set the password here, once:")
        self.stdout.write(settings.PUBLIC_BASE_URL + path)

    @transaction.atomic
    def _appointed(self, email: str, options: dict[str, Any]) -> User:
        by, at = Actor.system("create_staff"), timezone.now()
        person = User.objects.filter(email__iexact=email).first()
        if person is None:
            person = create_person(email=email, full_name=options["name"], by=by, at=at)
        appoint(person, role=options["role"], province=options["province"], by=by, at=at)
        return person
