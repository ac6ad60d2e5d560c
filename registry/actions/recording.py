"""Entering facts of the register: one action whatever the fact, for what decides on open licensing (RULES 86, 106)."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import models, transaction

from accounts.queries import colleagues_of
from accounts.roles import Role
from core import audit
from core.deadlines import law_date
from core.legal import RULES
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from registry.enums import (
    AnnuityState,
    EncumbranceKind,
    InvalidationScope,
    PatentKind,
    ReportConclusion,
    RightStatus,
    StatementStatus,
    SuspensionGround,
)
from registry.models import (
    Encumbrance,
    EvaluationReport,
    Invalidation,
    Obstacle,
    Patent,
    Pledge,
    Statement,
    Suspension,
)
from registry.notifications import tell_filer
from registry.queries.acceptance import acceptance_of
from registry.rules.entering import ENTERING, EntryFacts

RECORDERS = frozenset({Role.EXAMINER.value, Role.ADMINISTRATOR.value})


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
    """The right is in another state now."""

    right_status: RightStatus


@dataclass(frozen=True, slots=True)
class AnnuityFact:
    """The annuities are in another state now."""

    annuity_state: AnnuityState


@dataclass(frozen=True, slots=True)
class GrantFact:
    """The day of the grant announcement, unknown so far, was found."""

    granted_on: date


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
    | GrantFact | EndFact | ConsentFact
)  # fmt: skip
# The day on which a fact began, and whom or what it names, by column.
_DAYS = ("since_on", "decided_on", "issued_on", "granted_on", "consented_on")
_TEXTS = ("pledgee", "licensee", "description", "reference")
_TABLES: dict[type, type[models.Model]] = {
    PledgeFact: Pledge,
    ContractFact: Encumbrance,
    SuspensionFact: Suspension,
    ObstacleFact: Obstacle,
    InvalidationFact: Invalidation,
    ReportFact: EvaluationReport,
}


@transaction.atomic
def record_fact(*, patent: Patent, fact: Fact, by: Actor, at: datetime) -> Patent:
    """Enter a fact about the patent and return the patent. Filers whose statement it bars are told at once.

    Raises:
        WrongRole: neither an examiner nor an administrator.
        Refused: rules R1 to R4.
    """
    if not by.roles & RECORDERS:
        raise WrongRole("patent", "record a fact", by.roles)
    locked = Patent.objects.select_for_update().get(pk=patent.pk)
    violations = ENTERING.check(_entry_facts(locked, fact, by, at), on=law_date(at))
    if violations:
        raise Refused(violations)
    open_before = _open_statements(locked, at)
    _write(locked, fact)
    locked.facts_as_of = at
    locked.save(update_fields=["facts_as_of", "right_status", "annuity_state", "granted_on"])
    data = {"fact": type(fact).__name__.removesuffix("Fact").lower(), **_plain(fact)}
    audit.record("record fact", locked, by=by, at=at, basis=(RULES(106),), data=data)
    _tell_barred(open_before, at)
    return locked


def _entry_facts(patent: Patent, fact: Fact, by: Actor, at: datetime) -> EntryFacts:
    said = {name: getattr(fact, name) for name in fact.__dataclass_fields__}
    since = next((said[name] for name in _DAYS if name in said), None)
    facts = EntryFacts(
        on=law_date(at),
        since=since,
        until=said.get("until_on"),
        own_matter=by.user_id is not None
        and patent.owners.filter(organisation__in=colleagues_of(by.user_id, at=at)).exists(),
        is_report=isinstance(fact, ReportFact),
        needs_report=patent.kind in (PatentKind.UTILITY_MODEL, PatentKind.DESIGN),
        report_known=EvaluationReport.objects.filter(patent=patent).exists(),
        before_filing=since is not None and since < patent.filed_on,
        text_missing=any(not said.get(name, "-").strip() for name in _TEXTS),
    )
    if isinstance(fact, EndFact):
        return replace(facts, since=fact.thing.since_on, until=fact.until_on)
    return facts


def _write(patent: Patent, fact: Fact) -> None:
    match fact:
        case RightFact():
            patent.right_status = fact.right_status
        case AnnuityFact():
            patent.annuity_state = fact.annuity_state
        case GrantFact():
            patent.granted_on = fact.granted_on
        case EndFact():
            column = "released_on" if isinstance(fact.thing, Pledge) else "until_on"
            _update(patent, fact.thing, {column: fact.until_on})
        case ConsentFact():
            _update(patent, fact.thing, {"consented_on": fact.consented_on})
        case _:
            _TABLES[type(fact)].objects.create(patent=patent, **asdict(fact))  # type: ignore[attr-defined]
            if isinstance(fact, InvalidationFact) and fact.scope == InvalidationScope.WHOLE:
                patent.right_status = RightStatus.INVALIDATED


def _update(patent: Patent, thing: models.Model, columns: dict[str, date]) -> None:
    """Change an entry of this patent; one of another patent raises ValueError."""
    own = type(thing)._default_manager.filter(pk=thing.pk, patent=patent)
    if not own.update(**columns):
        raise ValueError(f"{thing} is no entry about {patent}")


def _open_statements(patent: Patent, at: datetime) -> list[Statement]:
    announced = patent.statements.filter(status=StatementStatus.ANNOUNCED)
    return [statement for statement in announced if acceptance_of(statement, at=at).open]


def _tell_barred(open_before: list[Statement], at: datetime) -> None:
    """Tell the filers of statements that could be accepted before and cannot any more (GL V-11 §2(2))."""
    for statement in Statement.objects.filter(pk__in=[item.pk for item in open_before]):
        if not acceptance_of(statement, at=at).open:
            tell_filer("barred", statement, at=at)


def _plain(fact: Fact) -> dict[str, Any]:
    """The fact as the log keeps it."""
    said = {name: getattr(fact, name) for name in fact.__dataclass_fields__}
    return {name: str(item.pk) if isinstance(item, models.Model) else str(item or "") for name, item in said.items()}
