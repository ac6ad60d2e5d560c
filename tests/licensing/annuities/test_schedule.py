"""Due dates and full annuities."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import patent_term_last_day
from licensing.annuities.schedule import (
    NoSchedule,
    annuity_due_on,
    annuity_of_term,
    full_annuity,
    patent_year_on,
    patent_year_starts_on,
)

D = Decimal
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("filing_on", "year", "due_on"),
    [
        (date(2014, 3, 10), 11, date(2024, 3, 10)),
        (date(2014, 3, 10), 12, date(2025, 3, 10)),
        (date(2020, 2, 29), 2, date(2021, 2, 28)),
        (date(2020, 2, 29), 5, date(2024, 2, 29)),
        (date(2024, 1, 1), 1, date(2024, 1, 1)),
    ],
)
def test_an_annuity_is_due_on_the_filing_anniversary(filing_on: date, year: int, due_on: date) -> None:
    assert annuity_due_on(filing_on, year) == due_on


def test_patent_years_count_from_one() -> None:
    with pytest.raises(ValueError, match="count from 1"):
        patent_year_starts_on(TODAY, 0)


@pytest.mark.parametrize(
    ("filing_on", "on", "year"),
    [
        (date(2014, 3, 10), date(2014, 3, 10), 1),
        (date(2014, 3, 10), date(2015, 3, 9), 1),
        (date(2014, 3, 10), date(2015, 3, 10), 2),
        (date(2020, 2, 29), date(2021, 2, 27), 1),
        (date(2020, 2, 29), date(2021, 2, 28), 2),
        (date(2020, 2, 29), date(2024, 2, 28), 4),
        (date(2020, 2, 29), date(2024, 2, 29), 5),
    ],
)
def test_the_patent_year_of_a_day(filing_on: date, on: date, year: int) -> None:
    assert patent_year_on(filing_on, on) == year


def test_there_is_no_patent_year_before_the_filing() -> None:
    with pytest.raises(ValueError, match="before the filing date"):
        patent_year_on(date(2020, 5, 1), date(2020, 4, 30))


@given(st.dates(date(1985, 4, 1), date(2030, 1, 1)), st.integers(0, 9000))
def test_every_day_lies_in_its_own_patent_year(filing_on: date, days: int) -> None:
    on = filing_on + timedelta(days=days)
    year = patent_year_on(filing_on, on)

    assert patent_year_starts_on(filing_on, year) <= on < patent_year_starts_on(filing_on, year + 1)


SCHEDULE = {
    "invention": [900] * 3 + [1200] * 3 + [2000] * 3 + [4000] * 3 + [6000] * 3 + [8000] * 5 + [8000] * 5,
    "utility_model": [600] * 3 + [900] * 2 + [1200] * 3 + [2000] * 2,
    "design": [600] * 3 + [900] * 2 + [1200] * 3 + [2000] * 2 + [3000] * 5,
}


@pytest.mark.parametrize("kind", SCHEDULE)
def test_the_whole_schedule(kind: str) -> None:
    years = range(1, len(SCHEDULE[kind]) + 1)

    assert [full_annuity(kind, year, on=TODAY).amount for year in years] == SCHEDULE[kind]
    for outside in (0, len(SCHEDULE[kind]) + 1):
        with pytest.raises(NoSchedule, match=f"no annuity of year {outside}"):
            full_annuity(kind, outside, on=TODAY)


def test_an_amount_says_what_it_rests_on() -> None:
    invention, design = full_annuity("invention", 4, on=TODAY), full_annuity("design", 11, on=TODAY)
    compensated = full_annuity("invention", 21, on=TODAY)

    assert (invention.source.code, invention.is_practice) == ("LAW 43", False)
    assert (design.is_practice, design.effective_from) == (True, date(2021, 6, 1))
    assert (compensated.source.code, compensated.effective_from) == ("A594", date(2024, 7, 26))


@pytest.mark.parametrize(
    ("kind", "year", "on"),
    [("invention", 4, date(2021, 5, 31)), ("invention", 21, date(2024, 7, 25)), ("plant", 1, TODAY)],
)
def test_unknown_schedules_are_refused(kind: str, year: int, on: date) -> None:
    with pytest.raises(NoSchedule):
        full_annuity(kind, year, on=on)


@pytest.mark.parametrize(
    ("term_ends_on", "amounts"),
    [
        (date(2034, 3, 9), []),
        (date(2034, 3, 10), [0]),
        (date(2035, 3, 8), [0]),
        (date(2035, 3, 9), [8000]),
        (date(2035, 3, 10), [8000, 0]),
    ],
)
def test_a_part_year_of_compensation_is_free(term_ends_on: date, amounts: list[int]) -> None:
    def amount(year: int) -> Decimal:
        return annuity_of_term("invention", year, filing_on=date(2014, 3, 10), term_ends_on=term_ends_on).amount

    assert [amount(21 + place) for place in range(len(amounts))] == amounts
    with pytest.raises(NoSchedule, match="begins after the term"):
        amount(21 + len(amounts))


@given(
    st.sampled_from([("invention", 20), ("utility_model", 10), ("design", 15)]),
    st.dates(date(2021, 6, 1), date(2040, 1, 1)),
)
def test_the_last_year_of_an_ordinary_term_is_charged_whole(kind: tuple[str, int], filing_on: date) -> None:
    name, years = kind
    ends_on = patent_term_last_day(name, filing_on)

    assert annuity_of_term(name, years, filing_on=filing_on, term_ends_on=ends_on).amount == SCHEDULE[name][years - 1]
    with pytest.raises(NoSchedule):
        annuity_of_term(name, years + 1, filing_on=filing_on, term_ends_on=ends_on)
