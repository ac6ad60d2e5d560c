"""What each kind of event does to the state: one pure function a kind, or a contradiction."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

from core.deadlines import patent_term_last_day
from registry.enums import AnnuityState, EventKind, InvalidationScope, PatentKind, RightStatus
from registry.events.contradictions import Contradiction
from registry.events.holders import change_of_name, transfer
from registry.events.state import (
    INVALIDATION,
    LICENSE,
    OBSTACLE,
    PLEDGE,
    REPORT,
    SUSPENSION,
    Entry,
    Origin,
    RegisterState,
)


class Happening(Protocol):
    """What a step needs of an event."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> EventKind: ...  # noqa: D102
    @property
    def on(self) -> date: ...  # noqa: D102
    @property
    def details(self) -> Mapping[str, Any]: ...  # noqa: D102
    @property
    def origin(self) -> Origin: ...  # noqa: D102


Step = Callable[[RegisterState, Any], RegisterState]

# What each table's columns take from the details of the event that makes an entry: column, name of the detail.
_COLUMNS: dict[str, dict[str, str]] = {
    PLEDGE: {"pledgee": "pledgee", "number": "number"},
    LICENSE: {"kind": "license_kind", "licensee": "licensee", "filing_number": "filing_number"},
    SUSPENSION: {"ground": "ground"},
    OBSTACLE: {"description": "description"},
    INVALIDATION: {"scope": "scope", "decision_number": "decision_number"},
    REPORT: {"reference": "report_number", "conclusion": "conclusion"},
}


def _begins(table: str) -> Step:
    """Return the step that makes an entry; nothing burdens a right that counts as never granted (LAW 47(1))."""

    def step(state: RegisterState, event: Happening) -> RegisterState:
        if state.wholly_invalid and table in (PLEDGE, LICENSE):
            raise Contradiction("invalidated")
        return state.with_entry(_made(table, event))

    return step


def _made(table: str, event: Happening) -> Entry:
    said = {column: str(event.details.get(name, "")) for column, name in _COLUMNS[table].items()}
    until, consented = (_day(event.details.get(name)) for name in ("until_on", "consented_on"))
    return Entry(table, event.id, event.on, said, event.origin, until, consented)


def _ends(table: str) -> Step:
    """Return the step that ends the one entry in force that the event is about."""

    def step(state: RegisterState, event: Happening) -> RegisterState:
        found = _meant(state.of(table), event)
        return state.with_entry(replace(found, until=event.on, origin=event.origin))

    return step


def _consents(state: RegisterState, event: Happening) -> RegisterState:
    found = _meant([entry for entry in state.of(PLEDGE) if entry.consented is None], event)
    return state.with_entry(replace(found, consented=event.on, origin=event.origin))


def _meant(entries: Any, event: Happening) -> Entry:
    """Return the entry that the event names by id or by words; without a name the only one there is."""
    wanted = {name: str(value) for name, value in event.details.items() if value and name != "entry"}
    found = [entry for entry in entries if entry.open_on(event.on)]
    if event.details.get("entry"):
        found = [entry for entry in found if entry.id == event.details["entry"]]
    for name, value in wanted.items():
        # A number that the register does not have of an entry says nothing against it.
        found = [entry for entry in found if entry.said.get(name) in (value, "", None)]
    exact = [entry for entry in found if all(entry.said.get(name) == value for name, value in wanted.items())]
    found = exact or found
    if not found:
        raise Contradiction("no_entry")
    if len(found) > 1:
        raise Contradiction("several_entries")
    return found[0]


def _reported(state: RegisterState, event: Happening) -> RegisterState:
    """One report a patent, of utility models and designs only (RULES 62)."""
    if state.kind == PatentKind.INVENTION:
        raise Contradiction("report_of_invention")
    for known in state.of(REPORT):
        raise Contradiction("report_twice", reference=known.said["reference"])
    return state.with_entry(_made(REPORT, event))


def _invalidated(state: RegisterState, event: Happening) -> RegisterState:
    """A whole invalidation works from the beginning, whatever else has become of the right (LAW 47(1))."""
    _granted_by(state, event.on)
    if state.wholly_invalid:
        raise Contradiction("invalidated")
    after = state.with_entry(_made(INVALIDATION, event))
    if event.details["scope"] == InvalidationScope.WHOLE:
        after = after.said(event.origin, right_status=RightStatus.INVALIDATED)
    return after


