"""On which days the bulletin appears: by the calendar that the office made, or by the rule where none was made yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from core import deadlines
from registry.models import CalendarDay, CalendarYear

LONGEST_GAP = 60


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """A day of a year's plan."""

    on: date
    appears: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plan of a year. ``made`` is None while the office has not made it: then the days follow from the rule.

    ``provisional``: that year's holidays are not announced yet, so only weekends were left out.
    """

    year: int
    days: list[PlannedDay]
    made: CalendarYear | None
    provisional: bool

    @property
    def issue_days(self) -> list[date]:
        """The days on which an issue appears."""
        return [day.on for day in self.days if day.appears]


def is_issue_day(on: date) -> bool:
    """Whether the bulletin appears on that day."""
    planned = CalendarDay.objects.filter(on=on).values_list("appears", flat=True).first()
    if planned is not None:
        return planned
    return not CalendarYear.objects.filter(year=on.year).exists() and deadlines.is_issue_day(on)


def next_issue_day(after: date) -> date | None:
    """Return the first issue day after that day; None if none comes within two months."""
    days = (after + timedelta(days=count) for count in range(1, LONGEST_GAP + 1))
    return next((day for day in days if is_issue_day(day)), None)


def days_by_rule(year: int) -> list[date]:
    """Return the Tuesdays and Fridays of a year that are working days, as far as its holidays are known."""
    return list(deadlines.issue_days_between(date(year, 1, 1), date(year, 12, 31)))


def holidays_known(year: int) -> bool:
    """Whether the holidays and adjusted working days of that year are announced and known here."""
    return deadlines.CALENDAR.knows(date(year, 12, 31))


def plan_of(year: int) -> YearPlan:
    """Return the plan of a year."""
    made = CalendarYear.objects.filter(year=year).first()
    if made is None:
        return YearPlan(year, [PlannedDay(on) for on in days_by_rule(year)], None, not holidays_known(year))
    rows = made.days.order_by("on")
    return YearPlan(year, [PlannedDay(row.on, row.appears, row.reason) for row in rows], made, not made.holidays_known)
