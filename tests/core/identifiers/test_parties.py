"""Codes of organisations and people: valid samples of the standards, and every way to be wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from core.identifiers import InvalidIdentifier, mask_resident_id, parse_resident_id, parse_uscc
from core.identifiers.parties import organisation_check_digit


@pytest.mark.parametrize(
    "code", ["91350100M000100Y43", "91330100799655058B", "914403001922038216", "9144030071526726XG"]
)
def test_valid_codes(code: str) -> None:
    assert parse_uscc(code) == code
    assert parse_uscc(f" {code.lower()} ") == code


def code_with_wrong_organisation() -> str:
    body = "91440300715267261"  # the organisation code ends in X
    return body + uscc.calc_check_digit(body)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("", "wrong_length"),
        ("9144030071526726X", "wrong_length"),
        ("9144030071526726XH", "wrong_check_digit"),
        ("9I44030071526726XG", "wrong_characters"),
        ("9144030071526726X-", "wrong_length"),
        (code_with_wrong_organisation(), "wrong_organisation_code"),
    ],
)
def test_each_wrong_code_has_its_reason(code: str, expected: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_uscc(code)
    assert caught.value.reason_code == expected


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8))
def test_every_code_built_by_the_standards_is_valid(organisation: str) -> None:
    body = f"91110000{organisation}{organisation_check_digit(organisation)}"
    assert parse_uscc(body + uscc.calc_check_digit(body)) == body + uscc.calc_check_digit(body)


@pytest.mark.parametrize("number", ["11010519491231002X", "440524188001010014"])
def test_the_samples_of_the_standard(number: str) -> None:
    assert parse_resident_id(number) == number
    assert parse_resident_id(f"{number[:6]} {number[6:].lower()}") == number


def checked(body: str) -> str:
    return body + ric.calc_check_digit(body + "0")


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("", "wrong_length"),
        ("110105194912310021", "wrong_check_digit"),
        ("1101051949123100", "wrong_length"),
        ("1101051949123100ABC"[:18], "wrong_characters"),
        ("11010519491231002Y", "wrong_characters"),
        (checked("11010519490230002"), "impossible_date"),
        (checked("99010519491231002"), "unknown_region"),
    ],
)
def test_each_wrong_number_has_its_reason_and_is_not_repeated(number: str, expected: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_resident_id(number)
    assert caught.value.reason_code == expected
    assert not number or number not in f"{caught.value} {caught.value.args}"


def test_a_masked_number_shows_seven_characters() -> None:
    assert mask_resident_id("110105194912311234") == "110***********1234"
    assert mask_resident_id("12345678") == "********"
    assert mask_resident_id("") == ""
