"""The register's state of one patent as the fold of its events knows it, and its form as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from registry.enums import AnnuityState, RightStatus

PLEDGE, LICENSE, SUSPENSION = "pledge", "license", "suspension"
OBSTACLE, INVALIDATION, REPORT = "obstacle", "invalidation", "report"


@dataclass(frozen=True, slots=True)
class Origin:
    """Whence a fact is known, and the time to which that source speaks."""

    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Holder:
    """A registered holder. ``entered_as`` is the name at entry, ``patentee_id`` the row of the baseline (if any).

    ``since`` is the day of the assignment or merger that made them holder. Whom a later delivery named first has the day
    to which that delivery speaks; a holder from the first delivery on has none.
    """

    name: str
    entered_as: str
    patentee_id: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """What happened to the holders, for the history: who left, who came, by which kind of event, when."""

    kind: str
    on: date
    left: tuple[str, ...]
    came: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a table of facts: its table, its id, the days between which it holds, what it says by column."""

    table: str
    id: str
    since: date
    said: Mapping[str, str]
    origin: Origin
    until: date | None = None
    consented: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether the entry holds on that day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class RegisterState:
    """A patent in the register. ``known`` says of each single fact whence and as of when it is known."""

    number: str
    kind: str
    filed_on: date
    granted_on: date | None
    term_ends_on: date
    right_status: str
    annuity_state: str
    holders: tuple[Holder, ...]
    as_of: datetime
    entries: tuple[Entry, ...] = ()
    late_years: frozenset[int] = frozenset()
    compensations: tuple[str, ...] = ()
    history: tuple[Held, ...] = ()
    former: Mapping[str, date | None] = field(
        default_factory=dict
    )  # whom deliveries name no more: since when they held
    known: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the right has ended."""
        return self.right_status != RightStatus.IN_FORCE

    @property
    def wholly_invalid(self) -> bool:
        """Whether the right counts as never granted (LAW 47(1))."""
        return self.right_status == RightStatus.INVALIDATED

    def of(self, table: str) -> tuple[Entry, ...]:
        """Return the entries of one table."""
        return tuple(entry for entry in self.entries if entry.table == table)

    def said(self, origin: Origin, **facts: Any) -> "RegisterState":
        """Return the state with these facts changed, known from this origin."""
        return replace(self, **facts, known={**self.known, **dict.fromkeys(facts, origin)})

    def with_entry(self, entry: Entry) -> "RegisterState":
        """Return the state with this entry, in the place of one with the same id."""
        others = tuple(item for item in self.entries if item.id != entry.id)
        return replace(self, entries=tuple(sorted((*others, entry), key=lambda item: (item.since, item.id))))


def to_data(state: RegisterState) -> dict[str, Any]:
    """Return a baseline as JSON-ready data. A baseline has no history and no late years of its own."""
    return {
        "granted_on": _text(state.granted_on),
        "term_ends_on": _text(state.term_ends_on),
        "right_status": str(state.right_status),
        "annuity_state": str(state.annuity_state),
        "as_of": state.as_of.isoformat(),
        "holders": [holder_data(holder) for holder in state.holders],
        "entries": [
            {
                "table": entry.table,
                "id": entry.id,
                "since": _text(entry.since),
                "until": _text(entry.until),
                "consented": _text(entry.consented),
                "said": dict(entry.said),
            }
            for entry in state.entries
        ],
    }


def former_data(data: Mapping[str, Any], now: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Return since when those held whom this baseline names and the delivery of ``now`` does not, by their names.

    An event may yet tell that it is the same holder under a new name, who then keeps the day.
    """
    named = {holder["name"] for holder in now}
    days = {**data.get("former", {}), **{holder["name"]: holder.get("since", "") for holder in data["holders"]}}
    return {name: since for name, since in days.items() if name not in named}


def holder_data(holder: Holder) -> dict[str, str]:
    """Return a holder of a baseline as JSON-ready data."""
    return {"name": holder.name, "patentee": holder.patentee_id, "since": _text(holder.since)}


def from_data(data: Mapping[str, Any], *, number: str, kind: str, filed_on: date, source: str) -> RegisterState:
    """Return the baseline that this data tells of the patent."""
    as_of = datetime.fromisoformat(data["as_of"])
    origin = Origin(source, as_of)
    facts = ("granted_on", "term_ends_on", "right_status", "annuity_state", "holders")
    return RegisterState(
        number=number,
        kind=kind,
        filed_on=filed_on,
        granted_on=_day(data["granted_on"]),
        term_ends_on=date.fromisoformat(data["term_ends_on"]),
        right_status=RightStatus(data["right_status"]),
        annuity_state=AnnuityState(data["annuity_state"]),
        holders=tuple(_holder(item) for item in data["holders"]),
        as_of=as_of,
        entries=tuple(_entry(item, origin) for item in data["entries"]),
        former={name: _day(since) for name, since in data.get("former", {}).items()},
        known=dict.fromkeys(facts, origin),
    )


def _holder(item: Mapping[str, str]) -> Holder:
    """Baselines kept before deliveries gave holders a day have none."""
    return Holder(item["name"], item["name"], item["patentee"], _day(item.get("since", "")))


def _entry(item: Mapping[str, Any], origin: Origin) -> Entry:
    since = date.fromisoformat(item["since"])
    return Entry(item["table"], item["id"], since, item["said"], origin, _day(item["until"]), _day(item["consented"]))


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