def _over(status: RightStatus) -> Step:
    """Return the step that ends the right, which ends once."""

    def step(state: RegisterState, event: Happening) -> RegisterState:
        _granted_by(state, event.on)
        if state.wholly_invalid:
            raise Contradiction("invalidated")
        if state.over:
            raise Contradiction("right_over")
        return state.said(event.origin, right_status=status)

    return step


def _expired(state: RegisterState, event: Happening) -> RegisterState:
    """The right expires on the day after its last one, never moved for a holiday (GL V-9 §4.1)."""
    if state.right_status != RightStatus.EXPIRED and event.on != state.term_ends_on + timedelta(days=1):
        raise Contradiction("expiry_day", day=state.term_ends_on.isoformat())
    return _over(RightStatus.EXPIRED)(state, event)


def _restored(state: RegisterState, event: Happening) -> RegisterState:
    """A lapsed right is restored with its annuities paid (RULES 6); no other end is undone."""
    if state.right_status != RightStatus.LAPSED:
        raise Contradiction("not_lapsed")
    facts = {"right_status": RightStatus.IN_FORCE, "annuity_state": AnnuityState.PAID, "late_years": frozenset[int]()}
    return state.said(event.origin, **facts)


def _late(state: RegisterState, event: Happening) -> RegisterState:
    years = state.late_years | {int(event.details.get("year") or 0)}
    return state.said(event.origin, annuity_state=AnnuityState.LATE, late_years=years)


def _paid(state: RegisterState, event: Happening) -> RegisterState:
    """A payment for a year leaves later years late; one that names no year settles all."""
    year = int(event.details.get("year") or 0)
    late = frozenset(item for item in state.late_years if year and item > year)
    return state.said(event.origin, annuity_state=AnnuityState.LATE if late else AnnuityState.PAID, late_years=late)


def _compensated(state: RegisterState, event: Happening) -> RegisterState:
    """The term of an invention grows by the days of its compensation, once a ground (LAW 42(2), (3); GL V-9).

    A baseline whose term is longer than the regular one has the same compensation in it already.
    """
    if state.kind != PatentKind.INVENTION:
        raise Contradiction("not_compensable")
    ground, days = str(event.details["ground"]), timedelta(days=int(event.details["days"]))
    if ground in state.compensations:
        raise Contradiction("compensated_twice")
    regular = patent_term_last_day(state.kind, state.filed_on)
    if not state.compensations and state.term_ends_on > regular:
        if state.term_ends_on != regular + days:
            raise Contradiction("compensated_twice")
        days = timedelta()
    grown = {"term_ends_on": state.term_ends_on + days, "compensations": (*state.compensations, ground)}
    return state.said(event.origin, **grown)


def _grant_found(state: RegisterState, event: Happening) -> RegisterState:
    if state.granted_on is not None and state.granted_on != event.on:
        raise Contradiction("other_grant", day=state.granted_on.isoformat())
    return state.said(event.origin, granted_on=event.on)


def _granted_by(state: RegisterState, day: date) -> None:
    if state.granted_on is not None and day < state.granted_on:
        raise Contradiction("before_grant", day=state.granted_on.isoformat())


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


K = EventKind
STEPS: dict[str, Step] = {
    K.GRANT_FOUND: _grant_found,
    K.TERM_COMPENSATION: _compensated,
    K.CHANGE_OF_NAME: change_of_name,
    K.MERGER: transfer,
    K.ASSIGNMENT: transfer,
    K.LICENSE: _begins(LICENSE),
    K.LICENSE_END: _ends(LICENSE),
    K.PLEDGE: _begins(PLEDGE),
    K.PLEDGEE_CONSENT: _consents,
    K.PLEDGE_RELEASE: _ends(PLEDGE),
    K.SUSPENSION: _begins(SUSPENSION),
    K.SUSPENSION_END: _ends(SUSPENSION),
    K.OBSTACLE: _begins(OBSTACLE),
    K.OBSTACLE_END: _ends(OBSTACLE),
    K.EVALUATION_REPORT: _reported,
    K.ANNUITY_LATE: _late,
    K.ANNUITY_PAID: _paid,
    K.LAPSE: _over(RightStatus.LAPSED),
    K.RESTORATION: _restored,
    K.SURRENDER: _over(RightStatus.SURRENDERED),
    K.EXPIRY: _expired,
    K.INVALIDATION: _invalidated,
}
