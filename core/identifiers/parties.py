"""Identity of organisations and people: unified social credit codes and resident identity numbers."""

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric, uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError

from core.identifiers.errors import InvalidIdentifier
from core.identifiers.patents import tidy
from core.identifiers.regions import REGIONS

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def organisation_check_digit(digits: str) -> str:
    """Return the check digit of the eight characters of an organisation code (GB 11714)."""
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(digits, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def parse_uscc(text: str) -> str:
    """Return a unified social credit code (GB 32100-2015) in its 18 capitals, its inner organisation code checked.

    Raises:
        InvalidIdentifier: ``wrong_length``, ``wrong_characters``, ``wrong_check_digit`` or
            ``wrong_organisation_code``.
    """
    code = tidy(text)
    try:
        code = uscc.validate(code)
    except InvalidLength:
        raise InvalidIdentifier("wrong_length", _("A unified social credit code has 18 characters.")) from None
    except InvalidChecksum:
        raise InvalidIdentifier(
            "wrong_check_digit",
            _("The last character of the unified social credit code does not match; at least one character is wrong."),
        ) from None
    except ValidationError:
        raise InvalidIdentifier(
            "wrong_characters",
            _("A unified social credit code consists of digits and capital letters without I, O, S, V and Z."),
        ) from None
    if code[16] != organisation_check_digit(code[8:16]):
        raise InvalidIdentifier(
            "wrong_organisation_code",
            _("Characters 9 to 17 of the unified social credit code are not a valid organisation code."),
        )
    return code


def parse_resident_id(text: str) -> str:
    """Return a resident identity number (GB 11643-1999): region, real date of birth and check character are right.

    The message never repeats the number. County codes are not looked up: they changed, and old numbers stay valid.

    Raises:
        InvalidIdentifier: ``wrong_length``, ``wrong_characters``, ``wrong_check_digit``, ``impossible_date`` or
            ``unknown_region``.
    """
    number = tidy(text)
    if len(number) != 18:
        raise InvalidIdentifier("wrong_length", _("A resident identity number has 18 characters."))
    if not (number[:17].isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        raise InvalidIdentifier(
            "wrong_characters", _("A resident identity number has 17 digits and then a digit or X.")
        )
    if number[17] != ric.calc_check_digit(number):
        raise InvalidIdentifier(
            "wrong_check_digit",
            _("The last character of the identity number does not match; at least one character is wrong."),
        )
    try:
        ric.get_birth_date(number)
    except ValidationError:
        raise InvalidIdentifier(
            "impossible_date", _("The identity number contains a date of birth that does not exist.")
        ) from None
    if number[:2] not in REGIONS:
        raise InvalidIdentifier("unknown_region", _("The identity number begins with an unknown region."))
    return number


def mask_resident_id(number: str) -> str:
    """Return the number as it may be shown: ``110***********1234``. Anything of another length is wholly hidden."""
    if len(number) != 18:
        return "*" * len(number)
    return f"{number[:3]}{'*' * 11}{number[-4:]}"
