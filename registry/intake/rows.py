"""One record of a delivery, read into a patent or into everything that is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.deadlines import patent_term_last_day
from core.identifiers import (
    INDUSTRIES,
    REGIONS,
    InvalidIdentifier,
    PatentNumber,
    parse_main_class,
    province_from_address,
)
from core.rules import Text
from core.validation.text import clean_line, clean_text
from registry.enums import AnnuityState, PatentKind, RightStatus

LAW_BEGAN_ON = date(1985, 4, 1)
LONGEST_TITLE, LONGEST_NAME, LONGEST_ABSTRACT, MOST_OWNERS = 500, 200, 20_000, 100
REQUIRED = ("application_number", "title", "patentees", "filing_date", "grant_date")
OPTIONAL = (
    "kind", "ipc", "address_or_province", "abstract", "right_status", "annuity_state", "industry", "term_ends_on",
)  # fmt: skip
# Other names under which suppliers send the same column.
ALIASES = {
    "application_number_as_found": "application_number",
    "patent_number": "application_number",
    "main_class": "ipc",
}
KIND_WORDS = {"发明": "invention", "发明专利": "invention", "实用新型": "utility_model", "外观设计": "design"}

_DAY = re.compile(r"(\d{4})(?:[-./](\d{1,2})[-./](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))")
_MANGLED_DAY = re.compile(r"\d{5}(?:\.\d+)?")
_OWNER_BREAK = re.compile(r"[;；]+")

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field: its name, its text, one word for machines and a sentence for people."""

    field: str
    value: str
    code: str
    reason: Text


