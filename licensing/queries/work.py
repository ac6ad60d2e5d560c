"""What of licensing waits for somebody, for the workbench."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Text
from licensing.models import FilingAftermath, License
from licensing.queries.changes import changes_queue
from licensing.queries.timing import change_due_on, decision_due_on
from licensing.queries.worklists import as_licensee, filings_queue, filings_wanted, licenses_seen_by


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits: what, where, until when, how many."""

    title: Text
    url: str
    due_on: date | None
    count: int = 1


def work_items(actor: Actor, at: datetime) -> list[WorkItem]:
    """Return what waits for the actor in licensing, what is due first coming first."""
    if Role.EXAMINER in actor.roles:
        return _for_examiner()
    if actor.organisation_id is None:
        return []
    return _for_side(actor, law_date(at))


def _for_examiner() -> list[WorkItem]:
    found = []
    queue, changes = list(filings_queue()), list(changes_queue())
    if queue:
        url = f"{reverse('admin:licensing_filing_changelist')}?status__exact=submitted"
        due_on = min(map(decision_due_on, queue))
        found.append(WorkItem(_("Filings of licenses to decide on"), url, due_on, len(queue)))
    if changes:
        url = f"{reverse('admin:licensing_filingchange_changelist')}?status__exact=requested"
        due_on = min(map(change_due_on, changes))
        found.append(WorkItem(_("Changes of filings to decide on"), url, due_on, len(changes)))
    left = FilingAftermath.objects.filter(settled_at=None).count()
    if left:
        url = reverse("admin:licensing_filingaftermath_changelist")
        found.append(WorkItem(_("Filings decided on events that are annulled"), url, None, left))
    return found


def _for_side(actor: Actor, on: date) -> list[WorkItem]:
    found = []
    waiting, _licenses = as_licensee(actor, on=on)
    count = waiting.count()
    if count:
        found.append(WorkItem(_("Notices that wait for your payment"), reverse("licensing:my_licenses"), None, count))
    seen = License.objects.filter(pk__in=licenses_seen_by(actor, on=on).order_by().values("pk"))
    wanted = list(filings_wanted(seen))
    if wanted:
        due_on = min(item.due_on for item in wanted)
        only = wanted[0].license
        url = reverse("licensing:license", args=[only.pk]) if len(wanted) == 1 else reverse("licensing:my_licenses")
        found.insert(0, WorkItem(_("Licenses to file with the office"), url, due_on, len(wanted)))
    return found
