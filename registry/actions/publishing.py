"""Publishing an issue of the bulletin: one transaction from the last check of the bars to the announced entries.

Approved statements become effective on the day of issue (GL V-11 §3.5), approved endings end theirs (GL §4). A
statement that a bar has caught up with is held back alone, and so is an end by the office whose ground is gone; the
others go out.
"""

import gc
from contextlib import ContextDecorator
from datetime import date, datetime
from threading import Lock
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q

from core import audit
from core.deadlines import law_date
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole
from core.models import Counter
from core.transitions import advance, advance_many
from registry.actions.entries import KIND_OF_ENDING, ending_content, statement_content
from registry.actions.halting import hold_switch, require_running
from registry.actions.printing import SERIAL, print_issue
from registry.actions.serving import owe_announcement_papers
from registry.bulletin.ordering import Matter, in_order
from registry.enums import EndingKind, EndingStatus, EntryKind, StatementStatus
from registry.facts import StatementFacts
from registry.models import BulletinEntry, BulletinIssue, Ending, Patent, PendingEntry, Statement
from registry.notifications import kept_violations, tell_filer, tell_filers
from registry.queries.bulk_facts import facts_of_many
from registry.queries.ending import office_end_facts
from registry.queries.facts import withdrawals_under_way
from registry.register_notices import tell_end_held
from registry.rules import blocking, check_statement
from registry.rules.office_end import OFFICE_END
from registry.rules.periods import remedies
from registry.search import refresh_statements
from registry.signals import statement_ended
from registry.watch_notices import tell_of_announcements, tell_of_end

EVENT_OF_ENDING = {
    EndingKind.WITHDRAWAL: "withdraw",
    EndingKind.TERMINATION: "end",
    EndingKind.REVOCATION: "revoke",
}


class NoSearchForGarbage(ContextDecorator):
    """All rows of an issue live to its commit: looking through them for garbage again and again took a third of the time.

    The search is the process's, not the thread's: the first of several to come in turns it off, the last to leave turns
    it on again, if it was on.
    """

    def __init__(self) -> None:
        self._lock, self._inside, self._was_on = Lock(), 0, False

    def __enter__(self) -> None:
        with self._lock:
            if not self._inside:
                self._was_on = gc.isenabled()
                gc.disable()
            self._inside += 1

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            self._inside -= 1
            if not self._inside and self._was_on:
                gc.enable()


@NoSearchForGarbage()
@transaction.atomic
def publish_issue(*, by: Actor, at: datetime) -> BulletinIssue | None:
    """Publish what is ready as the issue of this day; None when nothing is ready or the day has its issue.

    Safe to run twice and by two publishers at once: whoever comes second finds the issue of the day and leaves
    everything for the next one. A halt stops it at the start and, entered while it runs, at the end.

    Raises:
        WrongRole: only the system publishes, by the calendar or by the command.
        PublicationHalted: publication is halted; nothing has changed.
    """
    if SYSTEM_ROLE not in by.roles:
        raise WrongRole("bulletin", "publish", by.roles)
    on = law_date(at)
    if not _take_turn(on):
        return None
    require_running()
    statements = _approved_statements()
    endings = [ending for ending in _approved_endings() if not _ground_gone(ending, on=on, by=by, at=at)]
    pending = list(PendingEntry.objects.select_for_update(of=("self",)).filter(entry=None).order_by("pk"))
    ready = _not_before_the_end_of_another(statements, endings)
    facts = facts_of_many(ready, on=on)
    announced = [one for one in ready if not _held_back(one, facts[one.pk], by=by, at=at)]
    matters = in_order(
        [
            *(_matter(EntryKind.STATEMENT, item, statement_content(item, effective_on=on)) for item in announced),
            *(_ending_matter(ending, on) for ending in endings),
            *(Matter(EntryKind(p.kind), p.patent_id, p.subject_id, p.content, p.corrects_id) for p in pending),
        ]
    )
    if not matters:
        return None
    issue, entries = print_issue(matters, on=on, at=at)
    by_subject = {(entry.kind, entry.subject_id): entry for entry in entries}
    # The ends first: on the day of its withdrawal a statement gives way to the one that replaces it.
    for ending in endings:
        _end(ending, by_subject[KIND_OF_ENDING[EndingKind(ending.kind)], ending.pk], on=on, by=by, at=at)
    places = [by_subject[EntryKind.STATEMENT, statement.pk].pk for statement in announced]
    fields: dict[str, list[Any]] = {"effective_on": [on] * len(announced), "announced_in": places}
    advance_many(announced, "announce", by=by, at=at, fields=fields)
    tell_filers("announced", announced, at=at, effective_on=str(on))
    tell_of_announcements(announced, effective_on=on, at=at)
    owe_announcement_papers(issue, at=at)
    refresh_statements(statement.pk for statement in announced)
    for item in pending:
        item.entry = by_subject[item.kind, item.subject_id]
    PendingEntry.objects.bulk_update(pending, ["entry"])
    audit.record("publish_issue", issue, by=by, at=at, data={"entries": len(entries), "root": issue.root_hash})
    hold_switch()
    require_running()
    return issue


def _take_turn(on: date) -> bool:
    """Lock the bulletin; say whether this day still lacks its issue. The lock lasts to the end of the transaction."""
    Counter.objects.get_or_create(name=SERIAL)
    Counter.objects.select_for_update().get(name=SERIAL)
    return not BulletinIssue.objects.filter(issued_on__gte=on).exists()


