"""What of licensing belongs to the office's day."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import Actor
from licensing.queries.changes import changes_queue
from licensing.queries.timing import change_due_on, decision_due_on
from licensing.queries.worklists import filings_queue
from registry.queries.day import DayLine, line


def day_of(actor: Actor, *, at: datetime) -> list[DayLine]:
    """Return the filings that wait for an examiner, with the age of the oldest."""
    if Role.EXAMINER not in actor.roles:
        return []
    queue = filings_queue()
    oldest = queue.first()
    url = f"{reverse('admin:licensing_filing_changelist')}?status__exact=submitted"
    due_on = decision_due_on(oldest) if oldest else None
    start = oldest.submitted_on if oldest else None
    on = law_date(at)
    return [
        line(_("Filings of licenses to decide on"), url, queue.count(), start, on=on, due_on=due_on),
        _changes(on),
    ]


def _changes(on: date) -> DayLine:
    queue = changes_queue()
    oldest = queue.first()
    url = f"{reverse('admin:licensing_filingchange_changelist')}?status__exact=requested"
    due_on = change_due_on(oldest) if oldest else None
    start = oldest.requested_on if oldest else None
    return line(_("Changes of filings to decide on"), url, queue.count(), start, on=on, due_on=due_on)
