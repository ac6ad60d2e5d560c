"""The register of the story: patents taken in as a delivery, whose holders they are, and what befalls them."""

from datetime import date, datetime, timedelta
from typing import Any

from accounts.models import Organisation
from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.people import BY, Cast
from core import audit
from core.deadlines import law_date
from core.identifiers.patents import check_digit
from registry.actions.importing import close_delivery, import_batch, open_delivery
from registry.enums import EncumbranceKind, ReportConclusion, SuspensionGround
from registry.intake.rows import PatentRow, RowReader
from registry.models import Delivery, Encumbrance, EvaluationReport, Patent, Patentee, Pledge, Suspension

# The delivery by which a registry is known to hold the story.
MARK = "demo-story.jsonl"
_FIRST_SERIAL = 9_900_001  # beyond any number that the office has given in one year
_KIND_DIGIT = {"invention": "1", "utility_model": "2", "design": "3"}


def patents() -> list[dict[str, Any]]:
    """Return the patents as the data tells them."""
    return [*load("patents_universities"), *load("patents_others")]


def number_of(one: dict[str, Any], calendar: Calendar) -> str:
    """Return the patent's number with its check digit; the year is that of its filing date."""
    serial = _FIRST_SERIAL + int(one["key"].removeprefix("p"))
    digits = f"{calendar.months_ago(one['filed']).year}{_KIND_DIGIT[one['kind']]}{serial}"
    return f"{digits}.{check_digit(digits)}"


def take_in(cast: Cast, calendar: Calendar, *, at: datetime) -> dict[str, Patent]:
    """Import every patent as a delivery of register data, tie the holders to who signs in, and note the facts."""
    told = patents()
    _deliver(MARK, [_cells(one, cast, calendar) for one in told], at=at)
    for organisation in cast.organisations.values():
        identify(organisation, at=at)
    held = {one["key"]: Patent.objects.get(number=number_of(one, calendar)) for one in told}
    for one in told:
        note_facts(held[one["key"]], one, on=law_date(at))
    return held


def identify(organisation: Organisation, *, at: datetime) -> None:
    """Tie the register's holder of this name to the organisation, whose identity was confirmed."""
    for patentee in Patentee.objects.filter(name=organisation.name, organisation=None):
        patentee.organisation = organisation
        patentee.save(update_fields=["organisation"])
        audit.record("identify holder", patentee, by=BY, at=at, data={"organisation": str(organisation.pk)})


def note_facts(patent: Patent, told: dict[str, Any], *, on: date) -> None:
    """Enter what the register says beside the patent itself. ``days`` before ``on`` say since when."""
    if report := told.get("report"):
        EvaluationReport.objects.create(
            patent=patent,
            reference=f"PJ{patent.number.replace('.', '')}",
            issued_on=(patent.granted_on or on) + timedelta(days=60),
            conclusion=ReportConclusion(report),
        )
    if pledge := told.get("pledge"):
        consented = pledge.get("consented")
        Pledge.objects.create(
            patent=patent,
            pledgee=pledge["pledgee"],
            since_on=on - timedelta(days=pledge.get("days", 0)),
            consented_on=on - timedelta(days=consented) if consented is not None else None,
        )
    if contract := told.get("exclusive"):
        Encumbrance.objects.create(
            patent=patent,
            kind=EncumbranceKind.EXCLUSIVE,
            licensee=contract["licensee"],
            since_on=on - timedelta(days=contract.get("days", 0)),
        )
    if ground := told.get("suspension"):
        Suspension.objects.create(patent=patent, ground=SuspensionGround(ground), since_on=on)


def change(event: dict[str, Any], patent: Patent, cast: Cast, calendar: Calendar, *, at: datetime) -> None:
    """Let something befall a patent in the course of the story."""
    if state := event.get("annuity"):
        one = next(told for told in patents() if told["key"] == event["patent"])
        _deliver(f"demo-{event['patent']}.jsonl", [_cells({**one, "annuity": state}, cast, calendar)], at=at)
    note_facts(patent, event, on=law_date(at))


def _deliver(name: str, records: list[dict[str, str]], *, at: datetime) -> Delivery:
    reader = RowReader(on=law_date(at))
    rows = [_row(reader, cells, line) for line, cells in enumerate(records, start=1)]
    delivery = open_delivery(name=name, as_of=at, vouched=False, by=BY, at=at)
    import_batch(delivery=delivery, rows=rows, by=BY, at=at)
    return close_delivery(delivery=delivery, by=BY, at=at)


def _row(reader: RowReader, cells: dict[str, str], line: int) -> PatentRow:
    row = reader.read(cells, line)
    if isinstance(row, list):
        raise ValueError(f"patent {line} of the demo story: {[(fault.field, str(fault.reason)) for fault in row]}")
    return row


def _cells(one: dict[str, Any], cast: Cast, calendar: Calendar) -> dict[str, str]:
    first = cast.organisations[one["owners"][0]]
    names = [cast.organisations[owner].name if owner in cast.organisations else owner for owner in one["owners"]]
    return {
        "application_number": number_of(one, calendar),
        "title": one["title"],
        "patentees": ";".join(names),
        "filing_date": str(calendar.months_ago(one["filed"])),
        "grant_date": str(calendar.months_ago(one["granted"])),
        "ipc": one["class"],
        "address_or_province": first.province,
        "abstract": one.get("abstract", ""),
        "annuity_state": one.get("annuity", "paid"),
        "industry": one["industry"],
    }
