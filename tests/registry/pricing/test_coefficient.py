"""The coefficient for several licensees: 1/√n, at least 0.1, practice and not law."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.pricing.coefficient import coefficient, practice

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("licensees", "expected"),
    [(1, "1"), (2, "0.7071"), (3, "0.5774"), (4, "0.5"), (10, "0.3162"), (99, "0.1005"), (100, "0.1"), (5000, "0.1")],
)
def test_by_hand(licensees, expected):
    assert coefficient(licensees, on=ON) == Decimal(expected)


@pytest.mark.parametrize("licensees", [0, -1, 100_001])
def test_no_such_number_of_licensees(licensees):
    with pytest.raises(ValueError, match="licensees must be from 1 to 100000"):
        coefficient(licensees, on=ON)


@given(st.integers(1, 99_999))
def test_one_licensee_more_never_raises_it(licensees):
    fewer, more = coefficient(licensees, on=ON), coefficient(licensees + 1, on=ON)
    assert Decimal("0.1") <= more <= fewer <= 1


def test_it_is_labelled_as_practice():
    assert [row.is_practice for row in practice(ON)] == [True, True]
    assert str(practice(ON)[0].source) == "Office practice, not law: coefficient for several licensees"
