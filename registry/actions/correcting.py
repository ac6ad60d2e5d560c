"""What the filer does with a statement under examination: send the correction, or cancel the whole."""

from datetime import datetime

from django.db import transaction

from accounts.notifications import notify
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused
from core.transitions import advance
from registry.actions.submitting import keep_versions, locked_with_patent
from registry.models import Statement
from registry.queries.acting import sending_violations
from registry.rules import blocking
from registry.rules.procedure import CORRECTION, CorrectionFacts


@transaction.atomic
def correct(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Send the corrected statement back to its examiner. Every rule is checked once more.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: no correction is asked for.
        Refused: it is not theirs to send (P9, P10), the period is over, the law bars it, or it has defects.
    """
    on = law_date(at)
    locked = locked_with_patent(statement, by=by, at=at, act=None)
    locked.lifecycle.step("correct", locked.status, by.roles)
    violations = [
        *CORRECTION.check(CorrectionFacts(on, locked.correction_due_on), on=on),
        *blocking(sending_violations(by, locked, on=on)),
    ]
    if violations:
        raise Refused(violations)
    before, [text] = locked.content_hash, keep_versions([locked], by=by, at=at)
    done = advance(
        locked,
        "correct",
        by=by,
        at=at,
        fields={"content_hash": text, "typed": {}},
        data={"content_hash": text, "content_hash_before": before},
    )
    assert done.examiner_id is not None, "statement_examined_by_somebody"
    notify(
        "statement-corrected",
        key=f"statement-corrected:{done.pk}:{done.correction_rounds}",
        at=at,
        user_id=done.examiner_id,
        params={"number": done.number},
    )
    return done


@transaction.atomic
def cancel(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Cancel a statement that is not announced yet. Nothing of it is published.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it is a draft, or was decided or announced.
        Refused: it is not theirs to cancel (P9, P10).
    """
    locked = locked_with_patent(statement, by=by, at=at)
    done = advance(locked, "cancel", by=by, at=at)
    if done.examiner_id is not None:
        notify(
            "statement-canceled",
            key=f"statement-canceled:{done.pk}",
            at=at,
            user_id=done.examiner_id,
            params={"number": done.number},
        )
    return done
