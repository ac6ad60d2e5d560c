"""Ranges of a clear fee standard, at their boundaries."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from core.rules import Finding
from registry.fees.values import (
    LARGEST_AMOUNT,
    UnclearTerms,
    check_due_month,
    check_plan,
    check_rate,
    check_sum,
    check_unit,
    read_number,
    require,
)


def sentences(findings: list[Finding]) -> list[str]:
    with override("en"):
        return [str(found.message) for found in findings]


@pytest.mark.parametrize("amount", ["0.01", "1.5", "1.500", "20000000.01", str(LARGEST_AMOUNT)])
def test_sums_within_the_column_pass(amount: str) -> None:
    assert check_sum(Decimal(amount), "fixed_amount") == []


@pytest.mark.parametrize(
    ("amount", "sentence"),
    [
        ("0", "The sum must be more than zero."),
        ("-0.01", "The sum must be more than zero."),
        ("NaN", "The sum must be more than zero."),
        ("Infinity", "The sum must be more than zero."),
        ("0.001", "There are more than two decimals."),
        ("1000000000000", "The sum is larger than ¥999,999,999,999.99."),
        ("1E+60", "The sum is larger than ¥999,999,999,999.99."),
    ],
)
def test_sums_outside_are_found(amount: str, sentence: str) -> None:
    assert sentences(check_sum(Decimal(amount), "fixed_amount")) == [sentence]


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        ("0.01", []),
        ("100", []),
        ("100.01", ["The rate is higher than 100 %."]),
        ("0", ["The rate must be more than zero."]),
        ("3.125", ["There are more than two decimals."]),
    ],
)
def test_rates(rate: str, expected: list[str]) -> None:
    assert sentences(check_rate(Decimal(rate))) == expected


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("台", []),
        ("x" * 30, []),
        ("x" * 31, ["The name of the unit is not one line of at most 30 characters."]),
        ("a\nb", ["The name of the unit is not one line of at most 30 characters."]),
        ("  ", ["The unit is missing."]),
    ],
)
def test_units(unit: str, expected: list[str]) -> None:
    assert sentences(check_unit(unit)) == expected


@pytest.mark.parametrize(
    ("month", "clear"), [(0, True), (300, True), (301, False), (-1, False), (True, False), ("3", False)]
)
def test_due_months(month: object, clear: bool) -> None:
    expected = [] if clear else ["The due month must be a whole number from 0 to 300."]

    assert sentences(check_due_month(month)) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([0, 12], []),
        (list(range(60)), []),
        (list(range(61)), ["A plan has from 2 to 60 instalments."]),
        ([0], ["A plan has from 2 to 60 instalments."]),
        ([0, 12, 12], ["Each instalment must be due later than the one before."]),
        ([12, 0], ["Each instalment must be due later than the one before."]),
    ],
)
def test_plans(months: list[int], expected: list[str]) -> None:
    assert sentences(check_plan(months)) == expected


@pytest.mark.parametrize(
    ("value", "number"),
    [(Decimal("1.50"), "1.50"), (7, "7"), (" 123.45 ", "123.45"), ("-3", "-3"), ("0", "0")],
)
def test_numbers_are_read_exactly(value: object, number: str) -> None:
    assert read_number(value, "fixed_amount") == Decimal(number)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (None, "This value is missing."),
        ("", "This value is missing."),
        (1.5, "This is not a number."),
        (True, "This is not a number."),
        ("面议", "This is not a number."),
        ("1e5", "This is not a number."),
        ("１２", "This is not a number."),
        ("9" * 21, "This is not a number."),
        (Decimal("NaN"), "This is not a number."),
    ],
)
def test_what_is_no_number_is_found(value: object, sentence: str) -> None:
    found = read_number(value, "royalty_rate")

    assert isinstance(found, Finding)
    assert (sentences([found]), found.field) == ([sentence], "royalty_rate")


def test_require_gathers_every_group() -> None:
    one, two = Finding("first", field="a"), Finding("second", field="b")

    require([], [])
    with pytest.raises(UnclearTerms, match="a: first; b: second") as raised:
        require([one], [two])
    assert raised.value.findings == (one, two)
