"""Patent numbers and publication numbers of China (law.md's forms: 8 digits before 2003-10-01, 12 digits since)."""

import re
import unicodedata
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.identifiers.errors import InvalidIdentifier

KINDS = {"1": "invention", "2": "utility_model", "3": "design", "8": "invention", "9": "utility_model"}
FIRST_YEAR = 1985  # the Patent Law came into force on 1985-04-01
LAST_SHORT_YEAR = 2003
LAST_YEAR = 2099

_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9)
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E\+?\d+")
_FLOATED = re.compile(r"\d{13}[.,]0+")
_PUBLICATION = re.compile(r"CN\d{7}(?:\d{2})?[ABCSUY]\d?")
_PREFIX = re.compile(r"^(?:CN)?(?:ZL)?")
_SEPARATED = re.compile(r"(?P<digits>\d+)[.。·](?P<check>[\dX])")
_REPRINT = {"A": "1", "B": "1", "C": "1", "U": "2", "Y": "2", "S": "3"}


def tidy(text: str) -> str:
    """Return the text in half-width capitals without any white space, as identifiers are compared."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def check_digit(digits: str) -> str:
    """Return the check digit of 8 or 12 digits: weights 2 to 9, then 2 to 5; modulo 11; 10 is written X."""
    total = sum(int(digit) * _WEIGHTS[place % 8] for place, digit in enumerate(digits))
    return "0123456789X"[total % 11]


@dataclass(frozen=True, slots=True, order=True)
class PatentNumber:
    """The number of a patent or application: ``digits`` (8 or 12 of them) and the check digit.

    Raises:
        InvalidIdentifier: ``wrong_length``, ``impossible_year``, ``unknown_kind`` or ``wrong_check_digit``.
    """

    digits: str
    check: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9]{8}|[0-9]{12}", self.digits):
            raise InvalidIdentifier(
                "wrong_length",
                format_lazy(
                    _(
                        "A patent number has 8 digits (before October 2003) or 12 digits and then a check digit; "
                        "this one has {count} digits."
                    ),
                    count=len(self.digits),
                ),
            )
        if not self._year_is_possible():
            raise InvalidIdentifier(
                "impossible_year",
                format_lazy(
                    _("No patent number can begin with the year {year}; 12-digit numbers exist since 2003."),
                    year=self.year,
                ),
            )
        if self.kind_code not in KINDS:
            raise InvalidIdentifier(
                "unknown_kind",
                format_lazy(
                    _(
                        "The digit after the year must be 1 or 8 (invention), 2 or 9 (utility model) or 3 (design), "
                        "not {digit}."
                    ),
                    digit=self.kind_code,
                ),
            )
        if self.check != check_digit(self.digits):
            raise InvalidIdentifier(
                "wrong_check_digit",
                format_lazy(
                    _(
                        "The check digit does not match: for {digits} it would be {expected}, not {found}. "
                        "At least one digit is wrong."
                    ),
                    digits=self.digits,
                    expected=check_digit(self.digits),
                    found=self.check,
                ),
            )

    @classmethod
    def parse(cls, text: str) -> "PatentNumber":
        """Read a number with its check digit, however it is written: ``ZL 2024 1 0000001.X``, ``202410000001X``.

        Raises:
            InvalidIdentifier: beyond those of the class ``empty``, ``mangled_by_spreadsheet``, ``publication_number``,
                ``not_a_number``, ``missing_check_digit``.
        """
        return cls(*_split(text, may_lack_check=False))

    @classmethod
    def complete(cls, text: str) -> "PatentNumber":
        """Read a number as :meth:`parse` does and add the check digit if it was left out.

        Only for search boxes: whoever files must give the check digit, since it is what finds a typing error.
        """
        digits, check = _split(text, may_lack_check=True)
        return cls(digits, check or check_digit(digits))

    @property
    def is_short(self) -> bool:
        """Whether this is a number of the form used before 2003-10-01."""
        return len(self.digits) == 8

    @property
    def year(self) -> int:
        """The year in the number: of filing, or for a divisional of its own submission."""
        if self.is_short:
            two = int(self.digits[:2])
            return 1900 + two if two >= FIRST_YEAR - 1900 else 2000 + two
        return int(self.digits[:4])

    @property
    def kind_code(self) -> str:
        """The digit of the kind: 1 invention, 2 utility model, 3 design, 8 PCT invention, 9 PCT utility model."""
        return self.digits[2] if self.is_short else self.digits[4]

    @property
    def kind(self) -> str:
        """``invention``, ``utility_model`` or ``design``."""
        return KINDS[self.kind_code]

    @property
    def is_pct(self) -> bool:
        """Whether the application entered from the international phase."""
        return self.kind_code in {"8", "9"}

    @property
    def serial(self) -> str:
        """The running number in its year and kind: 5 or 7 digits."""
        return self.digits[3:] if self.is_short else self.digits[5:]

    @property
    def canonical(self) -> str:
        """The stored form: ``202410000001.X``."""
        return f"{self.digits}.{self.check}"

    @property
    def display(self) -> str:
        """The form shown for a granted patent: ``ZL202410000001.X``."""
        return f"ZL{self.canonical}"

    def __str__(self) -> str:
        return self.canonical

    def _year_is_possible(self) -> bool:
        if self.is_short:
            return FIRST_YEAR <= self.year <= LAST_SHORT_YEAR
        return LAST_SHORT_YEAR <= self.year <= LAST_YEAR


def _split(text: str, *, may_lack_check: bool) -> tuple[str, str]:
    """Return digits and check digit (empty if left out) of a text that looks like a patent number."""
    found = tidy(text)
    if not found:
        raise InvalidIdentifier("empty", _("Enter a patent number, for example ZL202410000001.X."))
    if _PUBLICATION.fullmatch(found):
        raise InvalidIdentifier(
            "publication_number",
            _("This is the number of a publication. Enter the patent number, which begins with ZL or a year."),
        )
    body = _PREFIX.sub("", found)
    if _SCIENTIFIC.fullmatch(body) or _FLOATED.fullmatch(body):
        raise InvalidIdentifier(
            "mangled_by_spreadsheet",
            format_lazy(
                _(
                    "“{text}” is what a spreadsheet made of a patent number: digits are lost and cannot be "
                    "restored. Format the column as text and enter the number again."
                ),
                text=body[:40],
            ),
        )
    separated = _SEPARATED.fullmatch(body)
    if separated:
        return separated["digits"], separated["check"]
    if not re.fullmatch(r"[0-9]+X?", body):
        raise InvalidIdentifier(
            "not_a_number",
            _("A patent number consists of digits, a dot and a check digit (0 to 9 or X), for example 202410000001.X."),
        )
    if len(body) in {9, 13}:
        return body[:-1], body[-1]
    if body.endswith("X") or len(body) not in {8, 12}:
        return body.removesuffix("X"), "X" if body.endswith("X") else ""
    if may_lack_check:
        return body, ""
    raise InvalidIdentifier(
        "missing_check_digit",
        _("The check digit is missing. It stands after the dot, for example the X in 202410000001.X."),
    )


@dataclass(frozen=True, slots=True)
class PublicationNumber:
    """The number of a published document: CN, nine digits, kind code (``CN102345678B``)."""

    digits: str
    kind_code: str

    @classmethod
    def parse(cls, text: str) -> "PublicationNumber":
        """Read ``CN 102345678 B`` in any writing; reprints after partial invalidation are C1-7, Y1-7, S1-7.

        Raises:
            InvalidIdentifier: ``not_a_publication`` or ``kind_mismatch``.
        """
        match = re.fullmatch(r"CN([0-9]{9})([ABUS]|[CYS][1-7])", tidy(text))
        if not match:
            raise InvalidIdentifier(
                "not_a_publication",
                _("A publication number is CN, nine digits and a kind code, for example CN102345678B."),
            )
        if match[1][0] != _REPRINT[match[2][0]]:
            raise InvalidIdentifier(
                "kind_mismatch",
                format_lazy(
                    _("The first digit must fit the kind code: {code} belongs to numbers beginning with {digit}."),
                    code=match[2],
                    digit=_REPRINT[match[2][0]],
                ),
            )
        return cls(match[1], match[2])

    @property
    def kind(self) -> str:
        """``invention``, ``utility_model`` or ``design``."""
        return KINDS[self.digits[0]]

    @property
    def canonical(self) -> str:
        """The stored form: ``CN102345678B``."""
        return f"CN{self.digits}{self.kind_code}"

    def __str__(self) -> str:
        return self.canonical
