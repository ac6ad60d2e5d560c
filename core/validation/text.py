"""Text as it may be stored: normal form C, and nothing in it that a reader cannot see.

What is shown, stored and hashed is the same. Direction controls, zero-width and other invisible characters,
private-use characters and control characters are refused with their name; nothing is silently removed but white
space at both ends.
"""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Invisible although their category is letter, mark or symbol: fillers, joiners, inherent vowels, blank Braille.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_VARIATION = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FORMULA = re.compile(r"^[\s\u200b\ufeff]*[=+\-@＝＋－＠\t\r\n]|^[\t\r\n]")

_REASONS: dict[str, str | Promise] = {
    "bidi": _("it changes the direction of reading"),
    "invisible": _("it cannot be seen"),
    "private_use": _("it has no meaning that everyone shares"),
    "control": _("it is a control character"),
    "line_break": _("this field has a single line"),
}


def _fault(char: str, *, multiline: bool) -> str:
    """Return the key of :data:`_REASONS` for a character that is refused, or "" for one that is allowed."""
    category = unicodedata.category(char)
    if char == "\n" and multiline:
        fault = ""
    elif char == "\n" or category in {"Zl", "Zp"}:
        fault = "line_break"
    elif char in _BIDI:
        fault = "bidi"
    elif category == "Cf" or char in _BLANK or _VARIATION.match(char):
        fault = "invisible"
    elif category == "Co":
        fault = "private_use"
    # Other unassigned code points pass: rare characters of Chinese names are newer than any table.
    elif category in {"Cc", "Cs"} or ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF:
        fault = "control"
    else:
        fault = ""
    return fault


def _name(char: str) -> str:
    """Return the character's code and official name, ``U+202E RIGHT-TO-LEFT OVERRIDE``."""
    return f"U+{ord(char):04X} {unicodedata.name(char, '')}".strip()


def _clean(value: str, *, multiline: bool) -> str:
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n").strip())
    for place, char in enumerate(text, start=1):
        fault = _fault(char, multiline=multiline)
        if fault:
            raise ValidationError(
                _("The character %(name)s at position %(place)s cannot be used: %(reason)s. Remove it and try again."),
                code=fault,
                params={"name": _name(char), "place": place, "reason": _REASONS[fault]},
            )
    return text


def clean_line(value: str) -> str:
    """Return a single line in normal form C without white space at its ends.

    Raises:
        ValidationError: a character that is refused, with code ``bidi``, ``invisible``, ``private_use``, ``control``
            or ``line_break``.
    """
    return _clean(value, multiline=False)


def clean_text(value: str) -> str:
    """Return text of several lines in normal form C; line ends become ``\\n`` and tabs become a space.

    Raises:
        ValidationError: as :func:`clean_line`.
    """
    return _clean(value.replace("\t", " "), multiline=True)


def validate_line(value: str) -> None:
    """Refuse what :func:`clean_line` refuses; for model fields, serializers and form fields."""
    clean_line(value)


def validate_text(value: str) -> None:
    """Refuse what :func:`clean_text` refuses; for model fields, serializers and form fields."""
    clean_text(value)


def can_be_called(phone: str) -> bool:
    """Whether a telephone number has a digit at all; how many, and with what between them, differs by country."""
    return any(char.isdecimal() for char in phone)


def names_somebody(name: str) -> bool:
    """Whether a name has a letter, of whatever script: dots, strokes and figures alone are nobody's."""
    return any(char.isalpha() for char in name)


def validate_phone(value: str) -> None:
    """Refuse what :func:`can_be_called` finds to be no telephone number; for serializers and form fields."""
    if not can_be_called(value):
        raise ValidationError(_("A telephone number has digits. Enter the number."), code="phone")


def validate_name(value: str) -> None:
    """Refuse what :func:`names_somebody` finds to be no name; for serializers and form fields."""
    if not names_somebody(value):
        raise ValidationError(_("A name has letters. Enter the name in full."), code="name")


class LineField(forms.CharField):
    """A form field of one line whose cleaned value is in normal form C."""

    def to_python(self, value: Any) -> str | None:
        """Return the cleaned line, or the field's empty value."""
        text = super().to_python(value)
        return clean_line(text) if text else text


class TextField(forms.CharField):
    """A form field of several lines whose cleaned value is in normal form C."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        """Return the cleaned text, or the field's empty value."""
        text = super().to_python(value)
        return clean_text(text) if text else text


def neutralize_cell(value: Any) -> Any:
    """Return a cell for CSV or XLSX that no spreadsheet runs as a formula: such text gets a leading apostrophe.

    Only text is touched; numbers and dates stay what they are. Text already neutralised stays as it is.
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