def _approved_statements() -> list[Statement]:
    """Lock and return what is approved, patents first, those of approved endings too (the fixed order of locks)."""
    approved_ends = Ending.objects.filter(status=EndingStatus.APPROVED)
    waiting = Statement.objects.filter(Q(status=StatementStatus.APPROVED) | Q(endings__in=approved_ends))
    patents = Patent.objects.select_for_update(of=("self",)).filter(pk__in=waiting.values("patent_id"))
    list(patents.order_by("pk").values_list("pk"))
    approved = Statement.objects.select_for_update(of=("self",)).filter(status=StatementStatus.APPROVED)
    approved = approved.select_related("patent", "filed_by", "agency", "replaces")
    return list(approved.prefetch_related("patent__ownerships__patentee").order_by("pk"))


def _approved_endings() -> list[Ending]:
    endings = (
        Ending.objects.select_for_update(of=("self", "statement"))
        .filter(status=EndingStatus.APPROVED, statement__status=StatementStatus.ANNOUNCED)
        .select_related("statement__patent")
        .prefetch_related("statement__patent__ownerships__patentee")
    )
    return list(endings.order_by("pk"))


def _not_before_the_end_of_another(statements: list[Statement], endings: list[Ending]) -> list[Statement]:
    """Leave for a later issue what replaces a statement whose withdrawal is not approved yet."""
    ending_now = {ending.statement_id for ending in endings}
    waiting = Statement.objects.filter(
        Exists(withdrawals_under_way()),
        pk__in=[statement.replaces_id for statement in statements if statement.replaces_id],
        status=StatementStatus.ANNOUNCED,
    ).exclude(pk__in=ending_now)
    blocked = set(waiting.values_list("pk", flat=True))
    return [statement for statement in statements if statement.replaces_id not in blocked]


def _held_back(statement: Statement, facts: StatementFacts, *, by: Actor, at: datetime) -> bool:
    """Check every bar and defect again; hold the statement back alone if one stands."""
    standing = blocking(check_statement(facts))
    if not standing:
        return False
    fields = {"hold_reasons": kept_violations(standing)}
    advance(statement, "hold", by=by, at=at, fields=fields, data={"rules": [item.rule for item in standing]})
    tell_filer("held_back", statement, at=at)
    return True


def _ground_gone(ending: Ending, *, on: date, by: Actor, at: datetime) -> bool:
    """Hold back an end by the office whose ground fell away, or was annulled, after its approval (GL V-11 §4)."""
    if ending.kind == EndingKind.WITHDRAWAL:
        return False
    facts = office_end_facts(ending.statement, on=on, falsehood=ending.falsehood)
    if not OFFICE_END.check(facts, on=on, only=["N1"]):
        return False
    advance(ending, "hold", by=by, at=at, fields={"decided_by_id": None, "decided_at": None}, data={"rules": ["N1"]})
    tell_end_held(ending, at=at)
    return True


def _matter(kind: EntryKind, statement: Statement, content: dict) -> Matter:
    return Matter(kind, statement.patent_id, statement.pk, content)


def _ending_matter(ending: Ending, on: date) -> Matter:
    kind = KIND_OF_ENDING[EndingKind(ending.kind)]
    return Matter(kind, ending.statement.patent_id, ending.pk, ending_content(ending, ended_on=on))


def _end(ending: Ending, entry: BulletinEntry, *, on: date, by: Actor, at: datetime) -> None:
    """End the statement from this day on; licenses obtained before live on (LAW 50(2))."""
    advance(ending, "announce", by=by, at=at, fields={"announced_in_id": entry.pk})
    event = EVENT_OF_ENDING[EndingKind(ending.kind)]
    statement = advance(ending.statement, event, by=by, at=at, fields={"ended_on": on})
    if ending.kind == EndingKind.WITHDRAWAL:
        tell_filer("ended", statement, at=at, ended_on=str(on))
    else:
        tell_filer("ended_by_office", statement, at=at, ended_on=str(on), **remedies(on).as_params())
    _tell_others(statement, on, at)


def _tell_others(statement: Statement, ended_on: date, at: datetime) -> None:
    """Tell whoever watches, and through the signal whoever holds a license or has given notice."""
    tell_of_end(statement, ended_on=ended_on, at=at)
    statement_ended.send(sender=Statement, statement=statement, at=at)


@transaction.atomic
def expire_statements(*, by: Actor, at: datetime) -> list[Statement]:
    """Expire announced statements whose license term or patent term is over (RULES 85; GL V-9 §4.1)."""
    on = law_date(at)
    running = Statement.objects.select_for_update(of=("self",), skip_locked=True).filter(
        status=StatementStatus.ANNOUNCED
    )
    over = running.filter(term_until__lt=on) | running.filter(patent__term_ends_on__lt=on)
    expired = []
    for statement in over.select_related("patent").order_by("pk"):
        last = min(day for day in (statement.term_until, statement.patent.term_ends_on) if day)
        first_without = max(date.fromordinal(last.toordinal() + 1), statement.effective_on or on)
        done = advance(statement, "expire", by=by, at=at, fields={"ended_on": first_without})
        expired.append(done)
        tell_filer("expired", done, at=at, ended_on=str(first_without))
        _tell_others(done, first_without, at)
    return expired
