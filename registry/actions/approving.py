"""The second person's acts: approve, send back, confirm a refusal."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused
from core.transitions import advance, lock
from registry.actions.conduct import require_conduct
from registry.actions.examining import needs, note
from registry.actions.serving import serve
from registry.enums import OfficePaperKind
from registry.models import Statement
from registry.queries.statements import violations_of
from registry.rules.periods import remedies


@transaction.atomic
def approve(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Approve a passed statement for the next issue of the bulletin.

    Raises:
        Refused: the approver examined it, belongs to a party, or a bar has arisen since.
    """
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=True)
    standing = [item for item in violations_of(locked, on=law_date(at)) if item.blocks]
    if standing:
        raise Refused(standing)
    note(locked, "approve", by=by, at=at)
    done = advance(locked, "approve", by=by, at=at, fields={"decided_by_id": by.user_id, "decided_at": at})
    serve(OfficePaperKind.APPROVAL, done, by=by, at=at)
    return done


@transaction.atomic
def refuse(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Refuse to announce, on the examiner's reasons. The filer is told them with the remedies (GL V-6 §1.2).

    Raises:
        Refused: the approver examined it or belongs to a party.
    """
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=True)
    note(locked, "refuse", by=by, at=at)
    done = advance(locked, "refuse", by=by, at=at, fields={"decided_by_id": by.user_id, "decided_at": at})
    proposal = done.examinations.filter(event="propose_refusal").latest("done_at")
    standing = [item for item in violations_of(done, on=law_date(at)) if item.blocks]
    told = remedies(law_date(at)).as_params()
    serve(OfficePaperKind.REFUSAL, done, by=by, at=at, reasons=proposal.reasons, violations=standing, params=told)
    return done


@transaction.atomic
def send_back(*, statement: Statement, reasons: str, by: Actor, at: datetime) -> Statement:
    """Send a proposal back to its examiner, saying why.

    Raises:
        Refused: no reasons, or the approver may not decide this matter.
    """
    if not reasons.strip():
        raise needs("reasons", _("Say why you send it back."))
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=True)
    note(locked, "send_back", by=by, at=at, reasons=reasons)
    return advance(locked, "send_back", by=by, at=at, fields={"cap_override_reason": ""})