class Faulty(ValueError):
    """A field that cannot be read."""

    def __init__(self, code: str, reason: Text) -> None:
        self.code, self.reason = code, reason
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class PatentRow:
    """A granted patent as delivered. Empty text and None say that the delivery is silent about it."""

    line: int
    number: str
    kind: str
    title: str
    patentees: tuple[str, ...]
    filed_on: date
    granted_on: date | None
    term_ends_on: date
    term_stated: bool = False
    main_class: str = ""
    province: str = ""
    abstract: str = ""
    right_status: str = ""
    annuity_state: str = ""
    industry: str = ""


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads records on day ``on``. ``vouched``: the supplier answers for every row being a granted patent."""

    on: date
    vouched: bool = False

    def read(self, cells: Mapping[str, str], line: int) -> PatentRow | list[Fault]:
        """Return the patent, or all faults of the record."""
        faults: list[Fault] = []

        def take(name: str, reader: Callable[[str], Value], default: Value) -> Value:
            text = cells.get(name, "")
            try:
                return reader(text)
            except InvalidIdentifier as error:
                faults.append(Fault(name, text, error.reason_code, error.message))
            except Faulty as error:
                faults.append(Fault(name, text, error.code, error.reason))
            except ValidationError as error:
                faults.append(Fault(name, text, str(error.code), error.messages[0]))
            return default

        number = take("application_number", PatentNumber.parse, None)
        kind = take("kind", lambda text: _kind(text, number), number.kind if number else "")
        filed_on = take("filing_date", self._filed, None)
        granted_on = take("grant_date", lambda text: self._granted(text, filed_on), None)
        regular_end = patent_term_last_day(kind, filed_on) if kind and filed_on else None
        row: dict[str, Any] = {
            "title": take("title", lambda text: _line(text, LONGEST_TITLE), ""),
            "patentees": take("patentees", _owners, tuple[str, ...]()),
            "main_class": take("ipc", lambda text: _main_class(text, kind), ""),
            "province": take("address_or_province", _province, ""),
            "abstract": take("abstract", _abstract, ""),
            "right_status": take("right_status", lambda text: _choice(text, RightStatus.values), ""),
            "annuity_state": take("annuity_state", lambda text: _choice(text, AnnuityState.values), ""),
            "industry": take("industry", lambda text: _choice(text.upper(), list(INDUSTRIES)), ""),
            "term_stated": bool(cells.get("term_ends_on", "").strip()),
            "term_ends_on": take("term_ends_on", lambda text: _term_end(text, regular_end), regular_end),
        }
        if faults or number is None or filed_on is None:
            return faults
        return PatentRow(line=line, number=number.canonical, kind=kind, filed_on=filed_on, granted_on=granted_on, **row)

    def _filed(self, text: str) -> date:
        day = read_day(text)
        if day is None:
            raise Faulty("empty", _("The filing date is missing."))
        if not LAW_BEGAN_ON <= day <= self.on:
            raise Faulty(
                "impossible_date", _("A filing date lies between 1 April 1985, when the Patent Law began, and today.")
            )
        return day

    def _granted(self, text: str, filed_on: date | None) -> date | None:
        """A patent is granted with the announcement; what is not granted cannot be openly licensed (RULES 85(1))."""
        day = read_day(text)
        if day is None:
            if self.vouched:
                return None
            raise Faulty(
                "not_granted",
                _(
                    "There is no grant date: this is an application. Only a granted patent can be openly licensed "
                    "(Patent Law, Article 50; Implementing Rules, Rule 85(1))."
                ),
            )
        if day > self.on:
            raise Faulty("not_granted", _("The grant is announced on a day still to come: this is an application."))
        if filed_on is not None and day < filed_on:
            raise Faulty("granted_before_filing", _("The grant date lies before the filing date."))
        return day


def read_day(text: str) -> date | None:
    """Return the day of ``2019-07-12``, ``2019.07.12``, ``2019/7/12``, ``20190712``, ``2019年7月12日``; None if empty.

    Raises:
        Faulty: ``mangled_by_spreadsheet``, ``not_a_date`` or ``no_such_day``.
    """
    plain = "".join(text.split())
    if not plain:
        return None
    match = _DAY.fullmatch(plain)
    if match is None:
        if _MANGLED_DAY.fullmatch(plain):
            raise Faulty(
                "mangled_by_spreadsheet",
                _("This is a spreadsheet's count of days, not a date. Format the column as text, year-month-day."),
            )
        raise Faulty("not_a_date", _("This is not a date. Write year, month and day, for example 2019-07-12."))
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise Faulty("no_such_day", _("There is no such day in the calendar.")) from None


def _kind(text: str, number: PatentNumber | None) -> str:
    plain = text.strip()
    kind = KIND_WORDS.get(plain, plain)
    if not kind:
        return number.kind if number else ""
    if kind not in PatentKind.values:
        raise Faulty("unknown_kind", _("The kind is invention, utility_model or design."))
    if number is not None and number.kind != kind:
        raise Faulty("kind_mismatch", format_lazy(_("The number is that of another kind: {kind}."), kind=number.kind))
    return kind


def _line(text: str, longest: int) -> str:
    clean = clean_line(text)
    if not clean:
        raise Faulty("empty", _("This field must not be empty."))
    return _short_enough(clean, longest)


def _abstract(text: str) -> str:
    return _short_enough(clean_text(text), LONGEST_ABSTRACT) if text else ""


def _short_enough(text: str, longest: int) -> str:
    if len(text) > longest:
        raise Faulty("too_long", format_lazy(_("This text may have {limit} characters."), limit=longest))
    return text


def _owners(text: str) -> tuple[str, ...]:
    """Names between semicolons, in their order; a name given twice counts once. Question marks stuck to a semicolon
    are what an export left of a blank."""
    names = [part.strip().lstrip("?").strip() for part in _OWNER_BREAK.split(text)]
    owners = tuple(dict.fromkeys(_line(name, LONGEST_NAME) for name in names if name))
    if not owners:
        raise Faulty("empty", _("A patent has at least one patentee."))
    if len(owners) > MOST_OWNERS:
        raise Faulty("too_long", format_lazy(_("A patent has at most {limit} patentees."), limit=MOST_OWNERS))
    return owners


def _main_class(text: str, kind: str) -> str:
    return parse_main_class(kind, text) if text.strip() and kind else ""


def _province(text: str) -> str:
    """An address abroad, or one without a province, leaves the province open."""
    plain = text.strip()
    return plain if plain in REGIONS else province_from_address(plain)


def _choice(text: str, choices: list[str]) -> str:
    plain = text.strip()
    if plain and plain not in choices:
        allowed = ", ".join(choices)
        raise Faulty("unknown_choice", format_lazy(_("This must be one of: {allowed}."), allowed=allowed))
    return plain


def _term_end(text: str, regular_end: date | None) -> date | None:
    """The last day of the term: by law (LAW 42), or later where the term was compensated."""
    day = read_day(text)
    if day is None or regular_end is None:
        return regular_end
    if day < regular_end:
        raise Faulty(
            "term_too_short", format_lazy(_("By law the term runs to {day} at least."), day=regular_end.isoformat())
        )
    return day
