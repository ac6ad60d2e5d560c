"""The register of the story: patents taken in as a delivery, whose holders they are, and what befalls them."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.people import BY, Cast
from core.deadlines import law_date
from core.identifiers.patents import check_digit
from registry.actions.events import Received, take_in_events
from registry.actions.identifying import identify_patentee
from registry.actions.importing import close_delivery, import_batch, open_delivery
from registry.actions.recording import (
    AnnuityFact,
    ContractFact,
    Fact,
    PledgeFact,
    ReportFact,
    SuspensionFact,
    record_fact,
)
from registry.enums import AnnuityState, EncumbranceKind, EventKind, ReportConclusion, SuspensionGround
from registry.intake.rows import PatentRow, RowReader
from registry.models import Delivery, Patent, Patentee, RegisterEvent

# The delivery by which a registry is known to hold the story.
MARK = "demo-story.jsonl"
LATEST = "demo-story-2.jsonl"
FEED = "demo feed"  # the source of the events that no person enters
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


def take_in(calendar: Calendar, *, at: datetime) -> dict[str, Patent]:
    """Import every patent as a delivery of register data. Whose the holders are is found when they register."""
    told = patents()
    _deliver(MARK, [_cells(one, calendar) for one in told], at=at)
    return {one["key"]: Patent.objects.get(number=number_of(one, calendar)) for one in told}


def confirm(calendar: Calendar, *, at: datetime) -> None:
    """Take in the latest delivery: what no event has changed still stands, as of the morning."""
    spoken = set(RegisterEvent.objects.values_list("patent_number", flat=True))
    told = [cells for one in patents() if (cells := _cells(one, calendar))["application_number"] not in spoken]
    _deliver(LATEST, told, at=at, as_of=at - timedelta(minutes=10))


def identify_persons(cast: Cast, *, at: datetime) -> None:
    """Let the administrator tie the natural persons among the holders; units were tied by their confirmed name."""
    for organisation in cast.organisations.values():
        for patentee in Patentee.objects.filter(name=organisation.name, organisation=None):
            identify_patentee(patentee=patentee, organisation=organisation, by=cast.actor("admin"), at=at)


def note_facts(held: dict[str, Patent], cast: Cast, *, at: datetime) -> None:
    """Let an examiner enter what the register says beside the patents themselves."""
    for one in patents():
        record(held[one["key"]], one, cast, at=at)


def record(patent: Patent, told: dict[str, Any], cast: Cast, *, at: datetime) -> None:
    """Enter the facts that a piece of the data tells about a patent, at the beginning or in the course of the story."""
    if "feed" in told:
        feed(patent, told["feed"], at=at)
    for fact in _facts(patent, told, on=law_date(at)):
        record_fact(patent=patent, fact=fact, by=cast.actor("examiner"), at=at)


def feed(patent: Patent, told: dict[str, Any], *, at: datetime) -> None:
    """Take in the event that a feed tells about a patent."""
    details = {name: value for name, value in told.items() if name != "kind"}
    reference = f"{patent.number} {told['kind']}"
    event = Received(patent.number, EventKind(told["kind"]), law_date(at), FEED, reference, details)
    take_in_events(events=[event], by=BY, at=at)


def _facts(patent: Patent, told: dict[str, Any], *, on: date) -> Iterator[Fact]:
    """Yield the facts; ``days`` before ``on`` say since when they hold."""
    if report := told.get("report"):
        issued_on = (patent.granted_on or on) + timedelta(days=30)
        yield ReportFact(f"PJ{patent.number.replace('.', '')}", issued_on, ReportConclusion(report))
    if pledge := told.get("pledge"):
        consented = pledge.get("consented")
        yield PledgeFact(
            pledge["pledgee"],
            on - timedelta(days=pledge.get("days", 0)),
            on - timedelta(days=consented) if consented is not None else None,
        )
    if contract := told.get("exclusive"):
        since_on = on - timedelta(days=contract.get("days", 0))
        yield ContractFact(EncumbranceKind.EXCLUSIVE, contract["licensee"], since_on)
    if ground := told.get("suspension"):
        yield SuspensionFact(SuspensionGround(ground), on)
    if state := told.get("annuity"):
        yield AnnuityFact(AnnuityState(state))


def _deliver(name: str, records: list[dict[str, str]], *, at: datetime, as_of: datetime | None = None) -> Delivery:
    reader = RowReader(on=law_date(at))
    rows = [_row(reader, cells, line) for line, cells in enumerate(records, start=1)]
    delivery = open_delivery(name=name, as_of=as_of or at, vouched=False, by=BY, at=at)
    import_batch(delivery=delivery, rows=rows, by=BY, at=at)
    return close_delivery(delivery=delivery, by=BY, at=at)


def _row(reader: RowReader, cells: dict[str, str], line: int) -> PatentRow:
    row = reader.read(cells, line)
    if isinstance(row, list):
        raise ValueError(f"patent {line} of the demo story: {[(fault.field, str(fault.reason)) for fault in row]}")
    return row


def _cells(one: dict[str, Any], calendar: Calendar) -> dict[str, str]:
    units = {unit["key"]: unit for unit in load("people")["organisations"]}
    names = [units[owner]["name"] if owner in units else owner for owner in one["owners"]]
    return {
        "application_number": number_of(one, calendar),
        "title": one["title"],
        "patentees": ";".join(names),
        "filing_date": str(calendar.months_ago(one["filed"])),
        "grant_date": str(calendar.months_ago(one["granted"])),
        "ipc": one["class"],
        "address_or_province": units[one["owners"][0]]["province"],
        "abstract": one.get("abstract", ""),
        "annuity_state": AnnuityState.PAID.value,
        "industry": one["industry"],
    }
