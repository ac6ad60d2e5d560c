"""Taking register events in: kept as received, folded into the facts, every statement checked again, in one transaction."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.queries import colleagues_of
from accounts.roles import Role
from core import audit
from core.deadlines import law_date
from core.legal import RULES
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole
from core.rules import Refused
from registry.actions.aftermath import name_aftermath
from registry.actions.projecting import keep_baselines, lock_register, project
from registry.actions.rechecking import recheck, standing
from registry.enums import EventKind, StatementStatus
from registry.events.annulment import annulments
from registry.events.contradictions import Contradiction
from registry.events.fold import Replay
from registry.models import WAITING, ParkedEvent, Patent, Patentee, RegisterEvent
from registry.queries.register import events_of, replays, snapshots
from registry.register_notices import tell_renamed
from registry.rules.entering import DECIDING, PersonFacts
from registry.signals import event_annulled
from registry.watch_notices import tell_annulment_watchers, tell_event_watchers

RECORDERS = frozenset({Role.EXAMINER.value, Role.ADMINISTRATOR.value})


@dataclass(frozen=True, slots=True)
class Received:
    """An event as a source sends it, its form and days checked. ``as_of`` is the time to which the source speaks."""

    patent_number: str
    kind: EventKind
    effective_on: date
    source: str
    reference: str
    details: Mapping[str, Any]
    as_of: datetime | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other event."""
        return self.source, self.reference

    def says(self, row: RegisterEvent) -> bool:
        """Whether the kept event says exactly this."""
        return (row.patent_number, row.kind, row.effective_on, row.details) == (
            self.patent_number,
            self.kind,
            self.effective_on,
            dict(self.details),
        )


@dataclass(slots=True)
class TakenIn:
    """What became of a batch: events entered, parked with a reason, known already, and references used again for
    something else (they cannot even be kept)."""

    entered: list[RegisterEvent] = field(default_factory=list)
    parked: list[ParkedEvent] = field(default_factory=list)
    known: list[Received] = field(default_factory=list)
    reused: list[Received] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Folded:
    """What the fold made of the events of some patents: those that contradict the register, and those that are
    annulled, each with its annulment."""

    parked: frozenset[UUID]
    annulled: Mapping[UUID, UUID]


@transaction.atomic
def take_in_events(*, events: Sequence[Received], by: Actor, at: datetime) -> TakenIn:
    """Take in a batch of events in any order. What was received before changes nothing; what contradicts the register
    is parked.

    Raises:
        WrongRole: neither a feed of the system nor an examiner or administrator.
    """
    if not by.roles & (RECORDERS | {SYSTEM_ROLE}):
        raise WrongRole("register event", "enter", by.roles)
    lock_register()
    taken = TakenIn()
    fresh = _kept(_new(events, taken), by, at)
    patents = _locked({row.patent_number for row in fresh})
    folded = refold(patents.values(), by=by, at=at)
    unknown = [row for row in fresh if row.patent_number not in patents]
    for row in unknown:
        _park(row.pk, Contradiction("unknown_patent", number=row.patent_number), at)
    parked = folded.parked | {row.pk for row in unknown}
    taken.entered = [row for row in fresh if row.pk not in parked]
    taken.parked = list(ParkedEvent.objects.filter(pk__in=[row.pk for row in fresh]).select_related("event"))
    for row in taken.entered:
        data = {"kind": row.kind, "on": row.effective_on.isoformat(), "source": row.source, "reference": row.reference}
        patent = patents[row.patent_number]
        audit.record("enter_event", patent, by=by, at=at, basis=(RULES(106),), data=data)
        if row.kind == EventKind.ANNULMENT:
            undone = {event for event, annulment in folded.annulled.items() if annulment == row.pk}
            known = undone - {item.pk for item in fresh}
            _tell_annulled(patent, row, known - _annulled_before(patent, fresh), by, at)
        elif row.pk not in folded.annulled:
            _tell_entered(patent, row, at)
    return taken


