"""Classes as the register, the gazette and old exports write them."""

import pytest

from core.identifiers import InvalidIdentifier, display_ipc, parse_ipc, parse_locarno, parse_main_class


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("H02J13/00", "H02J13/00"),
        ("h02j 13/00", "H02J13/00"),
        ("H02J13/00(2006.01)I", "H02J13/00"),
        ("C08L33/04(2006.01)I;", "C08L33/04"),
        ("G02B6/00(2006.01)I;??G02F1/13357(2006.01)I", "G02B6/00"),
        ("A61B 5/145 (2006.01) N", "A61B5/145"),
        ("B66B15/00，B66B15/02", "B66B15/00"),
        ("Ｈ０２Ｊ１３／００", "H02J13/00"),
    ],
)
def test_the_main_class_of_an_ipc_entry(text: str, expected: str) -> None:
    assert parse_ipc(text) == expected
    assert parse_main_class("invention", text) == expected
    assert parse_main_class("utility_model", text) == expected


@pytest.mark.parametrize("text", ["", "26-05", "I02J13/00", "H02J13", "H02J13/0", "H2J13/00", "H02J13/00(2006)"])
def test_what_is_no_ipc_class(text: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_ipc(text)
    assert caught.value.reason_code == "wrong_class"


def test_the_gazette_prints_a_space() -> None:
    assert display_ipc("H02J13/00") == "H02J 13/00"


@pytest.mark.parametrize("text", ["26-05", "LOC (14) Cl. 26-05", "LOC(13)Cl.26-05; 26-03", " 26-05 ", "LOC 26-05"])
def test_the_main_locarno_class(text: str) -> None:
    assert parse_locarno(text) == "26-05"
    assert parse_main_class("design", text) == "26-05"


@pytest.mark.parametrize("text", ["", "00-01", "33-01", "2605", "H02J13/00", "6-05"])
def test_what_is_no_locarno_class(text: str) -> None:
    with pytest.raises(InvalidIdentifier) as caught:
        parse_locarno(text)
    assert caught.value.reason_code == "wrong_class"
