"""Patent numbers as people write them, as spreadsheets ruin them, and as the law forms them."""

import csv
import gzip
from pathlib import Path

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.identifiers import InvalidIdentifier, PatentNumber, PublicationNumber
from core.identifiers.patents import check_digit

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
REAL = [
    "200710308494.X",
    "200820185283.1",
    "201430008295.8",
    "201010596747.X",
    "201810323021.5",
    "201921898050.0",
    "201921897980.4",
    "202410000001.X",
    "202420000001.5",
    "202430000001.0",
    "202110123456.7",
    "85201131.8",
    "00101473.0",
]

REASONS = {
    "empty",
    "mangled_by_spreadsheet",
    "publication_number",
    "not_a_number",
    "wrong_length",
    "missing_check_digit",
    "impossible_year",
    "unknown_kind",
    "wrong_check_digit",
}


def reason(text: str) -> str:
    with pytest.raises(InvalidIdentifier) as caught:
        PatentNumber.parse(text)
    return caught.value.reason_code


@pytest.mark.parametrize("text", REAL)
def test_real_numbers_are_read_and_written_back(text: str) -> None:
    assert PatentNumber.parse(text).canonical == text


@pytest.mark.parametrize(
    "text",
    [
        "ZL202410000001.X",
        "zl 2024 1 0000001 . x",
        "CN202410000001X",
        "CNZL202410000001.X",
        "202410000001X",
        "ＺＬ２０２４１００００００１．Ｘ",
        "202410000001。X",
        "\u3000202410000001.X\n",
    ],
)
def test_every_usual_writing_is_the_same_number(text: str) -> None:
    number = PatentNumber.parse(text)

    assert (number.canonical, number.display, str(number)) == (
        "202410000001.X",
        "ZL202410000001.X",
        "202410000001.X",
    )


@pytest.mark.parametrize(
    ("text", "year", "code", "kind", "pct", "serial"),
    [
        ("202410000001.X", 2024, "1", "invention", False, "0000001"),
        ("202420000001.5", 2024, "2", "utility_model", False, "0000001"),
        ("202430000001.0", 2024, "3", "design", False, "0000001"),
        ("85201131.8", 1985, "2", "utility_model", False, "01131"),
        ("00101473.0", 2000, "1", "invention", False, "01473"),
    ],
)
def test_the_parts_of_a_number(text: str, year: int, code: str, kind: str, pct: bool, serial: str) -> None:
    number = PatentNumber.parse(text)

    assert (number.year, number.kind_code, number.kind, number.is_pct, number.serial) == (
        year,
        code,
        kind,
        pct,
        serial,
    )


@pytest.mark.parametrize(("code", "kind"), [("8", "invention"), ("9", "utility_model")])
def test_pct_numbers(code: str, kind: str) -> None:
    number = PatentNumber.complete(f"2012{code}0000001")
    assert (number.kind, number.is_pct) == (kind, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty"),
        (" \t", "empty"),
        ("2.02E+12", "mangled_by_spreadsheet"),
        ("2.01511e12", "mangled_by_spreadsheet"),
        ("2E+12", "mangled_by_spreadsheet"),
        ("2024100000019.0", "mangled_by_spreadsheet"),
        ("CN102345678B", "publication_number"),
        ("CN 210000001 U", "publication_number"),
        ("CN1234567A", "publication_number"),
        ("一种汽车顶盖", "not_a_number"),
        ("2024-10000001.X", "not_a_number"),
        ("X02410000001.X", "not_a_number"),
        ("202410000001.XX", "not_a_number"),
        ("2024100001.X", "wrong_length"),
        ("20241000000011X", "wrong_length"),
        ("12345X", "wrong_length"),
        ("1", "wrong_length"),
        ("202410000001", "missing_check_digit"),
        ("85201131", "missing_check_digit"),
        ("200210000001.1", "impossible_year"),
        ("210010000001.1", "impossible_year"),
        ("04101473.0", "impossible_year"),
        ("84101473.0", "impossible_year"),
        ("202440000001.1", "unknown_kind"),
        ("85001131.8", "unknown_kind"),
        ("200710308494.1", "wrong_check_digit"),
        ("202410000002.X", "wrong_check_digit"),
    ],
)
def test_each_mistake_has_its_own_reason(text: str, expected: str) -> None:
    assert reason(text) == expected