def _tell_entered(patent: Patent, row: RegisterEvent, at: datetime) -> None:
    tell_event_watchers(patent, row, at=at)
    if row.kind == EventKind.CHANGE_OF_NAME:
        _flag_renamed(patent, row.details["from"], row.details["to"], at)


def _tell_annulled(patent: Patent, annulment: RegisterEvent, undone: set[UUID], by: Actor, at: datetime) -> None:
    """Tell of an event that counted until now, and name what it caused. One whose annulment came first never counted."""
    for event in RegisterEvent.objects.filter(pk__in=undone).exclude(parked__applied_at=None, parked__isnull=False):
        tell_annulment_watchers(patent, event, annulment, at=at)
        if event.kind == EventKind.CHANGE_OF_NAME:
            _flag_renamed(patent, event.details["to"], event.details["from"], at)
        name_aftermath(patent, event, annulment, by=by, at=at)
        event_annulled.send(sender=RegisterEvent, patent=patent, event=event, annulment=annulment, by=by, at=at)


def _annulled_before(patent: Patent, fresh: Iterable[RegisterEvent]) -> set[UUID]:
    """Return what other annulments than these have undone: an event annulled twice is told of once."""
    new = {str(row.pk) for row in fresh}
    earlier = [event for event in events_of([patent.number])[patent.number] if event.id not in new]
    return {UUID(event) for event in annulments(earlier).of}


def _flag_renamed(patent: Patent, old: str, new: str, at: datetime) -> None:
    """A pure change of name bars nothing; the filers of announced statements are told (GL V-11 §9 is silent)."""
    for statement in patent.statements.filter(status=StatementStatus.ANNOUNCED):
        tell_renamed(statement, f"{old} → {new}.", at=at)


def _new(events: Sequence[Received], taken: TakenIn) -> list[Received]:
    """Return those that were never received; sort the others out."""
    rows = RegisterEvent.objects.filter(reference__in=[event.reference for event in events])
    known: dict[tuple[str, str], Any] = {(row.source, row.reference): row for row in rows}
    fresh: dict[tuple[str, str], Received] = {}
    for event in events:
        first = known.get(event.key) or fresh.get(event.key)
        if first is None:
            fresh[event.key] = event
        elif first == event or (isinstance(first, RegisterEvent) and event.says(first)):
            taken.known.append(event)
        else:
            taken.reused.append(event)
    return list(fresh.values())


def _kept(events: list[Received], by: Actor, at: datetime) -> list[RegisterEvent]:
    return RegisterEvent.objects.bulk_create(
        RegisterEvent(
            patent_number=event.patent_number,
            kind=event.kind,
            effective_on=event.effective_on,
            source=event.source,
            reference=event.reference,
            details=dict(event.details),
            as_of=event.as_of or at,
            received_at=at,
            received_by=by.label[:200],
        )
        for event in events
    )


def _locked(numbers: set[str]) -> dict[str, Patent]:
    rows = Patent.objects.select_for_update(no_key=True).filter(number__in=numbers).order_by("pk")
    return {patent.number: patent for patent in rows}


def refold(patents: Iterable[Patent], *, by: Actor, at: datetime) -> Folded:
    """Fold the events of these locked patents anew, write the facts, check their statements again."""
    wanted = list(patents)
    ids = [patent.pk for patent in wanted]
    before = standing(ids, at=at)
    folded = fold_into_tables(wanted, at=at)
    recheck(ids, before, by=by, at=at)
    return folded


def fold_into_tables(patents: Iterable[Patent], *, at: datetime) -> Folded:
    """Fold the events of these locked patents and write the facts; statements are for the caller to check."""
    wanted = list(patents)
    keep_baselines(wanted)
    tables, folded = snapshots(wanted), replays(wanted)
    for patent in wanted:
        project(patent, folded[patent.pk], tables[patent.pk])
    return _sort_out([patent.number for patent in wanted], list(folded.values()), at)


