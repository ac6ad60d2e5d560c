"""The table of a patent's annuities."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.deadlines import patent_term_last_day
from licensing.annuities.reduction import Hardship, OpenLicense, Policy
from licensing.annuities.year_table import AnnuityFacts, Payment, RowState, YearRow, year_table

D = Decimal
ON = date(2024, 9, 1)
LICENSE = OpenLicense("L1", date(2024, 8, 2), date(2027, 8, 1), filed_on=date(2024, 8, 20), recorded=True)
INVENTION = AnnuityFacts(
    kind="invention",
    filing_on=date(2014, 3, 10),
    granted_on=date(2022, 6, 3),
    term_ends_on=date(2034, 3, 9),
    licenses=(LICENSE,),
    paid_through=11,
)
MODEL = AnnuityFacts(
    kind="utility_model",
    filing_on=date(2020, 6, 3),
    granted_on=date(2021, 9, 7),
    term_ends_on=date(2030, 6, 2),
    paid_through=4,
)


def row_of(facts: AnnuityFacts, year: int, on: date = ON) -> YearRow:
    (row,) = (row for row in year_table(facts, on) if row.year == year)
    return row


def test_example_15_only_what_is_not_yet_due_at_the_filing_is_reduced() -> None:
    """Filed 2024-08-20, term to 2027-08-01: year 12 falls from 4,000 to 3,400, year 11 stays."""
    rows = {row.year: (row.due_on, row.full.amount, row.payable) for row in year_table(INVENTION, ON)}

    assert rows[11] == (date(2024, 3, 10), D("4000"), D("4000"))
    assert rows[12] == (date(2025, 3, 10), D("4000"), D("3400"))
    assert rows[14] == (date(2027, 3, 10), D("6000"), D("5100"))
    assert rows[15] == (date(2028, 3, 10), D("6000"), D("6000"))


def test_example_16_in_the_table() -> None:
    facts = replace(MODEL, licenses=(LICENSE,), hardship=Hardship(2, date(2021, 8, 1)))
    row = row_of(facts, 6)

    assert (row.full.amount, row.payable, row.saved) == (D("1200"), D("360"), D("840"))
    assert row.decided_by.policy is Policy.HARDSHIP
    assert [result.policy for result in row.policies] == [Policy.FULL, Policy.OPEN_LICENSE, Policy.HARDSHIP]


def test_example_17_in_the_table() -> None:
    """Year 5 of the model, due 2024-06-03 and reduced to 765: the surcharge is counted on 900."""
    # The cut begins on 2024-07-26, so the reduced amount of the example is given to the row directly.
    row = row_of(MODEL, 5)
    reduced = replace(row, decided_by=replace(row.decided_by, payable=D("765.00")))

    assert (row.due_on, row.full.amount) == (date(2024, 6, 3), D("900"))
    assert [
        (reduced.paid_on(day).surcharge, reduced.paid_on(day).total)
        for day in (date(2024, 7, 3), date(2024, 7, 4), date(2024, 9, 3), date(2024, 9, 4))
    ] == [(D("0"), D("765")), (D("45"), D("810")), (D("90"), D("855")), (D("135"), D("900"))]


def test_the_table_runs_from_the_grant_year_to_the_end_of_the_term() -> None:
    rows = year_table(INVENTION, ON)

    assert [row.year for row in rows] == list(range(9, 21))
    assert (rows[0].state, rows[0].due_on, rows[0].last_day, rows[0].payment) == (RowState.WITH_GRANT, None, None, None)
    assert rows[0].starts_on == date(2022, 3, 10)
    assert rows[0].paid_on(date(2030, 1, 1)) == Payment(D("2000"), D(0), D(0))


def test_the_grant_year_is_never_late_but_may_have_the_hardship_reduction() -> None:
    assert row_of(replace(INVENTION, hardship=Hardship(1, date(2022, 6, 2))), 9).payable == D("300.00")
    assert row_of(replace(INVENTION, hardship=Hardship(1, date(2022, 6, 3))), 9).payable == D("2000.00")


@pytest.mark.parametrize(
    ("on", "state", "payment"),
    [
        (date(2024, 6, 3), RowState.OPEN, Payment(D("900"), D(0), D(0))),
        (date(2024, 6, 4), RowState.LATE, Payment(D("900"), D(0), D(0))),
        (date(2024, 7, 4), RowState.LATE, Payment(D("900"), D(5), D(45))),
        (date(2024, 12, 3), RowState.LATE, Payment(D("900"), D(25), D(225))),
        (date(2024, 12, 4), RowState.ENDED, Payment(D("900"), D(25), D(225), date(2024, 6, 3))),
    ],
)
def test_an_unpaid_year_day_by_day(on: date, state: RowState, payment: Payment) -> None:
    row = row_of(MODEL, 5, on)

    assert (row.state, row.payment) == (state, payment)
    assert (row.on_time_until, row.last_day) == (date(2024, 6, 3), date(2024, 12, 3))


def test_the_table_stops_where_the_right_ended() -> None:
    rows = year_table(MODEL, date(2025, 1, 2))

    assert [(row.year, row.state) for row in rows[-2:]] == [(4, RowState.PAID), (5, RowState.ENDED)]


def test_without_knowledge_of_payments_nothing_is_said_to_have_ended() -> None:
    rows = year_table(replace(MODEL, paid_through=None), date(2025, 1, 2))

    assert [row.state for row in rows if row.year in (5, 6)] == [RowState.PAST, RowState.OPEN]
    assert rows[-1].year == 10
    assert all(row.payment is None for row in rows if row.state is RowState.PAST)


def test_an_unknown_grant_date_leaves_the_grant_year_out() -> None:
    rows = year_table(replace(MODEL, granted_on=None, hardship=Hardship(1, date(2020, 1, 1))), ON)

    assert [row.year for row in rows] == list(range(2, 11))
    assert all(row.due_on is not None and row.decided_by.policy is Policy.FULL for row in rows)


def test_years_due_before_the_known_schedule_are_left_out() -> None:
    old = AnnuityFacts("invention", date(2010, 6, 2), date(2014, 1, 1), date(2030, 6, 1))
    older = replace(old, filing_on=date(2010, 5, 31), term_ends_on=date(2030, 5, 30))

    assert [(row.year, row.due_on) for row in year_table(old, ON)[:1]] == [(12, date(2021, 6, 2))]
    assert [(row.year, row.due_on) for row in year_table(older, ON)[:1]] == [(13, date(2022, 5, 31))]


def test_the_part_year_of_a_compensated_term_is_never_late() -> None:
    row = year_table(replace(INVENTION, term_ends_on=date(2034, 9, 30), paid_through=None), ON)[-1]

    assert (row.year, row.state, row.payable, row.payment) == (21, RowState.NOTHING_DUE, D(0), None)
    assert row.paid_on(date(2040, 1, 1)) == Payment(D(0), D(0), D(0))


def test_a_leap_day_patent() -> None:
    filing_on = date(2020, 2, 29)
    facts = AnnuityFacts(
        "invention", filing_on, date(2023, 1, 3), patent_term_last_day("invention", filing_on), paid_through=20
    )
    due = {row.year: row.due_on for row in year_table(facts, ON)}

    assert (due[4], due[5], due[20]) == (date(2023, 2, 28), date(2024, 2, 29), date(2039, 2, 28))
    assert max(due) == 20


def test_a_grant_before_the_filing_is_refused() -> None:
    with pytest.raises(ValueError, match="before the filing date"):
        year_table(replace(MODEL, granted_on=date(2020, 6, 2)), ON)


@given(
    st.sampled_from(["invention", "utility_model", "design"]),
    st.dates(date(2021, 6, 1), date(2030, 12, 31)),
    st.dates(date(2021, 6, 1), date(2050, 12, 31)),
    st.booleans(),
    st.none() | st.integers(0, 20),
)
def test_every_table_adds_up(kind: str, filing_on: date, on: date, licensed: bool, paid_through: int | None) -> None:
    facts = AnnuityFacts(
        kind=kind,
        filing_on=filing_on,
        granted_on=filing_on,
        term_ends_on=patent_term_last_day(kind, filing_on),
        licenses=(LICENSE,) if licensed else (),
        paid_through=paid_through,
    )
    for row in year_table(facts, on):
        assert D(0) <= row.payable <= row.full.amount
        assert row.payable + row.saved == row.full.amount
        assert row.payment is None or row.payment == row.paid_on(on)
        assert row.payment is None or row.payment.total <= row.full.amount * D("1.25")
