"""The office's acts on the calendar of the bulletin: make a year's, change a day of it (GL V-8 §1.1)."""

from datetime import date, datetime

from django.db import transaction

from accounts.roles import Role
from core import audit
from core.deadlines import law_date
from core.legal import GL
from core.lifecycle import Actor, WrongRole
from core.rules import Refused, RuleBook
from registry.models import CalendarDay, CalendarYear
from registry.queries.calendar import days_by_rule, holidays_known, is_issue_day
from registry.rules.calendar import CHANGING, MAKING, ChangeFacts, MakingFacts

PLANNERS = frozenset({Role.APPROVER.value, Role.ADMINISTRATOR.value})
BASIS = (GL("V-8 §1.1"),)


@transaction.atomic
def make_calendar(*, year: int, by: Actor, at: datetime) -> CalendarYear:
    """Lay down the issue days of a year: by the rule, as far as that year's holidays are known.

    Made again once the holidays are known, it replaces the coming days; what was changed by hand stays.

    Raises:
        WrongRole: only approvers and administrators plan.
        Refused: the year is another than this or the next, or has its calendar already.
    """
    _require(by, "make")
    today, known = law_date(at), holidays_known(year)
    existing = CalendarYear.objects.select_for_update().filter(year=year).first()
    facts = MakingFacts(today, year, existing is not None, existing is not None and existing.holidays_known, known)
    _check(MAKING, facts, today)
    calendar = existing or CalendarYear(year=year)
    calendar.holidays_known, calendar.made_at, calendar.made_by_id = known, at, by.person_id
    calendar.save()
    calendar.days.filter(on__gt=today, changed_at=None).delete()
    taken = set(calendar.days.values_list("on", flat=True))
    fresh = [day for day in days_by_rule(year) if day not in taken and (day > today or existing is None)]
    CalendarDay.objects.bulk_create(CalendarDay(calendar=calendar, on=day) for day in fresh)
    data = {"year": year, "days": len(fresh), "holidays_known": known}
    audit.record("make_calendar", calendar, by=by, at=at, basis=BASIS, data=data)
    return calendar


@transaction.atomic
def change_day(*, day: date, appears: bool, reason: str, by: Actor, at: datetime) -> CalendarDay:
    """Strike a day out of the calendar, or put one in, with the reason that the public reads.

    Raises:
        WrongRole: only approvers and administrators plan.
        Refused: the day is past, its year has no calendar, nothing would change, or no reason is given.
    """
    _require(by, "change")
    calendar = CalendarYear.objects.select_for_update().filter(year=day.year).first()
    facts = ChangeFacts(law_date(at), day, calendar is not None, is_issue_day(day), appears, reason)
    _check(CHANGING, facts, facts.on)
    row, _made = CalendarDay.objects.get_or_create(calendar=calendar, on=day)
    row.appears, row.reason, row.changed_at = appears, reason.strip(), at
    row.save()
    data = {"day": str(day), "appears": appears, "reason": row.reason}
    audit.record("change_calendar", row.calendar, by=by, at=at, basis=BASIS, data=data)
    return row


def _require(by: Actor, event: str) -> None:
    if not by.roles & PLANNERS:
        raise WrongRole("calendar", event, by.roles)


def _check(book: RuleBook, facts: MakingFacts | ChangeFacts, on: date) -> None:
    found = [violation for violation in book.check(facts, on=on) if violation.blocks]
    if found:
        raise Refused(found)