def _sort_out(numbers: list[str], replayed: Sequence[Replay], at: datetime) -> Folded:
    """Park what contradicts the register now; release what fits at last, and what waits for nothing, being annulled."""
    contradicting = {UUID(event.id): reason for one in replayed for event, reason in one.parked}
    annulled = {UUID(event): UUID(annulment) for one in replayed for event, annulment in one.annulled.items()}
    waiting = ParkedEvent.objects.select_for_update(of=("self",)).filter(WAITING, event__patent_number__in=numbers)
    for row in waiting:
        if row.pk not in contradicting:
            column = "annulled_at" if row.pk in annulled else "applied_at"
            setattr(row, column, at)
            row.save(update_fields=[column])
    for pk, reason in contradicting.items():
        _park(pk, reason, at)
    return Folded(frozenset(contradicting), annulled)


def _park(event_id: UUID, reason: Contradiction, at: datetime) -> None:
    said = {"code": reason.code, "params": reason.params, "applied_at": None}
    row, made = ParkedEvent.objects.get_or_create(pk=event_id, defaults={**said, "parked_at": at})
    if not made and (row.code, row.params, row.applied_at) != (reason.code, reason.params, None):
        ParkedEvent.objects.filter(pk=event_id).update(**said)


@transaction.atomic
def retry_parked(*, parked: ParkedEvent, by: Actor, at: datetime) -> ParkedEvent:
    """Try to enter a parked or dismissed event again, and return where it stands now.

    Raises:
        WrongRole: neither an examiner nor an administrator.
        Refused: R1, the patent is their own organisation's.
    """
    row = _for_decision(parked, by, at)
    event = row.event
    if row.dismissed_at is not None:
        row.dismissed_at, row.dismissed_by, row.dismissal_reason = None, None, ""
        row.save(update_fields=["dismissed_at", "dismissed_by", "dismissal_reason"])
    patents = _locked({event.patent_number})
    refold(patents.values(), by=by, at=at)
    row.refresh_from_db()
    data = {"reference": event.reference, "entered": row.applied_at is not None}
    audit.record("retry_event", event, by=by, at=at, basis=(RULES(106),), data=data)
    return row


@transaction.atomic
def dismiss_parked(*, parked: ParkedEvent, reason: str, by: Actor, at: datetime) -> ParkedEvent:
    """Set a parked event aside with a reason. It stays kept, and can be tried again.

    Raises:
        WrongRole: neither an examiner nor an administrator.
        Refused: R1; R9 without a reason, or the event has been entered meanwhile.
    """
    row = _for_decision(parked, by, at, reason_missing=not reason.strip())
    row.dismissed_at, row.dismissed_by_id, row.dismissal_reason = at, by.person_id, reason.strip()
    row.save(update_fields=["dismissed_at", "dismissed_by", "dismissal_reason"])
    data = {"reference": row.event.reference, "reason": row.dismissal_reason}
    audit.record("dismiss_event", row.event, by=by, at=at, basis=(RULES(106),), data=data)
    return row


def _for_decision(parked: ParkedEvent, by: Actor, at: datetime, *, reason_missing: bool = False) -> ParkedEvent:
    if not by.roles & RECORDERS:
        raise WrongRole("register event", "decide", by.roles)
    lock_register()
    row = ParkedEvent.objects.select_for_update(of=("self",)).select_related("event").get(pk=parked.pk)
    facts = PersonFacts(
        own_matter=own_matter(by, row.event.patent_number, at=at),
        settled=row.applied_at is not None or row.annulled_at is not None,
        reason_missing=reason_missing,
    )
    violations = DECIDING.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
    return row


def own_matter(by: Actor, patent_number: str, *, at: datetime) -> bool:
    """Whether the acting person belongs or belonged to a holder of the patent."""
    if by.user_id is None:
        return False
    colleagues = colleagues_of(by.user_id, at=at)
    return Patentee.objects.filter(patents__number=patent_number, organisation__in=colleagues).exists()
