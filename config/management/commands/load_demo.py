"""``manage.py load_demo``: fill an empty registry with the demo story."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from config.demo import story


class Command(BaseCommand):
    """Tells the demo story in an empty registry; does nothing where it is told, or where other data stand."""

    help = "Fill an empty registry with the demo story. Run again it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the story and say what came of it."""
        if not settings.DEVELOPMENT_MARK:
            raise CommandError(
                "The demo story is for development only: everybody in it has the same published password. "
                "Set DEVELOPMENT_MARK=1 on a system without real data."
            )
        if story.is_told():
            self.stdout.write("The demo story is already here; nothing was changed.")
        elif not story.is_empty():
            self.stdout.write("This registry holds other data, so the demo story was not loaded; nothing was changed.")
        else:
            told = story.tell(now=timezone.now())
            self.stdout.write(
                f"The demo story is loaded: {told.people} people, {told.patents} patents, {told.statements} "
                f"statements, {told.issues} issues of the bulletin, {told.licenses} licenses, {told.cases} disputes."
            )
