"""The office's day at a glance: what lies where, how much of it, how old the oldest, when it is due."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.deadlines import deadline_working_days, law_date, working_days_between
from core.legal import setting
from core.lifecycle import Actor
from core.rules import Text
from registry.enums import EndingStatus, StatementStatus
from registry.models import Ending, Statement
from registry.queries.progress import Turns

S = StatementStatus


@dataclass(frozen=True, slots=True)
class DayLine:
    """One heap of work. ``age`` is that of its oldest piece in working days."""

    title: Text
    url: str
    count: int
    oldest_on: date | None = None
    age: int | None = None
    due_on: date | None = None
    overdue: bool = False


def line(title: Text, url: str, count: int, oldest: date | None, *, on: date, due_on: date | None = None) -> DayLine:
    """Return a line with the age of its oldest piece on that day."""
    age = working_days_between(oldest, on) if oldest else None
    return DayLine(title, url, count, oldest, age, due_on, bool(due_on and due_on < on))


def day_of(actor: Actor, *, at: datetime) -> list[DayLine]:
    """Return the heaps that concern this person's roles, empty ones too."""
    on = law_date(at)
    lines: list[DayLine] = []
    if Role.EXAMINER in actor.roles:
        mine = Statement.objects.filter(examiner_id=actor.user_id)
        lines += [
            _examined(_("Statements on my desk"), mine.filter(status=S.EXAMINING), S.EXAMINING, on, mine=actor),
            _corrections(mine.filter(status=S.CORRECTION), on, actor),
            _examined(_("Statements waiting for an examiner"), _in(S.SUBMITTED), S.SUBMITTED, on),
            _held(on),
            _endings(_("Endings to examine"), EndingStatus.REQUESTED, on),
        ]
    if Role.APPROVER in actor.roles:
        lines += [
            _passed(_("Statements to approve"), S.PASSED, on),
            _passed(_("Refusals to approve"), S.REFUSAL_PROPOSED, on),
            _endings(_("Endings to approve"), EndingStatus.PASSED, on),
            _examined(_("Statements on examiners' desks"), _in(S.EXAMINING), S.EXAMINING, on),
            _approved(on),
        ]
    return lines


def _in(status: str) -> QuerySet[Statement]:
    return Statement.objects.filter(status=status)


def _list(status: str, mine: Actor | None = None) -> str:
    own = f"&examiner__id__exact={mine.user_id}" if mine else ""
    return f"{reverse('admin:registry_statement_changelist')}?status__exact={status}{own}"


def _examined(title: Text, found: QuerySet[Statement], status: str, on: date, mine: Actor | None = None) -> DayLine:
    oldest = found.aggregate(at=Min("submitted_at"))["at"]
    start = law_date(oldest) if oldest else None
    due = deadline_working_days(start, setting("statement_exam_working_days", on=start).whole) if start else None
    return line(title, _list(status, mine), found.count(), start, on=on, due_on=due)


def _corrections(found: QuerySet[Statement], on: date, mine: Actor) -> DayLine:
    oldest = found.aggregate(at=Min("submitted_at"), due=Min("correction_due_on"))
    start = law_date(oldest["at"]) if oldest["at"] else None
    title = _("Corrections due from filers")
    return line(title, _list(S.CORRECTION, mine), found.count(), start, on=on, due_on=oldest["due"])


def _held(on: date) -> DayLine:
    found = _in(S.HELD)
    oldest = found.aggregate(at=Min("decided_at"))["at"]
    start = law_date(oldest) if oldest else None
    return line(_("Statements held back at publication"), _list(S.HELD), found.count(), start, on=on)


def _passed(title: Text, status: str, on: date) -> DayLine:
    """Waiting for approval since the examiner's step."""
    found = _in(status)
    since = found.annotate(since=Max("examinations__done_at")).aggregate(at=Min("since"))["at"]
    start = law_date(since) if since else None
    return line(title, _list(status), found.count(), start, on=on)


def _approved(on: date) -> DayLine:
    found = _in(S.APPROVED)
    oldest = found.aggregate(at=Min("decided_at"))["at"]
    start = law_date(oldest) if oldest else None
    due = Turns(on).next_issue if oldest else None
    return line(_("Approved, waiting for the next issue"), _list(S.APPROVED), found.count(), start, on=on, due_on=due)


def _endings(title: Text, status: str, on: date) -> DayLine:
    found = Ending.objects.filter(status=status)
    oldest = found.aggregate(at=Min("requested_at"))["at"]
    start = law_date(oldest) if oldest else None
    url = f"{reverse('admin:registry_ending_changelist')}?status__exact={status}"
    return line(title, url, found.count(), start, on=on)
