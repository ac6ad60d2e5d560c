"""Fee terms: columns and values agree both ways, unclear terms are named all at once, prices in plain words."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from registry.enums import FeeMode
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
    canonical,
    columns_of,
    describe,
    describe_instalments,
    due_at_start,
    from_columns,
    mode_of,
    to_columns,
)
from registry.fees.values import UnclearTerms

D = Decimal
PLAN = Instalments((Instalment(0, D("40000")), Instalment(12, D("30000.50")), Instalment(24, D("30000"))))
EVERY: list[tuple[FeeTerms, FeeMode]] = [
    (LumpSum(D("20000")), FeeMode.LUMP_SUM),
    (PLAN, FeeMode.INSTALMENTS),
    (RoyaltyOnSales(D("3")), FeeMode.ROYALTY_SALES),
    (RoyaltyOnProfit(D("12.5")), FeeMode.ROYALTY_PROFIT),
    (EntryPlusRoyalty(D("50000"), D("3"), RoyaltyBase.SALES), FeeMode.ENTRY_ROYALTY_SALES),
    (EntryPlusRoyalty(D("50000"), D("8"), RoyaltyBase.PROFIT), FeeMode.ENTRY_ROYALTY_PROFIT),
    (PerUnit(D("2.50"), "台"), FeeMode.PER_UNIT),
    (Free(), FeeMode.FREE),
]
MODES = [mode for _terms, mode in EVERY]

amounts = st.decimals(D("0.01"), D("999999999999.99"), places=2)
rates = st.decimals(D("0.01"), D(100), places=2)
plans = st.lists(
    st.tuples(st.integers(0, 300), st.decimals(D("0.01"), D("1000000"), places=2)),
    min_size=2,
    max_size=8,
    unique_by=lambda part: part[0],
).map(lambda parts: Instalments(tuple(Instalment(month, amount) for month, amount in sorted(parts))))
any_terms: st.SearchStrategy[FeeTerms] = st.one_of(
    amounts.map(LumpSum),
    plans,
    rates.map(RoyaltyOnSales),
    rates.map(RoyaltyOnProfit),
    st.builds(EntryPlusRoyalty, amounts, rates, st.sampled_from(RoyaltyBase)),
    st.builds(PerUnit, st.decimals(D("0.01"), D("9999999999.99"), places=2), st.sampled_from(["piece", "吨"])),
    st.just(Free()),
)


def found(**columns: Any) -> list[tuple[str, str]]:
    with pytest.raises(UnclearTerms) as raised, override("en"):
        from_columns(**columns)
    with override("en"):
        return [(item.field, str(item.message)) for item in raised.value.findings]


@given(any_terms)
def test_columns_and_values_agree_both_ways(terms: FeeTerms) -> None:
    assert from_columns(**to_columns(terms)) == terms


@given(any_terms)
def test_frozen_terms_can_be_read_again_from_json(terms: FeeTerms) -> None:
    assert from_columns(**json.loads(json.dumps(canonical(terms)))) == terms


@given(any_terms)
def test_equal_terms_have_one_spelling(terms: FeeTerms) -> None:
    again = from_columns(**to_columns(terms))

    assert json.dumps(canonical(again)) == json.dumps(canonical(terms))


@given(any_terms)
def test_nothing_due_at_the_start_is_more_than_the_fixed_part(terms: FeeTerms) -> None:
    assert D(0) <= due_at_start(terms) <= (to_columns(terms)["fixed_amount"] or D(0))


@pytest.mark.parametrize(("terms", "mode"), EVERY, ids=MODES)
def test_every_mode_fills_exactly_its_columns(terms: FeeTerms, mode: FeeMode) -> None:
    columns = to_columns(terms)
    filled = {name for name, value in columns.items() if value not in (None, "", [])}

    assert mode_of(terms) is mode
    assert filled == columns_of(mode) | {"fee_mode"}


def test_every_mode_of_the_law_is_covered() -> None:
    assert set(MODES) == set(FeeMode)


def test_the_canonical_form_is_exact() -> None:
    assert json.dumps(canonical(PLAN)) == (
        '{"fee_mode": "instalments", "fixed_amount": "100000.50", "instalments": ['
        '{"due_months": 0, "amount": "40000.00"}, {"due_months": 12, "amount": "30000.50"}, '
        '{"due_months": 24, "amount": "30000.00"}]}'
    )
    assert (
        canonical(LumpSum(D("2E+4")))
        == canonical(LumpSum(D("20000.000")))
        == {
            "fee_mode": "lump_sum",
            "fixed_amount": "20000.00",
        }
    )
    assert canonical(PerUnit(D("2.5"), "台")) == {"fee_mode": "per_unit", "unit_price": "2.50", "unit_name": "台"}


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        (LumpSum(D("20000")), "20000"),
        (PLAN, "40000"),
        (Instalments((Instalment(1, D(5)), Instalment(2, D(6)))), "0"),
        (EntryPlusRoyalty(D("50000"), D("3"), RoyaltyBase.SALES), "50000"),
        (RoyaltyOnSales(D("3")), "0"),
        (RoyaltyOnProfit(D("3")), "0"),
        (PerUnit(D("2.50"), "台"), "0"),
        (Free(), "0"),
    ],
)
def test_what_is_due_before_the_license_takes_effect(terms: FeeTerms, due: str) -> None:
    assert due_at_start(terms) == D(due)


@pytest.mark.parametrize(
    ("terms", "words"),
    [
        (LumpSum(D("20000")), "¥20,000.00 once"),
        (LumpSum(D("20000000")), "20 million yuan once"),
        (PLAN, "¥100,000.50 in 3 instalments"),
        (RoyaltyOnSales(D("3.00")), "3 % of net sales"),
        (RoyaltyOnProfit(D("12.50")), "12.5 % of profit"),
        (EntryPlusRoyalty(D("50000"), D("3"), RoyaltyBase.SALES), "¥50,000.00 entry fee plus 3 % of net sales"),
        (EntryPlusRoyalty(D("50000"), D("8"), RoyaltyBase.PROFIT), "¥50,000.00 entry fee plus 8 % of profit"),
        (PerUnit(D("2.5"), "台"), "¥2.50 per 台"),
        (Free(), "Free of charge"),
    ],
)
def test_prices_in_plain_words(terms: FeeTerms, words: str) -> None:
    with override("en"):
        assert describe(terms) == words


def test_chinese_counts_in_ten_thousands() -> None:
    with override("zh-hans"):
        assert "2,000万元" in describe(LumpSum(D("20000000")))
        assert "2万元" in describe(LumpSum(D("20000")))


def test_the_unit_is_text_and_never_a_pattern() -> None:
    with override("en"):
        assert describe(PerUnit(D(1), "100%(rate)s")) == "¥1.00 per 100%(rate)s"


def test_each_instalment_in_words() -> None:
    with override("en"):
        assert describe_instalments(PLAN)[:2] == [
            "¥40,000.00 before the license takes effect",
            "¥30,000.50 12 months after the license takes effect",
        ]


@pytest.mark.parametrize("mode", ["", "negotiable"])
def test_a_missing_mode(mode: str) -> None:
    assert found(fee_mode=mode) == [("fee_mode", "The payment mode is missing.")]


def test_everything_wrong_is_named_at_once() -> None:
    assert found(fee_mode="entry_royalty_sales", fixed_amount="0", royalty_rate="面议", unit_price="5") == [
        ("unit_price", "The chosen payment mode does not use this field."),
        ("royalty_rate", "This is not a number."),
        ("fixed_amount", "The sum must be more than zero."),
    ]


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode not in (FeeMode.FREE, FeeMode.INSTALMENTS)])
def test_a_mode_needs_its_columns(mode: FeeMode) -> None:
    expected = {(name, "This value is missing.") for name in columns_of(mode) - {"unit_name"}}
    if mode is FeeMode.PER_UNIT:
        expected.add(("unit_name", "The unit is missing."))

    assert set(found(fee_mode=mode)) == expected


def test_free_is_free_of_everything() -> None:
    assert found(fee_mode="free", fixed_amount=D(0)) == [
        ("fixed_amount", "The chosen payment mode does not use this field.")
    ]
    assert from_columns(fee_mode="free", instalments=[], unit_name="") == Free()


def test_the_total_of_instalments_may_be_left_out_but_not_be_wrong() -> None:
    parts = [{"due_months": 0, "amount": "40"}, {"due_months": 6, "amount": "60.00"}]

    assert from_columns(fee_mode="instalments", instalments=parts) == from_columns(
        fee_mode="instalments", fixed_amount=D("100"), instalments=parts
    )
    for wrong in ("100.01", "abc"):
        assert found(fee_mode="instalments", fixed_amount=wrong, instalments=parts) == [
            ("fixed_amount", "The instalments add up to ¥100.00, which is not the total stated.")
        ]


def test_wrong_instalments_are_named_by_their_place() -> None:
    parts = [
        {"due_months": -1, "amount": "40"},
        {"due_months": 6, "amount": 1.5},
        "x",
        {"due_months": 7, "amount": "1"},
    ]

    assert found(fee_mode="instalments", instalments=parts) == [
        ("instalments", "Instalment 1: The due month must be a whole number from 0 to 300."),
        ("instalments", "Instalment 2: This is not a number."),
        ("instalments", "Instalment 3: It needs a due month and an amount, and nothing else."),
    ]


def test_one_instalment_is_no_plan() -> None:
    assert found(fee_mode="instalments", instalments=[{"due_months": 0, "amount": "40"}]) == [
        ("instalments", "A plan has from 2 to 60 instalments.")
    ]


def test_surplus_columns_of_instalments_are_named_with_the_rest() -> None:
    parts = [{"due_months": 0, "amount": "40"}, {"due_months": 6, "amount": "60"}]

    assert found(fee_mode="instalments", instalments=parts, royalty_rate="3") == [
        ("royalty_rate", "The chosen payment mode does not use this field.")
    ]


def test_the_total_of_instalments_fits_its_column() -> None:
    half = D("999999999999.99")

    with pytest.raises(UnclearTerms, match="fixed_amount"):
        Instalments((Instalment(0, half), Instalment(1, half)))
