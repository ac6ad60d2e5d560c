"""Days of law: the worked examples, the calendar of the State Council, and what must hold for every date."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import (
    CALENDAR,
    CalendarHorizon,
    add_months,
    deadline_days,
    deadline_months,
    deadline_working_days,
    is_issue_day,
    is_working_day,
    issue_days_between,
    law_date,
    next_working_day,
    patent_term_last_day,
    working_days_between,
)

DATES = st.dates(date(1985, 4, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 2, 15, 59, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 16, 0, tzinfo=UTC), date(2026, 3, 3)),
        (datetime(2026, 3, 2, 23, 0, tzinfo=timezone(timedelta(hours=-8))), date(2026, 3, 3)),
    ],
)
def test_the_day_of_law_is_the_day_in_shanghai(moment: datetime, day: date) -> None:
    assert law_date(moment) == day


def test_a_moment_without_zone_has_no_day_of_law() -> None:
    with pytest.raises(ValueError, match="needs a moment with its time zone"):
        law_date(datetime(2026, 3, 2))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 8, 31), 3, date(2024, 11, 30)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
    ],
)
def test_a_period_of_months_ends_on_the_corresponding_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_license_effective_on_31_august_2024_is_filed_until_2_december() -> None:
    assert deadline_months(date(2024, 8, 31), 3) == date(2024, 12, 2)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 2), 5, date(2026, 3, 9)),  # Saturday 7 March moves to Monday
        (date(2026, 9, 16), 15, date(2026, 10, 8)),  # 1 October falls into the National Day holiday
    ],
)
def test_a_period_of_days_moves_past_rest(start: date, days: int, end: date) -> None:
    assert deadline_days(start, days) == end


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 5, date(2026, 3, 9)),
        (date(2026, 3, 7), 1, date(2026, 3, 9)),
        (date(2024, 9, 30), 1, date(2024, 10, 8)),
        (date(2024, 10, 11), 1, date(2024, 10, 12)),  # an adjusted working Saturday
    ],
)
def test_working_days_are_counted_without_the_first(start: date, days: int, end: date) -> None:
    assert deadline_working_days(start, days) == end


@pytest.mark.parametrize("period", [deadline_days, deadline_months, deadline_working_days])
@pytest.mark.parametrize("length", [0, -1])
def test_an_empty_period_is_refused(period: object, length: int) -> None:
    with pytest.raises(ValueError, match="at least one day or month"):
        period(date(2026, 3, 2), length)


def test_holidays_and_adjusted_working_days() -> None:
    assert not is_working_day(date(2024, 10, 1))
    assert is_working_day(date(2024, 10, 12))
    assert not is_working_day(date(2026, 3, 7))
    assert next_working_day(date(2024, 10, 1)) == date(2024, 10, 8)
    assert next_working_day(date(2024, 10, 8)) == date(2024, 10, 8)


def test_beyond_the_known_years_weekends_alone_are_rest_and_it_is_said() -> None:
    beyond = date(CALENDAR.last_year + 1, 10, 1)
    monday = next(beyond + timedelta(days=n) for n in range(7) if (beyond + timedelta(days=n)).weekday() == 0)

    assert is_working_day(monday)
    assert not is_working_day(monday - timedelta(days=1))
    assert is_working_day(date(1990, 10, 1))
    with override("en"):
        assert str(CALENDAR.note(beyond)) == (
            "The public holidays of that year are not announced yet; the date may still move."
        )
    assert CALENDAR.note(date(2024, 10, 1)) == ""
    assert CalendarHorizon(2004, 2026).knows(date(2026, 12, 31))
    assert not CalendarHorizon(2004, 2026).knows(date(2027, 1, 1))
    assert not CalendarHorizon(2004, 2026).knows(date(2003, 12, 31))


@pytest.mark.parametrize(
    ("kind", "filing_on", "last_day"),
    [
        ("design", date(2021, 5, 31), date(2031, 5, 30)),
        ("design", date(2021, 6, 1), date(2036, 5, 31)),
        ("utility_model", date(1999, 9, 6), date(2009, 9, 5)),
        ("invention", date(2014, 3, 10), date(2034, 3, 9)),
        ("invention", date(2024, 2, 29), date(2044, 2, 28)),
        ("utility_model", date(2024, 2, 29), date(2034, 2, 27)),
        ("utility_model", date(2024, 3, 1), date(2034, 2, 28)),
        ("invention", date(2024, 1, 1), date(2043, 12, 31)),
    ],
)
def test_the_last_day_of_a_patent(kind: str, filing_on: date, last_day: date) -> None:
    assert patent_term_last_day(kind, filing_on) == last_day


def test_an_unknown_kind_has_no_term() -> None:
    with pytest.raises(KeyError):
        patent_term_last_day("plant", date(2024, 1, 1))


def test_the_bulletin_appears_on_tuesdays_and_fridays_but_for_holidays() -> None:
    assert list(issue_days_between(date(2026, 3, 2), date(2026, 3, 13))) == [
        date(2026, 3, 3),
        date(2026, 3, 6),
        date(2026, 3, 10),
        date(2026, 3, 13),
    ]
    assert list(issue_days_between(date(2024, 9, 30), date(2024, 10, 11))) == [date(2024, 10, 8), date(2024, 10, 11)]
    assert list(issue_days_between(date(2026, 3, 3), date(2026, 3, 3))) == [date(2026, 3, 3)]
    assert list(issue_days_between(date(2026, 3, 4), date(2026, 3, 3))) == []


def test_other_issue_days_can_be_asked_for() -> None:
    wednesdays = list(issue_days_between(date(2026, 3, 2), date(2026, 3, 13), weekdays=iter([2])))

    assert wednesdays == [date(2026, 3, 4), date(2026, 3, 11)]
    assert is_issue_day(date(2026, 3, 4), weekdays=[2])
    assert not is_issue_day(date(2026, 3, 4))


@given(DATES, st.integers(1, 240))
def test_a_period_of_months_never_leaves_its_last_month(start: date, months: int) -> None:
    end = add_months(start, months)

    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(DATES, st.integers(1, 60))
def test_every_deadline_is_a_working_day_and_not_early(start: date, length: int) -> None:
    for end, earliest in (
        (deadline_months(start, length), add_months(start, length)),
        (deadline_days(start, length), start + timedelta(days=length)),
        (deadline_working_days(start, length), start + timedelta(days=length)),
    ):
        assert is_working_day(end)
        assert end >= earliest


@given(DATES, st.integers(1, 30))
def test_working_days_add_up(start: date, days: int) -> None:
    end = deadline_working_days(start, days)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day) for day in between) == days


@given(DATES, st.sampled_from(["invention", "utility_model", "design"]))
def test_a_later_filing_never_ends_earlier(filing_on: date, kind: str) -> None:
    assert patent_term_last_day(kind, filing_on) <= patent_term_last_day(kind, filing_on + timedelta(days=1))


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 9), 5),
        (date(2026, 3, 6), date(2026, 3, 8), 0),
        (date(2026, 4, 30), date(2026, 5, 6), 1),
        (date(2026, 3, 9), date(2026, 3, 2), 0),
    ],
)
def test_working_days_between_counts_the_days_after_the_first(start, end, days):
    assert working_days_between(start, end) == days
