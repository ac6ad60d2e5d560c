"""Days of the story: everything is told as so many days before the day on which it is loaded."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from core.deadlines import SHANGHAI, add_months, is_issue_day, law_date, next_working_day

ISSUED_AT = time(10, 0)
_OPENS_AT = time(9, 0)
_STEP = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The calendar as seen at the moment of loading."""

    now: datetime

    @property
    def today(self) -> date:
        """The day of law on which the story ends."""
        return law_date(self.now)

    def ago(self, days: int, order: int = 0) -> datetime:
        """Return a working time so many days ago; ``order`` puts acts of the same day one after the other.

        A day of rest moves to the next working day. Nothing lies later than half an hour before the loading.
        """
        return self.on(self.today - timedelta(days=days), order)

    def on(self, day: date, order: int = 0) -> datetime:
        """Return a working time of that day, as :meth:`ago`."""
        moment = datetime.combine(next_working_day(day), _OPENS_AT, SHANGHAI) + order * _STEP
        latest = self.now - timedelta(minutes=30) + timedelta(seconds=30 * order)
        return min(moment, latest)

    def session_on(self, day: date) -> datetime:
        """Return the hour of a session on that day or the next working one."""
        return datetime.combine(next_working_day(day), time(14, 0), SHANGHAI)

    def early_on(self, day: date) -> datetime:
        """Return the hour at which the daily duties run."""
        return datetime.combine(day, time(0, 10), SHANGHAI)

    def months_ago(self, months: int) -> date:
        """Return the corresponding day so many months ago."""
        return add_months(self.today, -months)

    def issues(self, first: date) -> list[datetime]:
        """Return the times of all issues of the bulletin from that day to yesterday; today's is left to the office."""
        days = (first + timedelta(days=count) for count in range((self.today - first).days))
        return [datetime.combine(day, ISSUED_AT, SHANGHAI) for day in days if is_issue_day(day)]

    def issue_after(self, moment: datetime) -> date:
        """Return the day of the first issue after that moment."""
        day = law_date(moment)
        while not is_issue_day(day) or datetime.combine(day, ISSUED_AT, SHANGHAI) <= moment:
            day += timedelta(days=1)
        return day
