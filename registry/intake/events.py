"""One line of a feed of register events, read into an event or into everything that is wrong with it. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.deadlines import SHANGHAI, law_date
from core.identifiers import InvalidIdentifier, PatentNumber
from core.validation.text import clean_line, clean_text
from registry.enums import (
    OFFICE,
    CompensationGround,
    EncumbranceKind,
    EventKind,
    InvalidationScope,
    ReportConclusion,
    SuspensionGround,
)
from registry.intake.rows import LAW_BEGAN_ON, Fault, Faulty, read_day

Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event as delivered. ``as_of`` is the time to which its source speaks, None where it does not say."""

    line: int
    number: str
    kind: EventKind
    on: date
    source: str
    reference: str
    as_of: datetime | None
    details: dict[str, Any]


def _text(longest: int) -> Reader:
    def read(text: str) -> str:
        clean = clean_line(text)
        if len(clean) > longest:
            raise Faulty("too_long", format_lazy(_("This text may have {limit} characters."), limit=longest))
        return clean

    return read


def _long(text: str) -> str:
    clean = clean_text(text)
    if len(clean) > 1000:
        raise Faulty("too_long", format_lazy(_("This text may have {limit} characters."), limit=1000))
    return clean


def _one_of(choices: list[str]) -> Reader:
    def read(text: str) -> str:
        plain = text.strip()
        if plain and plain not in choices:
            raise Faulty(
                "unknown_choice", format_lazy(_("This must be one of: {allowed}."), allowed=", ".join(choices))
            )
        return plain

    return read


def _whole(least: int, most: int) -> Reader:
    def read(text: str) -> int | None:
        plain = text.strip()
        if not plain:
            return None
        if not plain.isascii() or not plain.isdecimal() or not least <= int(plain[:9]) <= most:
            raise Faulty(
                "not_a_number",
                format_lazy(_("This must be a whole number from {least} to {most}."), least=least, most=most),
            )
        return int(plain)

    return read


def _day(text: str) -> str:
    day = read_day(text)
    return day.isoformat() if day else ""


def _names(text: str) -> list[str]:
    read = _text(200)
    return list(dict.fromkeys(name for part in text.replace("；", ";").split(";") if (name := read(part))))


_NAME, _CODE = _text(200), _text(40)
# Fields of each kind besides the common ones; those with a star must be there.
_PLEDGED: dict[str, Reader] = {"pledgee": _NAME, "number": _CODE}
_SUSPENDED: dict[str, Reader] = {"ground": _one_of(SuspensionGround.values)}
_HOLDERS: dict[str, Reader] = {"from": _names, "to*": _names}
_YEAR: dict[str, Reader] = {"year": _whole(1, 40)}
FIELDS: dict[str, dict[str, Reader]] = {
    EventKind.GRANT_FOUND: {},
    EventKind.TERM_COMPENSATION: {"ground*": _one_of(CompensationGround.values), "days*": _whole(1, 3660)},
    EventKind.CHANGE_OF_NAME: {"from*": _NAME, "to*": _NAME},
    EventKind.MERGER: _HOLDERS,
    EventKind.ASSIGNMENT: _HOLDERS,
    EventKind.LICENSE: {
        "license_kind*": _one_of(EncumbranceKind.values),
        "licensee*": _NAME,
        "filing_number": _text(20),
        "until_on": _day,
    },
    EventKind.LICENSE_END: {"licensee": _NAME, "filing_number": _text(20)},
    EventKind.PLEDGE: {"pledgee*": _NAME, "number": _CODE, "consented_on": _day},
    EventKind.PLEDGEE_CONSENT: _PLEDGED,
    EventKind.PLEDGE_RELEASE: _PLEDGED,
    EventKind.SUSPENSION: {"ground*": _one_of(SuspensionGround.values), "until_on": _day},
    EventKind.SUSPENSION_END: _SUSPENDED,
    EventKind.OBSTACLE: {"description*": _long},
    EventKind.OBSTACLE_END: {"description": _long},
    EventKind.EVALUATION_REPORT: {"report_number*": _CODE, "conclusion*": _one_of(ReportConclusion.values)},
    EventKind.ANNUITY_LATE: _YEAR,
    EventKind.ANNUITY_PAID: _YEAR,
    EventKind.LAPSE: {},
    EventKind.RESTORATION: {},
    EventKind.SURRENDER: {},
    EventKind.EXPIRY: {},
    EventKind.INVALIDATION: {"scope*": _one_of(InvalidationScope.values), "decision_number": _CODE},
    EventKind.ANNULMENT: {"annuls*": _text(100), "reason*": _long},
}
COMMON = ("source", "reference", "patent", "kind", "on", "as_of")


