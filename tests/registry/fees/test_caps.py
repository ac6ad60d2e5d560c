"""The caps of the Guidelines: equality passes, a fen or a hundredth of a percent more does not (law.md §10, row 6)."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from core.legal import setting
from registry.fees.caps import FIXED_CAP, PROFIT_CAP, SALES_CAP, over_cap, without_cap
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
TODAY = date(2026, 11, 24)
FIRST_DAY = date(2024, 1, 20)
HALF = D("10000000")
FEN = D("0.01")
FIXED = ("fixed_amount", "A fixed fee is generally at most ¥20,000,000.00 (GL V-11 §3.3).")
SALES = ("royalty_rate", "A royalty on net sales is generally at most 20 % (GL V-11 §3.3).")
PROFIT = ("royalty_rate", "A royalty on profit is generally at most 40 % (GL V-11 §3.3).")


def found(terms: FeeTerms, on: date = TODAY) -> list[tuple[str, str]]:
    with override("en"):
        return [(item.field, str(item.message)) for item in over_cap(terms, on)]


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        (LumpSum(FIXED_CAP), []),
        (LumpSum(FIXED_CAP + FEN), [FIXED]),
        (Instalments((Instalment(0, HALF), Instalment(12, HALF))), []),
        (Instalments((Instalment(0, HALF), Instalment(12, HALF + FEN))), [FIXED]),
        (RoyaltyOnSales(D("20")), []),
        (RoyaltyOnSales(D("20.01")), [SALES]),
        (RoyaltyOnProfit(D("40")), []),
        (RoyaltyOnProfit(D("40.01")), [PROFIT]),
        (EntryPlusRoyalty(FIXED_CAP, D("20"), RoyaltyBase.SALES), []),
        (EntryPlusRoyalty(FIXED_CAP + FEN, D("20"), RoyaltyBase.SALES), [FIXED]),
        (EntryPlusRoyalty(FIXED_CAP + FEN, D("20.01"), RoyaltyBase.SALES), [FIXED, SALES]),
        (EntryPlusRoyalty(FIXED_CAP, D("40"), RoyaltyBase.PROFIT), []),
        (EntryPlusRoyalty(FIXED_CAP, D("40.01"), RoyaltyBase.PROFIT), [PROFIT]),
        (PerUnit(D("9999999999.99"), "台"), []),
        (Free(), []),
    ],
)
def test_at_the_cap_and_just_above(terms: FeeTerms, expected: list[tuple[str, str]]) -> None:
    assert found(terms) == expected


def test_the_remedy_guides_to_an_ordinary_license() -> None:
    with override("en"):
        (finding,) = over_cap(LumpSum(FIXED_CAP + FEN), TODAY)
        assert str(finding.remedy) == (
            "Lower the fee to the cap, or use another route: conclude an ordinary license contract with each licensee "
            "instead of an open license (LAW 51(3)). Or ask for an exception and say why; an examiner decides on it."
        )


def test_the_caps_begin_with_the_guidelines_of_2023() -> None:
    both = EntryPlusRoyalty(FIXED_CAP + FEN, D("20.01"), RoyaltyBase.SALES)

    assert found(both, date(2024, 1, 19)) == []
    assert found(both, FIRST_DAY) == [FIXED, SALES]


def test_the_table_and_the_law_state_the_same_caps() -> None:
    keys = ("fixed_fee_cap", "sales_royalty_cap", "profit_royalty_cap")

    assert tuple(setting(key, on=TODAY).amount for key in keys) == (FIXED_CAP, SALES_CAP, PROFIT_CAP)


def test_a_price_per_unit_is_looked_at_by_a_person() -> None:
    with override("en"):
        (finding,) = without_cap(PerUnit(D("1"), "台"))
        assert finding.field == "unit_price"
        assert "no cap" in str(finding.message)
    assert without_cap(LumpSum(D("1"))) == []
