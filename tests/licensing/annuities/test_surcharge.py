"""The late surcharge and the end of the right."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing.annuities.surcharge import last_payment_day, on_time_until, step_ends, surcharge

D = Decimal
DUE = date(2024, 6, 3)


@pytest.mark.parametrize(
    ("paid_on", "added"),
    [(date(2024, 7, 3), 0), (date(2024, 7, 4), 45), (date(2024, 9, 3), 90), (date(2024, 9, 4), 135)],
)
def test_example_17_the_surcharge_is_on_the_full_annuity(paid_on: date, added: int) -> None:
    """A year-5 utility model reduced to 765 yuan pays its surcharge on 900."""
    assert surcharge(D("900"), due_on=DUE, paid_on=paid_on).amount == added


@pytest.mark.parametrize(
    ("paid_on", "rate"),
    [
        (date(2024, 1, 1), 0),
        (DUE, 0),
        (date(2024, 8, 5), 5),  # 3 August 2024 is a Saturday: the last day moves to Monday
        (date(2024, 8, 6), 10),
        (date(2024, 10, 8), 15),  # 3 October lies in the National Day holiday, to 7 October
        (date(2024, 10, 9), 20),
        (date(2024, 11, 4), 20),  # 3 November is a Sunday
        (date(2024, 11, 5), 25),
        (date(2024, 12, 3), 25),
    ],
)
def test_each_step_to_its_last_day(paid_on: date, rate: int) -> None:
    added = surcharge(D("2000"), due_on=DUE, paid_on=paid_on)

    assert (added.rate, added.amount, added.right_ended_on) == (rate, 20 * rate, None)


def test_after_six_months_the_right_ended_as_of_the_due_date() -> None:
    late = surcharge(D("900"), due_on=DUE, paid_on=date(2024, 12, 4))

    assert (late.right_ended_on, late.rate) == (DUE, 25)
    assert last_payment_day(DUE) == date(2024, 12, 3)


def test_months_end_on_the_last_day_of_a_shorter_month() -> None:
    assert step_ends(date(2023, 8, 31))[0] == (0, date(2023, 10, 7))  # 30 September begins the holiday; 7 is worked
    assert step_ends(date(2023, 8, 31))[-1] == (25, date(2024, 2, 29))  # a leap day


def test_a_due_date_on_a_day_of_rest_is_on_time_until_the_next_working_day() -> None:
    assert on_time_until(date(2024, 3, 10)) == date(2024, 3, 11)
    assert on_time_until(DUE) == DUE


@given(
    st.dates(date(2021, 6, 1), date(2045, 1, 1)),
    st.integers(0, 220),
    st.integers(0, 220),
    st.decimals(0, D("8000"), places=2),
)
def test_later_payment_never_costs_less(due_on: date, one: int, other: int, full: Decimal) -> None:
    earlier, later = sorted((one, other))
    first = surcharge(full, due_on=due_on, paid_on=due_on + timedelta(days=earlier))
    second = surcharge(full, due_on=due_on, paid_on=due_on + timedelta(days=later))

    assert first.amount <= second.amount <= full
    assert not (first.right_ended_on and not second.right_ended_on)
