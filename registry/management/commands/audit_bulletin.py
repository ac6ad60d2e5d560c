"""``manage.py audit_bulletin``: recompute the bulletin from its rows and say what does not agree."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registry.models import BulletinEntry, BulletinIssue
from registry.queries.log_audit import problems


class Command(BaseCommand):
    """Fails with one line for each thing that is wrong, so that a nightly job sees it."""

    help = "Check every leaf, root, signature and announced statement of the bulletin."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check and report."""
        found = [f"{where}: {what}" for where, what in problems()]
        for line in found:
            self.stderr.write(line)
        if found:
            raise CommandError(f"{len(found)} problems in the bulletin.")
        count = f"{BulletinIssue.objects.count()} issues, {BulletinEntry.objects.count()} entries"
        self.stdout.write(f"The bulletin is whole: {count}.")
