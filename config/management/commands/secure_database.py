"""``manage.py secure_database ROLE``: give the application's role its privileges; as the owner, after each migration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.privileges import secure


class Command(BaseCommand):
    """Grants ROLE what the application needs, and nothing that could undo a record."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the argument."""
        parser.add_argument("role", help="the application's role, as in the DATABASE_URL of web, worker and beat")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grant, and say what is kept."""
        role = options["role"]
        try:
            limited = secure(role)
        except ValueError:
            raise CommandError(
                f"{role} owns the tables, so no privilege can hold it back. Run this command as another role that owns "
                "them (docs/operations.md, Database roles)."
            ) from None
        self.stdout.write(
            f"{role} works on the tables and owns none; on {limited} it cannot change or remove every row."
        )
