"""Entering facts of the register: one action whatever the fact, for what decides on open licensing (RULES 86, 106)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import models, transaction

from core import audit
from core.deadlines import law_date
from core.legal import RULES
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole
from core.rules import Refused
from registry.actions.events import RECORDERS, Received, own_matter, take_in_events
from registry.enums import (
    OFFICE,
    AnnuityState,
    CompensationGround,
    EncumbranceKind,
    EventKind,
    InvalidationScope,
    PatentKind,
    ReportConclusion,
    RightStatus,
    SuspensionGround,
)
from registry.models import Encumbrance, EvaluationReport, Obstacle, Patent, Pledge, Suspension
from registry.rules.entering import ENTERING, EntryFacts


@dataclass(frozen=True, slots=True)
class PledgeFact:
    """A pledge was registered."""

    pledgee: str
    since_on: date
    consented_on: date | None = None


@dataclass(frozen=True, slots=True)
class ContractFact:
    """A license contract outside open licensing was filed."""

    kind: EncumbranceKind
    licensee: str
    since_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class SuspensionFact:
    """Procedures were suspended."""

    ground: SuspensionGround
    since_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class ObstacleFact:
    """Somebody found another obstacle and worded it."""

    description: str
    since_on: date


@dataclass(frozen=True, slots=True)
class InvalidationFact:
    """A final decision invalidated the right, wholly or in part."""

    scope: InvalidationScope
    decided_on: date
    decision_number: str = ""


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The patent evaluation report was issued."""

    reference: str
    issued_on: date
    conclusion: ReportConclusion


@dataclass(frozen=True, slots=True)
class RightFact:
    """The right is in another state since a day: an expiry's follows from the term, otherwise today if none is given."""

    right_status: RightStatus
    since_on: date | None = None


@dataclass(frozen=True, slots=True)
class AnnuityFact:
    """The annuities, or that of one patent year, are paid or late since a day, by default today."""

    annuity_state: AnnuityState
    since_on: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class GrantFact:
    """The day of the grant announcement, unknown so far, was found."""

    granted_on: date


@dataclass(frozen=True, slots=True)
class CompensationFact:
    """The term was compensated by so many days."""

    ground: CompensationGround
    days: int
    decided_on: date


@dataclass(frozen=True, slots=True)
class AssignmentFact:
    """Holders assigned the patent; without names of those who leave all do."""

    coming: tuple[str, ...]
    since_on: date
    leaving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MergerFact:
    """Holders merged into another, or were succeeded otherwise."""

    coming: tuple[str, ...]
    since_on: date
    leaving: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameFact:
    """A holder has another name and is the same."""

    old_name: str
    new_name: str
    since_on: date


@dataclass(frozen=True, slots=True)
class EndFact:
    """A recorded pledge, contract, suspension or obstacle holds no longer since ``until_on``."""

    thing: Pledge | Encumbrance | Suspension | Obstacle
    until_on: date


@dataclass(frozen=True, slots=True)
class ConsentFact:
    """The pledgee consented to open licensing in writing."""

    thing: Pledge
    consented_on: date


Fact = (
    PledgeFact | ContractFact | SuspensionFact | ObstacleFact | InvalidationFact | ReportFact | RightFact | AnnuityFact
    | GrantFact | EndFact | ConsentFact | CompensationFact | AssignmentFact | MergerFact | NameFact
)  # fmt: skip
# The day on which a fact began, and whom or what it names, by column.
_DAYS = ("since_on", "decided_on", "issued_on", "granted_on", "consented_on", "until_on")
# What an event says by its kind and its own day, and what its details call otherwise.
_UNSAID = frozenset({"right_status", "annuity_state", "since_on", "decided_on", "issued_on", "granted_on"})
_NAMES = {
    "leaving": "from",
    "coming": "to",
    "old_name": "from",
    "new_name": "to",
    "kind": "license_kind",
    "reference": "report_number",
}
_TEXTS = ("pledgee", "licensee", "description", "reference")
_BEGINNING: dict[type, EventKind] = {
    PledgeFact: EventKind.PLEDGE,
    ContractFact: EventKind.LICENSE,
    SuspensionFact: EventKind.SUSPENSION,
    ObstacleFact: EventKind.OBSTACLE,
    InvalidationFact: EventKind.INVALIDATION,
    ReportFact: EventKind.EVALUATION_REPORT,
    GrantFact: EventKind.GRANT_FOUND,
    CompensationFact: EventKind.TERM_COMPENSATION,
    AssignmentFact: EventKind.ASSIGNMENT,
    MergerFact: EventKind.MERGER,
    NameFact: EventKind.CHANGE_OF_NAME,
    ConsentFact: EventKind.PLEDGEE_CONSENT,
}
_ENDING: dict[type, EventKind] = {
    Pledge: EventKind.PLEDGE_RELEASE,
    Encumbrance: EventKind.LICENSE_END,
    Suspension: EventKind.SUSPENSION_END,
    Obstacle: EventKind.OBSTACLE_END,
}
_RIGHT: dict[str, EventKind] = {
    RightStatus.IN_FORCE: EventKind.RESTORATION,
    RightStatus.LAPSED: EventKind.LAPSE,
    RightStatus.SURRENDERED: EventKind.SURRENDER,
    RightStatus.EXPIRED: EventKind.EXPIRY,
    RightStatus.INVALIDATED: EventKind.INVALIDATION,
}
_ANNUITY: dict[str, EventKind] = {AnnuityState.PAID: EventKind.ANNUITY_PAID, AnnuityState.LATE: EventKind.ANNUITY_LATE}


