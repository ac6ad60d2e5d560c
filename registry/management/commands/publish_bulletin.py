"""``manage.py publish_bulletin``: publish the issue of the day by hand."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.deadlines import law_date
from core.lifecycle import Actor
from registry.actions.halting import PublicationHalted
from registry.actions.publishing import publish_issue
from registry.queries.calendar import is_issue_day


class Command(BaseCommand):
    """Publishes what is approved as today's issue; does nothing where today's issue exists."""

    help = "Publish the bulletin issue of today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """An extra issue on a day that is no issue day has to be asked for."""
        parser.add_argument("--extra", action="store_true", help="publish although today is no issue day")

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish and say what came of it."""
        at = timezone.now()
        if not options["extra"] and not is_issue_day(law_date(at)):
            raise CommandError("Today is no issue day of the bulletin's calendar. Add --extra for an extra issue.")
        try:
            issue = publish_issue(by=Actor.system("publish_bulletin"), at=at)
        except PublicationHalted as halted:
            raise CommandError(f"Nothing was published: {halted}. An approver can let it go on.") from halted
        if issue is None:
            self.stdout.write("Nothing to publish: nothing is approved, or today's issue is out already.")
        else:
            self.stdout.write(f"Issue {issue} published with {issue.entry_count} entries.")
