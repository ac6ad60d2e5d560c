"""Each method worked by hand, and what holds for all of them: fewer yuan with more licensees, no cap passed in silence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import CENT
from registry.enums import PricingBasis as B
from registry.enums import PricingMethod as M
from registry.pricing.explaining import explanation_of
from registry.pricing.figures import Unit, WrongFigures
from registry.pricing.methods import METHODS
from registry.pricing.reckoning import Figures, reckon

ON = date(2026, 3, 2)
D = Decimal


def figures(method, basis, *, licensees=4, months=36, source="Accounts of 2025, page 3", **numbers):
    given = {name: D(value) for name, value in numbers.items()}
    return Figures(method, basis, given, source, licensees, months)


def worked(*args, **kwargs):
    return reckon(figures(*args, **kwargs), on=ON)


def values(reckoning):
    return [step.shown for step in reckoning.steps]


def test_own_income_fixed_fee():
    """600,000 × 25 % = 150,000 a year; k(4) = 0.5, so 75,000 a year, 225,000 for three years."""
    found = worked(M.OWN_INCOME, B.FIXED, profit="600000", share="25")
    assert values(found) == ["¥150,000.00", "0.5", "¥75,000.00", "¥225,000.00", "¥20,000,000.00"]
    assert (found.outcome.value, found.proposal.value, found.findings) == (D("225000.00"), D("225000.00"), ())


def test_own_income_royalties():
    """A quarter of the profit is the rate on profit; of sales of 3,000,000 it is 150,000, so 5 %. Half of each."""
    on_profit = worked(M.OWN_INCOME, B.PROFIT, share="25")
    assert values(on_profit) == ["25 %", "0.5", "12.5 %", "40 %"]
    on_sales = worked(M.OWN_INCOME, B.SALES, sales="3000000", profit="600000", share="25")
    assert values(on_sales) == ["¥150,000.00", "5 %", "0.5", "2.5 %", "20 %"]


def test_past_fees():
    """90,000 for 3 years and 100,000 for 2 years: 30,000 and 50,000 a year, mean 40,000; half is 20,000."""
    contracts = {"fee_1": "90000", "years_1": "3", "fee_2": "100000", "years_2": "2"}
    found = worked(M.PAST_FEES, B.FIXED, **contracts)
    assert values(found)[:5] == ["¥30,000.00", "¥50,000.00", "¥40,000.00", "0.5", "¥20,000.00"]
    assert found.outcome.value == D("60000.00")
    rates = worked(M.PAST_FEES, B.SALES, rate_1="3", rate_2="4")
    assert values(rates)[:3] == ["3.5 %", "0.5", "1.75 %"]
    assert worked(M.PAST_FEES, B.PROFIT, rate_1="10").outcome.value == D("5.00")


def test_industry_statistics():
    """1,711,000 over 2.8 years is 611,071.43 a year; half is 305,535.72 (half up); three years 916,607.16."""
    found = worked(M.INDUSTRY, B.FIXED, mean_fee="1711000", mean_years="2.8")
    assert values(found)[:4] == ["¥611,071.43", "0.5", "¥305,535.72", "¥916,607.16"]
    assert worked(M.INDUSTRY, B.SALES, rate="4").outcome.value == D("2.00")
    assert worked(M.INDUSTRY, B.PROFIT, rate="11").outcome.value == D("5.50")


def test_customary_rates():
    """3 % of expected sales of 2,000,000 is 60,000 a year; half is 30,000; three years 90,000."""
    found = worked(M.CUSTOMARY, B.FIXED, rate="3", licensee_sales="2000000")
    assert values(found)[:4] == ["¥60,000.00", "0.5", "¥30,000.00", "¥90,000.00"]
    assert worked(M.CUSTOMARY, B.SALES, rate="3").outcome.value == D("1.50")
    assert worked(M.CUSTOMARY, B.PROFIT, rate="30").outcome.value == D("15.00")


def test_valuation():
    """1,000,000 earned over 8 years is 125,000 a year; half is 62,500. Of sales of 2,500,000 it is 5 %, half 2.5 %."""
    found = worked(M.VALUATION, B.FIXED, value="1000000", useful_years="8")
    assert values(found)[:4] == ["¥125,000.00", "0.5", "¥62,500.00", "¥187,500.00"]
    sales = worked(M.VALUATION, B.SALES, value="1000000", useful_years="8", licensee_sales="2500000")
    assert values(sales)[:4] == ["¥125,000.00", "5 %", "0.5", "2.5 %"]
    profit = worked(M.VALUATION, B.PROFIT, value="1000000", useful_years="8", licensee_profit="500000")
    assert values(profit)[:4] == ["¥125,000.00", "25 %", "0.5", "12.5 %"]


@pytest.mark.parametrize(
    ("basis", "numbers", "outcome", "cap"),
    [
        (B.FIXED, {"profit": "80000000", "share": "25"}, "30000000.00", "20000000.00"),
        (B.SALES, {"sales": "1000000", "profit": "900000", "share": "50"}, "22.50", "20.00"),
        (B.PROFIT, {"share": "90"}, "45.00", "40.00"),
    ],
)
def test_a_result_above_the_cap_is_said_and_the_proposal_stays_within(basis, numbers, outcome, cap):
    found = worked(M.OWN_INCOME, basis, **numbers)
    assert (found.outcome.value, found.proposal.value) == (D(outcome), D(cap))
    assert [item.field for item in found.findings] == ["fixed_amount" if basis is B.FIXED else "royalty_rate"]


def test_a_result_equal_to_the_cap_passes():
    found = worked(M.OWN_INCOME, B.PROFIT, share="80")
    assert (found.outcome.value, found.findings) == (D("40.00"), ())


def test_every_input_carries_the_source_that_was_given():
    found = worked(M.CUSTOMARY, B.FIXED, rate="3", licensee_sales="2000000", source="Licensing Almanac 2024, page 12")
    assert [str(step.source) for step in found.inputs] == [
        "Licensing Almanac 2024, page 12",
        "Licensing Almanac 2024, page 12",
        "Expectation of the person who estimates",
        "Choice of the person who estimates",
    ]
    coefficient = next(step for step in found.steps if step.unit is Unit.FACTOR)
    assert str(coefficient.source) == "Office practice, not law: coefficient for several licensees"


@pytest.mark.parametrize("method", M)
@pytest.mark.parametrize("basis", B)
def test_no_method_brings_a_figure_of_its_own(method, basis):
    """Without figures and source every method asks for all of them, and reckons nothing."""
    with pytest.raises(WrongFigures) as refused:
        worked(method, basis, source="  ")
    needed = {ask.name for ask in METHODS[method].ways[basis].asks if not ask.more}
    assert {item.field for item in refused.value.findings} == needed | {"source"}


def test_half_a_contract_and_figures_out_of_range_are_named():
    with pytest.raises(WrongFigures) as refused:
        worked(M.PAST_FEES, B.FIXED, fee_1="1", years_1="0.4", fee_3="5", licensees=0, months=301)
    assert [item.field for item in refused.value.findings] == ["years_1", "years_3", "licensees", "months"]


def test_a_result_of_nothing_is_no_fee():
    with pytest.raises(WrongFigures) as refused:
        worked(M.OWN_INCOME, B.FIXED, profit="0.01", share="1")
    assert str(refused.value.findings[0].message) == "The sum must be more than zero."


def test_a_question_answered_with_no_is_a_doubt():
    doubtful = Figures(M.CUSTOMARY, B.PROFIT, {"rate": D(30)}, "Almanac", 1, 12, (True, False))
    assert [str(text) for text in reckon(doubtful, on=ON).doubts] == ["Do you hold the publication that gives it?"]


sums = st.decimals("0.01", "9999999999.99", places=2)
rates = st.decimals("0.01", "100", places=2)
years = st.decimals("0.5", "25", places=1)
BY_UNIT = {Unit.YUAN: sums, Unit.PERCENT: rates, Unit.YEARS: years}


@st.composite
def any_figures(draw):
    method, basis = draw(st.sampled_from(list(M))), draw(st.sampled_from(list(B)))
    given_ = {ask.name: draw(BY_UNIT[ask.unit]) for ask in METHODS[method].ways[basis].asks}
    source = draw(st.text("源sourc", min_size=1, max_size=200))
    return Figures(method, basis, given_, source, draw(st.integers(1, 100_000)), draw(st.integers(1, 300)))


def outcome_of(figures_, licensees):
    changed = Figures(figures_.method, figures_.basis, figures_.given, figures_.source, licensees, figures_.months)
    try:
        return reckon(changed, on=ON).outcome.value
    except WrongFigures as refused:
        return D(0) if "more than zero" in str(refused) else None


@given(any_figures(), st.integers(1, 100_000))
def test_more_licensees_never_pay_more(figures_, others):
    few, many = sorted((figures_.licensees, others))
    more, less = outcome_of(figures_, few), outcome_of(figures_, many)
    assert less is None or more is None or less <= more


@given(any_figures())
def test_the_cap_is_never_passed_in_silence_and_money_is_in_fen(figures_):
    try:
        found = reckon(figures_, on=ON)
    except WrongFigures:
        return
    cap = {B.FIXED: D("20000000"), B.SALES: D(20), B.PROFIT: D(40)}[figures_.basis]
    assert found.proposal.value == min(found.outcome.value, cap)
    assert bool(found.findings) == (found.outcome.value > cap)
    exact = [step.value for step in found.steps if step.unit in (Unit.YUAN, Unit.PERCENT)]
    assert [value for value in exact if value != value.quantize(CENT)] == []


@given(any_figures())
def test_the_explanation_is_never_too_long_and_never_cut(figures_):
    try:
        found = reckon(figures_, on=ON)
    except WrongFigures:
        return
    text = explanation_of(figures_, found)
    assert len(text) <= 2000
    assert text.endswith(found.proposal.shown)
