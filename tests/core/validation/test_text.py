"""Text: what nobody can see is refused by name, everything people write passes in one normal form."""

import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from core.validation import (
    LineField,
    TextField,
    can_be_called,
    clean_line,
    clean_text,
    names_somebody,
    neutralize_cell,
    validate_line,
    validate_text,
)


@pytest.mark.parametrize(
    "text",
    ["一种多绳摩擦式提升机", "O’Neil & Söhne GmbH <R&D>", "㐂𠮷\U000323af", "Ａ１，（全角）", "𝑥² ≥ 0 😀", "e\u0301"],
)
def test_what_people_write_passes(text: str) -> None:
    assert clean_line(f"  {text}\u3000") == unicodedata.normalize("NFC", text)


def test_composed_and_decomposed_letters_become_the_same() -> None:
    assert clean_line("Cafe\u0301") == clean_line("Café") == "Caf\u00e9"


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\u202e", "bidi"),
        ("\u2066", "bidi"),
        ("\u200f", "bidi"),
        ("\u200b", "invisible"),
        ("\u200d", "invisible"),
        ("\ufeff", "invisible"),
        ("\u00ad", "invisible"),
        ("\u2060", "invisible"),
        ("\u3164", "invisible"),
        ("\u034f", "invisible"),
        ("\ufe0f", "invisible"),
        ("\U000e0041", "invisible"),
        ("\U000e0100", "invisible"),
        ("\ue000", "private_use"),
        ("\U000f0000", "private_use"),
        ("\x00", "control"),
        ("\x1b", "control"),
        ("\x7f", "control"),
        ("\x80", "control"),
        ("\ud800", "control"),
        ("\uffff", "control"),
        ("\U0001fffe", "control"),
        ("\ufdd0", "control"),
        ("\u2028", "line_break"),
        ("\u2029", "line_break"),
    ],
)
@pytest.mark.parametrize("validate", [validate_line, validate_text])
def test_what_cannot_be_seen_is_refused(validate: object, char: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validate(f"甲{char}乙")
    assert caught.value.code == code


def test_the_sentence_names_the_character_and_its_place() -> None:
    with override("en"), pytest.raises(ValidationError) as caught:
        clean_line("ab\u202ecd")
    with override("en"):
        assert caught.value.messages == [
            "The character U+202E RIGHT-TO-LEFT OVERRIDE at position 3 cannot be used: it changes the direction of "
            "reading. Remove it and try again."
        ]
    with override("en"), pytest.raises(ValidationError) as nameless:
        clean_line("a\x1b")
    assert nameless.value.params["name"] == "U+001B"


def test_lines_belong_into_fields_of_several_lines() -> None:
    assert clean_text("一\r\n二\r三\n\t四 ") == "一\n二\n三\n 四"
    for text in ("一\n二", "一\r二"):
        with pytest.raises(ValidationError) as caught:
            clean_line(text)
        assert caught.value.code == "line_break"
    with pytest.raises(ValidationError) as tab:
        clean_line("一\t二")
    assert tab.value.code == "control"


class Form(forms.Form):
    title = LineField()
    note = TextField(required=False)


def test_form_fields_give_the_clean_value() -> None:
    form = Form({"title": "  Cafe\u0301 ", "note": "a\r\nb"})
    assert form.is_valid()
    assert form.cleaned_data == {"title": "Café", "note": "a\nb"}
    assert isinstance(form.fields["note"].widget, forms.Textarea)


def test_form_fields_say_which_field_is_wrong() -> None:
    form = Form({"title": "a\u200bb", "note": ""})
    assert not form.is_valid()
    assert [error.code for error in form.errors.as_data()["title"]] == ["invisible"]
    assert "note" not in form.errors
    assert Form({"title": ""}).errors.as_data()["title"][0].code == "required"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    try:
        once = clean_text(text)
    except ValidationError:
        return
    assert clean_text(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+86 10",
        "-5",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
        "  =1",
        "\u3000=1",
        "\ufeff=1",
    ],
)
def test_a_cell_that_would_run_is_made_text(cell: str) -> None:
    assert neutralize_cell(cell) == f"'{cell}"
    assert neutralize_cell(neutralize_cell(cell)) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "甲=乙", "1-2", "a@b.cn", -5, 0, None])
def test_any_other_cell_stays(cell: object) -> None:
    assert neutralize_cell(cell) == cell


@pytest.mark.parametrize(
    ("text", "phone", "name"),
    [
        ("0571 8888 0000", True, False),
        ("０５７１", True, False),
        ("+86 (571) 1 转 李", True, True),
        ("李伟", False, True),
        ("Ünsal", False, True),
        ("none", False, True),
        ("——。", False, False),
        ("", False, False),
    ],
)
def test_a_telephone_number_has_digits_and_a_name_letters(text: str, phone: bool, name: bool) -> None:
    assert (can_be_called(text), names_somebody(text)) == (phone, name)
