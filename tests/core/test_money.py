"""Money is exact, rounded half up once, and never a float."""

from decimal import Decimal

import pytest
from django.utils.text import format_lazy
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.money import format_percent, format_wan, format_yuan, percent, percent_in_words, percent_of, yuan

AMOUNTS = st.decimals("-999999999", "999999999", places=2)


@pytest.mark.parametrize(
    ("given_amount", "expected"),
    [
        (0, "0.00"),
        ("20000000.005", "20000000.01"),
        ("0.005", "0.01"),
        ("0.0049", "0.00"),
        ("-0.005", "-0.01"),
        ("-0.001", "0.00"),
        (Decimal("2.675"), "2.68"),
        (1234567, "1234567.00"),
        ("9999999999999.99", "9999999999999.99"),
    ],
)
def test_half_a_cent_is_rounded_up(given_amount: Decimal | int | str, expected: str) -> None:
    assert str(yuan(given_amount)) == expected


@pytest.mark.parametrize("wrong", [1.0, True, None, b"1"])
@pytest.mark.parametrize("function", [yuan, percent, format_yuan, format_wan, format_percent])
def test_a_float_is_refused(function: object, wrong: object) -> None:
    with pytest.raises(TypeError, match=f"not {type(wrong).__name__}$"):
        function(wrong)


@pytest.mark.parametrize("wrong", ["", "abc", "NaN", "Infinity", "1e400", "10000000000000", "面议"])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^not an amount of money$"):
        yuan(wrong)


def test_a_share_is_rounded_once() -> None:
    assert percent_of(15, 900) == Decimal("135.00")
    assert percent_of("7.5", "0.33") == Decimal("0.02")
    assert percent_of(Decimal("33.333"), 100) == Decimal("33.33")
    assert percent("20") == Decimal("20.00")
    with pytest.raises(TypeError):
        percent_of(15, 900.0)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [("1234567", "¥1,234,567.00"), ("-5.5", "-¥5.50"), (0, "¥0.00"), ("20000000.01", "¥20,000,000.01")],
)
def test_the_exact_form(amount: str, expected: str) -> None:
    assert format_yuan(amount) == expected


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (20_000_000, "2,000万元", "20 million yuan"),
        (1_660_500, "166.05万元", "¥1,660,500.00"),
        (3_210_000, "321万元", "3.21 million yuan"),
        (10_000, "1万元", "¥10,000.00"),
        (9_999, "¥9,999.00", "¥9,999.00"),
        ("20000000.01", "¥20,000,000.01", "¥20,000,000.01"),
        (1_234_567, "¥1,234,567.00", "¥1,234,567.00"),
        (-20_000_000, "-2,000万元", "-20 million yuan"),
    ],
)
def test_the_spoken_form_never_rounds(amount: int | str, chinese: str, english: str) -> None:
    with override("zh-hans"):
        assert format_wan(amount) == chinese
    with override("en"):
        assert format_wan(amount) == english
    with override(None):
        assert format_wan(amount) == english


@pytest.mark.parametrize(("rate", "expected"), [(15, "15 %"), ("7.50", "7.5 %"), ("0.25", "0.25 %"), (100, "100 %")])
def test_rates(rate: int | str, expected: str) -> None:
    sentence = format_lazy("at most {rate}", rate=percent_in_words(rate))
    with override("en"):
        assert (format_percent(rate), str(sentence)) == (expected, f"at most {expected}")
    with override("zh-hans"):
        chinese = expected.replace(" ", "")
        assert (format_percent(rate), str(sentence)) == (chinese, f"at most {chinese}")


@given(AMOUNTS, AMOUNTS)
def test_amounts_of_two_places_stay_exact(one: Decimal, other: Decimal) -> None:
    assert yuan(one) == one
    assert yuan(one + other) == yuan(one) + yuan(other)
    assert Decimal(format_yuan(one).replace("¥", "").replace(",", "")) == one


@given(st.decimals("-999999", "999999", places=6))
def test_rounding_moves_by_half_a_cent_at_most(amount: Decimal) -> None:
    assert abs(yuan(amount) - amount) <= Decimal("0.005")
    assert yuan(-amount) == -yuan(amount)
