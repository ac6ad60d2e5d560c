"""The correction period with its extension, and the last days of the remedies (law.md §2.2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import CALENDAR, add_months, is_working_day
from registry.rules.periods import EXTENSION, ExtensionFacts, correction_due, is_over, missed_until, remedies

KNOWN = st.dates(date(CALENDAR.first_year, 1, 1), date(CALENDAR.last_year - 1, 12, 31)).filter(
    lambda day: day >= date(2021, 6, 1)
)


@pytest.mark.parametrize(
    ("asked", "months", "due"),
    [
        (date(2026, 3, 2), 0, date(2026, 4, 2)),
        # one period, counted from the day of service: the month's last day, not the 28th of the later month
        (date(2026, 1, 31), 0, date(2026, 2, 28)),
        (date(2026, 1, 31), 2, date(2026, 4, 30)),
        # 20 February 2026 lies in the Spring Festival, which ends on the 23rd
        (date(2026, 1, 20), 0, date(2026, 2, 24)),
        # 14 February 2026 is a Saturday on which the office works
        (date(2026, 1, 14), 0, date(2026, 2, 14)),
        # National Day: 1 October 2026 to 7 October
        (date(2026, 9, 1), 0, date(2026, 10, 8)),
    ],
)
def test_the_period_ends_on_the_corresponding_working_day(asked, months, due):
    assert correction_due(asked, months) == due


@given(KNOWN, st.integers(0, 2))
def test_the_day_of_service_is_not_counted_and_the_last_day_is_a_working_day(asked, months):
    due = correction_due(asked, months)
    assert due >= add_months(asked, 1 + months) > asked
    assert is_working_day(due)
    assert not is_over(due, on=due)
    assert is_over(due, on=due + timedelta(days=1))


@given(KNOWN)
def test_an_extension_never_shortens_the_period(asked):
    assert correction_due(asked) < correction_due(asked, 1) < correction_due(asked, 2)


def test_a_last_day_that_turns_out_to_be_a_holiday_moves_on():
    """A day fixed before the arrangement of its year was known: 2 October 2026 is in the National Day week."""
    assert not is_over(date(2026, 10, 2), on=date(2026, 10, 8))
    assert is_over(date(2026, 10, 2), on=date(2026, 10, 9))


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (date(2026, 4, 2), date(2026, 5, 2)),
        (date(2026, 8, 31), date(2026, 9, 30)),  # the month has no corresponding day
        (date(2026, 10, 2), date(2026, 11, 8)),  # the period itself ended on 8 October, after the National Day week
    ],
)
def test_a_missed_period_is_processed_one_month_after_its_end(due, last):
    assert missed_until(due) == last


def facts(**said) -> ExtensionFacts:
    given = {
        "on": date(2026, 4, 2),
        "due_on": date(2026, 4, 2),
        "extended_months": 0,
        "months": 2,
        "reasons": "等待材料",
    }
    return ExtensionFacts(**{**given, **said})


@pytest.mark.parametrize(
    ("said", "rules"),
    [
        ({}, []),
        ({"months": 1}, []),
        ({"on": date(2026, 4, 3)}, ["T1"]),
        ({"extended_months": 1}, ["T2"]),
        ({"months": 3}, ["T3"]),
        ({"months": 0}, ["T3"]),
        ({"months": None}, ["T3"]),
        ({"reasons": " "}, ["T4"]),
    ],
)
def test_an_extension_is_asked_in_time_once_for_two_months_at_most_with_a_reason(said, rules):
    found = facts(**said)
    assert [item.rule for item in EXTENSION.check(found, on=found.on)] == rules


def test_the_remedies_have_last_days():
    """Served on Monday 2 March 2026: 60 days later is 1 May, Labour Day, so 6 May; six months later a Wednesday."""
    last = remedies(date(2026, 3, 2))
    assert (last.reconsideration_by, last.suit_by) == (date(2026, 5, 6), date(2026, 9, 2))
    assert last.note == ""
    assert str(remedies(date(2026, 11, 2)).note).startswith("The public holidays of that year")
