"""What a license costs a firm, year by year."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from registry.fees.amounts import Cost, CostTooLarge, Usage, UsageMissing, cost
from registry.fees.terms import (
    EntryPlusRoyalty,
    FeeTerms,
    Free,
    Instalment,
    Instalments,
    LumpSum,
    PerUnit,
    RoyaltyBase,
    RoyaltyOnProfit,
    RoyaltyOnSales,
)

D = Decimal
FIRM = Usage(years=3, yearly_sales=D("1000000"), yearly_profit=D("150000"), yearly_units=1200)


def in_english(terms: FeeTerms, usage: Usage = FIRM) -> Cost:
    with override("en"):
        return cost(terms, usage)


@pytest.mark.parametrize(
    ("terms", "by_year"),
    [
        (LumpSum(D("20000")), ["20000", "0", "0"]),
        (Instalments((Instalment(0, D("5000")), Instalment(12, D("4000")))), ["5000", "4000", "0"]),
        (Instalments((Instalment(11, D("5000")), Instalment(36, D("4000")))), ["5000", "0", "0", "4000"]),
        (RoyaltyOnSales(D("3")), ["30000", "30000", "30000"]),
        (RoyaltyOnProfit(D("10")), ["15000", "15000", "15000"]),
        (EntryPlusRoyalty(D("50000"), D("3"), RoyaltyBase.SALES), ["80000", "30000", "30000"]),
        (EntryPlusRoyalty(D("50000"), D("10"), RoyaltyBase.PROFIT), ["65000", "15000", "15000"]),
        (PerUnit(D("2.50"), "piece"), ["3000", "3000", "3000"]),
        (Free(), ["0", "0", "0"]),
    ],
)
def test_each_mode_year_by_year(terms: FeeTerms, by_year: list[str]) -> None:
    result = in_english(terms)

    assert list(result.by_year) == [D(amount) for amount in by_year]
    assert result.total == sum(map(D, by_year))


def test_each_step_is_explained() -> None:
    steps = in_english(EntryPlusRoyalty(D("50000"), D("3"), RoyaltyBase.SALES)).steps

    assert [(step.year, step.amount, step.explanation) for step in steps[:3]] == [
        (1, D("50000.00"), "Entry fee, paid once before the license takes effect."),
        (1, D("30000.00"), "3 % of ¥1,000,000.00 net sales."),
        (2, D("30000.00"), "3 % of ¥1,000,000.00 net sales."),
    ]


@pytest.mark.parametrize(
    ("terms", "sentence"),
    [
        (LumpSum(D("1")), "Lump sum, paid once before the license takes effect."),
        (RoyaltyOnProfit(D("10")), "10 % of ¥150,000.00 profit."),
        (PerUnit(D("2.50"), "piece"), "1,200 × ¥2.50 per piece."),
        (Free(), "The license is free of charge."),
    ],
)
def test_the_sentence_of_each_mode(terms: FeeTerms, sentence: str) -> None:
    assert in_english(terms).steps[0].explanation == sentence


def test_instalments_are_numbered() -> None:
    plan = Instalments((Instalment(0, D("5000")), Instalment(12, D("4000"))))

    assert [(step.year, step.explanation) for step in in_english(plan).steps] == [
        (1, "Instalment 1 of 2, before the license takes effect."),
        (2, "Instalment 2 of 2, 12 months after the license takes effect."),
    ]


def test_a_loss_bears_no_royalty() -> None:
    result = in_english(RoyaltyOnProfit(D("10")), Usage(years=1, yearly_profit=D("-5000")))

    assert result.by_year == (D("0.00"),)
    assert result.steps[0].explanation == "No royalty in a year of loss (-¥5,000.00)."


@pytest.mark.parametrize(("sales", "royalty"), [("0.16", "0.00"), ("0.17", "0.01"), ("33.50", "1.01")])
def test_a_royalty_is_rounded_half_up_to_the_fen(sales: str, royalty: str) -> None:
    assert in_english(RoyaltyOnSales(D("3")), Usage(years=1, yearly_sales=D(sales))).total == D(royalty)


@pytest.mark.parametrize(
    ("terms", "figure"),
    [
        (RoyaltyOnSales(D("3")), "yearly_sales"),
        (EntryPlusRoyalty(D("1"), D("3"), RoyaltyBase.PROFIT), "yearly_profit"),
        (PerUnit(D("1"), "台"), "yearly_units"),
    ],
)
def test_a_missing_figure_is_asked_for(terms: FeeTerms, figure: str) -> None:
    with pytest.raises(UsageMissing) as raised:
        cost(terms, Usage(years=2))
    assert raised.value.figure == figure
    assert str(raised.value.message)


def test_figures_not_needed_are_not_asked_for() -> None:
    assert cost(LumpSum(D("7")), Usage(years=2)).by_year == (D("7.00"), D("0.00"))


def test_a_sum_beyond_money_is_refused() -> None:
    with pytest.raises(CostTooLarge):
        cost(PerUnit(D("9999999999.99"), "台"), Usage(years=1, yearly_units=1_000_000_000))


@pytest.mark.parametrize(
    "figures",
    [
        {"years": 0},
        {"years": 26},
        {"years": 1, "yearly_sales": D("-0.01")},
        {"years": 1, "yearly_sales": D("1000000000000")},
        {"years": 1, "yearly_profit": D("-1000000000000")},
        {"years": 1, "yearly_units": -1},
        {"years": 1, "yearly_units": 1_000_000_001},
        {"years": 1, "yearly_sales": D("NaN")},
    ],
)
def test_impossible_usage_is_refused(figures: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"years|out of range"):
        Usage(**figures)


@given(
    st.decimals(D("0.01"), D("100"), places=2),
    st.decimals(0, D("999999999999.99"), places=2),
    st.integers(1, 25),
)
def test_the_total_is_the_sum_of_all_steps(rate: Decimal, sales: Decimal, years: int) -> None:
    result = cost(RoyaltyOnSales(rate), Usage(years=years, yearly_sales=sales))

    assert result.total == sum(step.amount for step in result.steps) == sum(result.by_year)
    assert len(result.by_year) == years
    assert abs(result.by_year[0] - sales * rate / 100) <= D("0.005")
