"""Checking every statement of a patent again when the register says something new, in the same transaction.

An announced statement that meets a bar stops being acceptable at once: that follows from the facts. Here those concerned
are told, and the clock of the duty to withdraw starts (GL V-11 §2(2), §9). When the last bar falls away it stops.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.deadlines import deadline_months, law_date
from core.legal import GL, PRACTICE, RULES, setting
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole
from registry.enums import PENDING_STATUSES, DutyOutcome, EndingKind, StatementStatus
from registry.models import Patent, Statement, WithdrawalDuty
from registry.queries.acceptance import bars_against
from registry.queries.ending import office_end_facts
from registry.queries.statements import violations_of
from registry.register_notices import tell_barred, tell_examiner, tell_resumed
from registry.rules import blocking
from registry.rules.office_end import OfficeEndFacts, suggest
from registry.signals import acceptance_resumed, acceptance_stopped

_BASIS = (RULES(86), GL("V-11 §2"), PRACTICE("time to withdraw"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood against statements before the register changed, by statement."""

    against: Mapping[UUID, frozenset[str]]


def standing(patent_ids: Iterable[UUID], *, at: datetime) -> Standing:
    """Return what stands against the statements under examination of these patents now."""
    return Standing({item.pk: _rules(item, at) for item in _under_examination(patent_ids)})


def recheck(patent_ids: Iterable[UUID], before: Standing, *, by: Actor, at: datetime) -> None:
    """Check the statements of these patents again and tell whom it concerns. The patents must be locked."""
    wanted = list(patent_ids)
    for statement in _announced(wanted):
        _recheck_announced(statement, by, at)
    for statement in _under_examination(wanted):
        fresh = _rules(statement, at) - before.against.get(statement.pk, frozenset())
        if fresh and statement.examiner_id is not None:
            found = [item for item in blocking(violations_of(statement, on=law_date(at))) if item.rule in fresh]
            tell_examiner(statement, found, at=at)


def _announced(patent_ids: list[UUID]) -> Iterable[Statement]:
    return (
        Statement.objects.select_for_update(of=("self",))
        .filter(patent__in=patent_ids, status=StatementStatus.ANNOUNCED)
        .select_related("patent", "filed_by")
        .order_by("pk")
    )


def _under_examination(patent_ids: Iterable[UUID]) -> Iterable[Statement]:
    waiting = [status for status in PENDING_STATUSES if status != StatementStatus.ANNOUNCED]
    return (
        Statement.objects.filter(patent__in=list(patent_ids), status__in=waiting)
        .select_related("patent", "filed_by", "agency")
        .order_by("pk")
    )


def _rules(statement: Statement, at: datetime) -> frozenset[str]:
    return frozenset(item.rule for item in blocking(violations_of(statement, on=law_date(at))))


def _recheck_announced(statement: Statement, by: Actor, at: datetime) -> None:
    if law_date(at) > statement.patent.term_ends_on:
        return  # it expires by itself, and nobody has to withdraw it
    bars = bars_against(statement, on=law_date(at))
    duty = WithdrawalDuty.objects.select_for_update().filter(statement=statement, closed_at=None).first()
    if not bars:
        if duty is not None:
            _close(duty, DutyOutcome.REMOVED, by=by, at=at)
            tell_resumed(statement, at=at)
            acceptance_resumed.send(sender=Statement, statement=statement, at=at)
        return
    rules = sorted({item.rule for item in bars})
    if duty is None:
        duty = _open(statement, rules, by, at)
    elif rules == duty.rules:
        return
    else:
        more = [item for item in bars if item.rule not in duty.rules]
        duty.rules = rules
        duty.consequence = _called_for(office_end_facts(statement, on=law_date(at)))
        duty.save(update_fields=["rules", "consequence"])
        if not more:
            return
        bars = tuple(more)
    tell_barred(statement, bars, due_on=duty.due_on, at=at)
    acceptance_stopped.send(sender=Statement, statement=statement, violations=bars, at=at)


def _open(statement: Statement, rules: list[str], by: Actor, at: datetime) -> WithdrawalDuty:
    """Start the clock. It runs from the day on which the ground is known here, never from an earlier one."""
    on = law_date(at)
    facts = office_end_facts(statement, on=on)
    duty = WithdrawalDuty.objects.create(
        statement=statement,
        rules=rules,
        since_on=min((cause.arose_on for cause in facts.causes if cause.arose_on is not None), default=on),
        due_on=deadline_months(on, setting("withdrawal_duty_months", on=on).whole),
        consequence=_called_for(facts),
        opened_at=at,
    )
    data = {"rules": rules, "since": duty.since_on.isoformat(), "due": duty.due_on.isoformat()}
    audit.record("bar_arose", statement, by=by, at=at, basis=_BASIS, data=data)
    return duty


def _called_for(facts: OfficeEndFacts) -> EndingKind:
    kind = suggest(facts).kind
    assert kind is not None, "a bar stands"
    return kind


def _close(duty: WithdrawalDuty, outcome: DutyOutcome, *, by: Actor, at: datetime) -> None:
    duty.closed_at, duty.outcome = at, outcome
    duty.save(update_fields=["closed_at", "outcome"])
    event = "bar_fell_away" if outcome == DutyOutcome.REMOVED else "duty_ended"
    audit.record(event, duty.statement, by=by, at=at, basis=_BASIS, data={"rules": duty.rules})


@transaction.atomic
def recheck_duties(*, by: Actor, at: datetime) -> int:
    """Close the duties of statements that have ended, and check again those whose bar may have run out with time.

    Safe to run twice. Returns how many were closed.

    Raises:
        WrongRole: the system does this by itself.
    """
    if SYSTEM_ROLE not in by.roles:
        raise WrongRole("duty to withdraw", "look after", by.roles)
    waiting = WithdrawalDuty.objects.filter(closed_at=None)
    patents = list(waiting.order_by("statement__patent_id").values_list("statement__patent_id", flat=True).distinct())
    list(Patent.objects.select_for_update(no_key=True).filter(pk__in=patents).order_by("pk").values_list("pk"))
    before = waiting.count()
    over = waiting.exclude(statement__status=StatementStatus.ANNOUNCED)
    for duty in over.select_for_update(of=("self",)).select_related("statement").order_by("pk"):
        _close(duty, DutyOutcome.ENDED, by=by, at=at)
    recheck(patents, Standing({}), by=by, at=at)
    return before - waiting.count()