def test_messages_name_the_mistake_and_the_cure() -> None:
    with override("en"):
        with pytest.raises(InvalidIdentifier) as wrong:
            PatentNumber.parse("200710308494.1")
        with pytest.raises(InvalidIdentifier) as mangled:
            PatentNumber.parse("2.02E+12")

        assert str(wrong.value) == (
            "The check digit does not match: for 200710308494 it would be X, not 1. At least one digit is wrong."
        )
        assert str(mangled.value) == (
            "“2.02E+12” is what a spreadsheet made of a patent number: digits are lost and cannot be restored. "
            "Format the column as text and enter the number again."
        )


def test_only_a_search_box_completes_the_check_digit() -> None:
    assert PatentNumber.complete("ZL200710308494").canonical == "200710308494.X"
    assert PatentNumber.complete("200710308494.X") == PatentNumber.parse("200710308494.X")
    with pytest.raises(InvalidIdentifier):
        PatentNumber.complete("200710308494.1")


def test_numbers_sort_by_their_digits() -> None:
    numbers = [PatentNumber.parse(text) for text in ("202420000001.5", "202410000001.X")]
    assert [number.canonical for number in sorted(numbers)] == ["202410000001.X", "202420000001.5"]


def built(year: int, kind: str, serial: int) -> str:
    digits = f"{year}{kind}{serial:07d}"
    return f"{digits}.{check_digit(digits)}"


@given(st.integers(2003, 2099), st.sampled_from("12389"), st.integers(0, 9_999_999), st.data())
def test_any_single_wrong_digit_is_found(year: int, kind: str, serial: int, data: st.DataObject) -> None:
    text = built(year, kind, serial)
    assert PatentNumber.parse(text).canonical == text

    place = data.draw(st.sampled_from([place for place in range(14) if place != 12]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != text[place]]))
    with pytest.raises(InvalidIdentifier):
        PatentNumber.parse(text[:place] + other + text[place + 1 :])


@given(st.text(max_size=40))
def test_any_text_gives_a_number_or_a_reason(text: str) -> None:
    try:
        outcome = PatentNumber.parse(text).canonical
    except InvalidIdentifier as error:
        outcome = error.reason_code

    assert outcome in REASONS or PatentNumber.parse(outcome).canonical == outcome


@pytest.mark.shared
@pytest.mark.skipif(not DATA.exists(), reason="the real patents are not at hand")
def test_the_real_patents() -> None:
    with gzip.open(DATA / "patents_all.csv.gz", "rt", encoding="utf-8") as rows:
        found = [(row["kind"], PatentNumber.parse(row["application_number"])) for row in csv.DictReader(rows)]
    with (DATA / "damaged_rows_sample.csv").open(encoding="utf-8") as rows:
        damaged = [reason(row["application_number_as_found"]) for row in csv.DictReader(rows)]

    assert len(found) == 25_650
    assert [str(number) for kind, number in found if number.kind != kind] == []
    assert damaged == ["mangled_by_spreadsheet"] * 60


@pytest.mark.parametrize(
    ("text", "canonical", "kind"),
    [
        ("CN102345678B", "CN102345678B", "invention"),
        ("cn 102345678 a", "CN102345678A", "invention"),
        ("CN210000001U", "CN210000001U", "utility_model"),
        ("CN210000001Y2", "CN210000001Y2", "utility_model"),
        ("CN306000001S", "CN306000001S", "design"),
        ("CN102345678C7", "CN102345678C7", "invention"),
    ],
)
def test_publication_numbers(text: str, canonical: str, kind: str) -> None:
    number = PublicationNumber.parse(text)
    assert (number.canonical, str(number), number.kind) == (canonical, canonical, kind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CN102345678", "not_a_publication"),
        ("CN102345678C8", "not_a_publication"),
        ("CN102345678B1", "not_a_publication"),
        ("CN202345678B", "kind_mismatch"),
        ("CN102345678U", "kind_mismatch"),
    ],
)
def test_what_is_no_publication_number(text: str, expected: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        PublicationNumber.parse(text)
    assert caught.value.reason_code == expected