@transaction.atomic
def record_fact(*, patent: Patent, fact: Fact, by: Actor, at: datetime) -> Patent:
    """Enter a fact about the patent as an event of the office, and return the patent. Those concerned are told at once.

    Raises:
        WrongRole: neither an examiner nor an administrator nor the system.
        Refused: rules R1 to R4; R9, it contradicts the register.
    """
    if not by.roles & (RECORDERS | {SYSTEM_ROLE}):
        raise WrongRole("patent", "record a fact", by.roles)
    if isinstance(fact, EndFact | ConsentFact) and fact.thing.patent_id != patent.pk:
        raise ValueError(f"{fact.thing} is no entry about {patent}")
    event = _event(patent, fact, at)
    facts = _entry_facts(patent, fact, event, by, at)
    _require(facts)
    taken = take_in_events(events=[event], by=by, at=at)
    for parked in taken.parked:
        # A person stands before it and can mend it at once: the transaction goes back, and the form keeps the words.
        _require(replace(facts, contradiction=parked.reason))
    patent.refresh_from_db()
    audit.record("record fact", patent, by=by, at=at, basis=(RULES(106),), data=_plain(fact))
    return patent


def _require(facts: EntryFacts) -> None:
    violations = ENTERING.check(facts, on=facts.on)
    if violations:
        raise Refused(violations)


def _event(patent: Patent, fact: Fact, at: datetime) -> Received:
    """Return the fact as an event with the office as its source; its reference is new each time."""
    kind = _kind(fact)
    return Received(
        patent_number=patent.number,
        kind=kind,
        effective_on=_day_of(patent, fact, at),
        source=OFFICE,
        reference=str(uuid4()),
        details=_details(fact, kind),
    )


def _kind(fact: Fact) -> EventKind:
    if isinstance(fact, RightFact):
        return _RIGHT[fact.right_status]
    if isinstance(fact, AnnuityFact):
        return _ANNUITY[fact.annuity_state]
    return _ENDING[type(fact.thing)] if isinstance(fact, EndFact) else _BEGINNING[type(fact)]


def _details(fact: Fact, kind: EventKind) -> dict[str, Any]:
    """What the fact says besides its day, as plain data."""
    said = {name: getattr(fact, name) for name in fact.__dataclass_fields__ if name not in _UNSAID}
    if "thing" in said:
        return {"entry": str(said["thing"].pk)}
    if isinstance(fact, RightFact) and kind == EventKind.INVALIDATION:
        return {"scope": InvalidationScope.WHOLE.value}
    return {_NAMES.get(name, name): _plain_value(value) for name, value in said.items() if value}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, int) else str(value)


def _day_of(patent: Patent, fact: Fact, at: datetime) -> date:
    """The day the fact names; otherwise today, or for an expiry the day after the last one of the term."""
    named = (getattr(fact, name, None) for name in _DAYS)
    day = next((item for item in named if item is not None), None)
    if day is None and isinstance(fact, RightFact) and fact.right_status == RightStatus.EXPIRED:
        return patent.term_ends_on + timedelta(days=1)
    return day or law_date(at)


def _entry_facts(patent: Patent, fact: Fact, event: Received, by: Actor, at: datetime) -> EntryFacts:
    said = {name: getattr(fact, name) for name in fact.__dataclass_fields__}
    facts = EntryFacts(
        on=law_date(at),
        since=event.effective_on,
        until=said.get("until_on"),
        own_matter=own_matter(by, patent.number, at=at),
        is_report=isinstance(fact, ReportFact),
        needs_report=patent.kind in (PatentKind.UTILITY_MODEL, PatentKind.DESIGN),
        report_known=EvaluationReport.objects.filter(patent=patent).exists(),
        before_filing=event.effective_on < patent.filed_on,
        text_missing=any(not said.get(name, "-").strip() for name in _TEXTS),
    )
    if isinstance(fact, EndFact):
        return replace(facts, since=fact.thing.since_on, until=fact.until_on, before_filing=False)
    return facts


def _plain(fact: Fact) -> dict[str, Any]:
    """The fact as the log keeps it."""
    said = {name: getattr(fact, name) for name in fact.__dataclass_fields__}
    plain = {name: str(item.pk) if isinstance(item, models.Model) else str(item or "") for name, item in said.items()}
    return {"fact": type(fact).__name__.removesuffix("Fact").lower(), **plain}
