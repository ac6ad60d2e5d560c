"""``manage.py demo_people``: who one can be in the demo story."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils.translation import override

from config.demo import story
from config.demo.people import PASSWORD, demo_people


class Command(BaseCommand):
    """Prints the demo people: e-mail address, role, organisation, what to do first."""

    help = "Print the people of the demo story and how to sign in as them."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line a person."""
        if not settings.DEVELOPMENT_MARK:
            raise CommandError("There are no demo people here: this is not a development system.")
        if not story.is_told():
            self.stdout.write("The demo story is not loaded here, so there are no demo people.")
            return
        self.stdout.write(
            f"Everybody's password is {PASSWORD}. Sign in at {settings.PUBLIC_BASE_URL}{reverse('account_login')}"
        )
        with override("en"):  # as everything else that the terminal says
            for person in demo_people():
                place = f" · {person.organisation}" if person.organisation else ""
                self.stdout.write(f"  {person.email:<24} {person.role!s}{place}\n  {'':<24} {person.to_do!s}")
