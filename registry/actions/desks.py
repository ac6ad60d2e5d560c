"""Whose desk a statement lies on: a second person gives it to somebody else, or back to the queue, with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.notifications import notify
from accounts.queries import current_appointments
from accounts.roles import Role
from core.lifecycle import Actor
from core.rules import Refused, Severity, Violation
from core.transitions import advance, lock
from registry.actions.conduct import belongs, require_conduct
from registry.actions.examining import needs, note
from registry.models import Statement
from registry.rules.conduct import CONDUCT


@transaction.atomic
def reassign(*, statement: Statement, to: User, reason: str, by: Actor, at: datetime) -> Statement:
    """Take a statement off the desk of an examiner who is away and give it to another examiner. Both are told.

    Raises:
        Refused: no reason; the new examiner has it already, is no examiner, or belongs to a party; so does the actor.
        IllegalStep, WrongRole: it lies on nobody's desk, or the actor is no approver.
    """
    locked = _may_move(statement, "reassign", reason, by=by, at=at)
    before = locked.examiner_id
    assert before is not None, "statement_examined_by_somebody"
    if to.pk == before or not current_appointments(to).filter(role=Role.EXAMINER).exists():
        raise needs("to", _("Choose another person who is an examiner."))
    if belongs(to.pk, locked):
        own = next(rule for rule in CONDUCT.rules if rule.id == "C1")
        message = _("This colleague belongs or belonged to an organisation that is party to this statement.")
        raise Refused([Violation("C1", own.title, Severity.BAR, own.basis, message, _("Choose somebody else."), "to")])
    note(locked, "reassign", by=by, at=at, reasons=reason)
    fields = {"examiner_id": to.pk, "claimed_at": at}
    data = {"from": str(before), "to": str(to.pk), "reason": reason}
    done = advance(locked, "reassign", by=by, at=at, fields=fields, data=data)
    _tell("statement-taken-over", done, before, at=at, reason=reason)
    _tell("statement-given", done, to.pk, at=at, reason=reason)
    return done


@transaction.atomic
def release(*, statement: Statement, reason: str, by: Actor, at: datetime) -> Statement:
    """Take a statement off the desk of an examiner who is away and put it back into the queue. The examiner is told.

    Raises:
        Refused: no reason, or the actor belongs to a party.
        IllegalStep, WrongRole: it lies on nobody's desk, or the actor is no approver.
    """
    locked = _may_move(statement, "release", reason, by=by, at=at)
    before = locked.examiner_id
    assert before is not None, "statement_examined_by_somebody"
    note(locked, "release", by=by, at=at, reasons=reason)
    data = {"from": str(before), "reason": reason}
    done = advance(locked, "release", by=by, at=at, fields={"examiner_id": None, "claimed_at": None}, data=data)
    _tell("statement-taken-over", done, before, at=at, reason=reason)
    return done


def _may_move(statement: Statement, event: str, reason: str, *, by: Actor, at: datetime) -> Statement:
    if not reason.strip():
        raise needs("reason", _("Say in a sentence why."))
    locked = lock(statement)
    locked.lifecycle.step(event, locked.status, by.roles)
    require_conduct(by, locked, examiner_id=None, at=at, approves=False)
    return locked


def _tell(code: str, statement: Statement, user_id: UUID, *, at: datetime, reason: str) -> None:
    notify(
        code,
        key=f"{code}:{statement.pk}:{user_id}:{at.isoformat()}",
        at=at,
        user_id=user_id,
        params={"number": statement.number, "reason": reason},
    )