@dataclass(frozen=True, slots=True)
class EventReader:
    """Reads lines at the moment ``at``: what lies after it has not happened yet."""

    at: datetime

    def read(self, cells: Mapping[str, str], line: int) -> EventRow | list[Fault]:
        """Return the event, or all faults of the line."""
        faults: list[Fault] = []

        def take(name: str, reader: Reader, *, required: bool) -> Any:
            text = cells.get(name, "")
            try:
                found = reader(text)
            except InvalidIdentifier as error:
                faults.append(Fault(name, text, error.reason_code, error.message))
            except Faulty as error:
                faults.append(Fault(name, text, error.code, error.reason))
            except ValidationError as error:
                faults.append(Fault(name, text, str(error.code), error.messages[0]))
            else:
                if found or not required:
                    return found
                faults.append(Fault(name, text, "empty", _("This field must not be empty.")))
            return None

        number = take("patent", PatentNumber.parse, required=True)
        kind = take("kind", _one_of(EventKind.values), required=True)
        on = take("on", self._happened, required=True)
        source = take("source", _CODE, required=True)
        reference = take("reference", _text(100), required=True)
        as_of = take("as_of", self._moment, required=False)
        details = {}
        fields = FIELDS.get(kind or "", {})
        for starred, reader in fields.items():
            name = starred.rstrip("*")
            found = take(name, reader, required=starred != name)
            if found:
                details[name] = found
        if kind:
            known = {*COMMON, *(name.rstrip("*") for name in fields)}
            faults += [_unknown(name, cells[name], kind) for name in cells if name not in known and cells[name].strip()]
        faults += _disorder(details, on)
        if reference and details.get("annuls") == reference:
            faults.append(Fault("annuls", reference, "annuls_itself", _("An event does not annul itself.")))
        if source == OFFICE:
            faults.append(Fault("source", source, "reserved", _("This source is the office's own. Choose another.")))
        if faults:
            return faults
        return EventRow(line, number.canonical, EventKind(kind), on, source, reference, as_of, details)

    def _happened(self, text: str) -> date | None:
        day = read_day(text)
        if day is None:
            return None
        if day < LAW_BEGAN_ON:
            raise Faulty("impossible_date", _("This day lies before 1 April 1985, when the Patent Law began."))
        if day > law_date(self.at):
            raise Faulty("not_yet", _("This day is still to come. Send the event when it has happened."))
        return day

    def _moment(self, text: str) -> datetime | None:
        """A moment with its zone, or a day in Shanghai, which counts from its beginning."""
        plain = text.strip()
        if not plain:
            return None
        try:
            moment = parse_datetime(plain) if "T" in plain or ":" in plain else None
        except ValueError:
            moment = None
        if moment is None:
            day = read_day(plain)
            moment = datetime.combine(day, time()) if day else None
        if moment is None:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=SHANGHAI)
        if moment > self.at:
            raise Faulty("not_yet", _("This time is still to come."))
        return moment


def _unknown(name: str, value: str, kind: str) -> Fault:
    reason = format_lazy(_("An event of kind {kind} has no such field. docs/import.md lists them."), kind=kind)
    return Fault(name, value[:200], "unknown_field", reason)


def _disorder(details: Mapping[str, Any], on: date | None) -> list[Fault]:
    until = details.get("until_on")
    if on is None or not until or date.fromisoformat(until) >= on:
        return []
    return [Fault("until_on", until, "days_in_disorder", _("The end lies before the beginning."))]
