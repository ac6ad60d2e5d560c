"""The filer asks for more time to correct: once, in time, with a reason (GL V-7 §4)."""

from datetime import datetime

from django.db import transaction

from accounts.notifications import notify
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused
from core.transitions import advance
from registry.actions.serving import serve
from registry.actions.submitting import locked_with_patent
from registry.enums import OfficePaperKind as K
from registry.models import Statement
from registry.rules.periods import EXTENSION, ExtensionFacts, correction_due


@transaction.atomic
def extend_correction(*, statement: Statement, months: int | None, reasons: str, by: Actor, at: datetime) -> Statement:
    """Extend the correction period. Asked for in time and with a reason, it is granted (office practice).

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: no correction is asked for.
        Refused: it is not theirs to ask (P9, P10), too late, extended before, not 1 or 2 months, or no reason.
    """
    locked = locked_with_patent(statement, by=by, at=at)
    locked.lifecycle.step("extend", locked.status, by.roles)
    assert locked.correction_due_on is not None, "statement_correction_has_term"
    assert locked.correction_asked_on is not None, "statement_correction_has_term"
    facts = ExtensionFacts(
        on=law_date(at),
        due_on=locked.correction_due_on,
        extended_months=locked.correction_extended_months,
        months=months,
        reasons=reasons,
    )
    violations = EXTENSION.check(facts, on=facts.on)
    if violations or months is None:
        raise Refused(violations)
    due_on = correction_due(locked.correction_asked_on, months)
    fields = {"correction_due_on": due_on, "correction_extended_months": months}
    data = {"due_on": str(due_on), "months": months, "reasons": reasons.strip()}
    done = advance(locked, "extend", by=by, at=at, fields=fields, data=data)
    serve(K.EXTENSION, done, by=by, at=at, due_on=due_on)
    assert done.examiner_id is not None, "statement_examined_by_somebody"
    notify(
        "statement-extension_taken",
        key=f"statement-extension_taken:{done.pk}:{done.correction_rounds}",
        at=at,
        user_id=done.examiner_id,
        params={"number": done.number, "due_on": str(due_on)},
    )
    return done
