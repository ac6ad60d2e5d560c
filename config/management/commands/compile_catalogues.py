"""``manage.py compile_catalogues``: turn the catalogues into the form that Django reads."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import catalogues


class Command(BaseCommand):
    """Compiles ``locale/*/LC_MESSAGES/django.po`` to ``.mo``; refuses fuzzy entries and changed placeholders."""

    help = "Compile the language catalogues; needs no gettext tools."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile, or end with every reason why not."""
        try:
            compiled = catalogues.compile_all()
        except catalogues.CatalogueError as error:
            raise CommandError(f"The catalogues are not compiled:\n{error}") from error
        for language, messages in compiled.items():
            self.stdout.write(f"{language}: {messages} messages")
