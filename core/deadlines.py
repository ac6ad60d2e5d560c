"""Days of law in China: the date in Asia/Shanghai, periods of months and days, working days, patent terms.

Periods follow Implementing Rules 4 and 5: the first day is not counted; a period of months or years ends on the
corresponding day of the last month, or on that month's last day if it has none; an end on a day of rest moves to the
next working day. Nothing here reads a clock.

Working days come from the State Council's yearly arrangement as the library ``chinesecalendar`` holds it, adjusted
working days included. Each year's arrangement appears late in the year before. Beyond it only weekends count as days
of rest, and :meth:`CalendarHorizon.note` gives the sentence that a page must then show beside the date.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
from chinese_calendar.constants import holidays
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.legal.settings import setting

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESIGN_TERM_CHANGED_ON = date(2021, 6, 1)
TERM_YEARS = {"invention": 20, "utility_model": 10, "design": 15}
OLD_DESIGN_TERM_YEARS = 10

_DAY = timedelta(days=1)


def law_date(moment: datetime) -> date:
    """Return the day of law of a moment: its date in Asia/Shanghai. Raises ValueError for a moment without zone."""
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError("a day of law needs a moment with its time zone")
    return moment.astimezone(SHANGHAI).date()


@dataclass(frozen=True, slots=True)
class CalendarHorizon:
    """The years whose public holidays are known, both included."""

    first_year: int
    last_year: int

    def knows(self, day: date) -> bool:
        """Whether holidays and adjusted working days of that day's year are known."""
        return self.first_year <= day.year <= self.last_year

    def note(self, day: date) -> str | Promise:
        """Return the sentence to show beside a deadline that rests on weekends alone, or "" if none is needed."""
        if self.knows(day):
            return ""
        return _("The public holidays of that year are not announced yet; the date may still move.")


CALENDAR = CalendarHorizon(min(holidays).year, max(holidays).year)


def is_working_day(day: date) -> bool:
    """Whether the office works on that day. Beyond :data:`CALENDAR`: Monday to Friday."""
    if not CALENDAR.knows(day):
        return day.weekday() < 5
    return bool(chinese_calendar.is_workday(day))


def next_working_day(day: date) -> date:
    """Return the day itself if it is a working day, otherwise the first working day after it."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_months(start: date, months: int) -> date:
    """Return the corresponding day so many months later (or earlier), or the month's last day if it has none."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def deadline_months(start: date, months: int) -> date:
    """Return the last day of a period of months; an end on a day of rest moves to the next working day.

    Raises:
        ValueError: the period is not at least one month.
    """
    return next_working_day(add_months(start, _positive(months)))


def deadline_days(start: date, days: int) -> date:
    """Return the last day of a period of calendar days, moved as in :func:`deadline_months`.

    Raises:
        ValueError: the period is not at least one day.
    """
    return next_working_day(start + timedelta(days=_positive(days)))


def deadline_working_days(start: date, days: int) -> date:
    """Return the n-th working day after the start.

    Raises:
        ValueError: the period is not at least one day.
    """
    day = start
    for _number in range(_positive(days)):
        day = next_working_day(day + _DAY)
    return day


def working_days_between(start: date, end: date) -> int:
    """Return how many working days lie after ``start``, up to and including ``end``; 0 where the end is not later."""
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def patent_term_last_day(kind: str, filing_on: date) -> date:
    """Return the last day of a patent right: the day before the filing anniversary, never moved for holidays.

    Inventions last 20 years, utility models 10, designs 15, or 10 if filed before 2021-06-01 (Patent Law 42). For a
    filing on 29 February the anniversary in a common year is 28 February (Rule 5), so the last day is the 27th.

    Raises:
        KeyError: an unknown kind.
    """
    years = TERM_YEARS[kind]
    if kind == "design" and filing_on < DESIGN_TERM_CHANGED_ON:
        years = OLD_DESIGN_TERM_YEARS
    return add_months(filing_on, 12 * years) - _DAY


def is_issue_day(day: date, *, weekdays: Iterable[int] | None = None) -> bool:
    """Whether the bulletin appears on that day: one of the weekdays (Monday = 0) and a working day.

    Without ``weekdays`` the office's setting of that day applies (Tuesday and Friday). An issue whose day is a
    holiday is left out, not moved.
    """
    wanted = setting("gazette_weekdays", on=day).numbers if weekdays is None else weekdays
    return day.weekday() in wanted and is_working_day(day)


def issue_days_between(first: date, last: date, *, weekdays: Iterable[int] | None = None) -> Iterator[date]:
    """Yield the issue days from ``first`` to ``last``, both included, as :func:`is_issue_day` knows them."""
    wanted = None if weekdays is None else frozenset(weekdays)
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if is_issue_day(day, weekdays=wanted):
            yield day


def _positive(length: int) -> int:
    if length < 1:
        raise ValueError("a period has at least one day or month")
    return length
