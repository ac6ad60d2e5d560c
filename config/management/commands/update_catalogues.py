"""``manage.py update_catalogues``: bring both language catalogues in line with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from config import catalogues


class Command(BaseCommand):
    """Extracts the messages of code and templates and merges them into ``locale/``."""

    help = "Write locale/*/LC_MESSAGES/django.po from the messages in code and templates; needs no gettext tools."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Rewrite the catalogues and say what is left to translate."""
        for language, missing in catalogues.update().items():
            self.stdout.write(f"{language}: {missing} messages without translation")
