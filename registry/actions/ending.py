"""The office's acts on endings: propose an end or revocation, examine a withdrawal, approve, refuse (GL V-11 §4)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core import audit
from core.deadlines import law_date
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.rules import Refused
from core.transitions import advance, lock
from registry.actions.conduct import require_conduct
from registry.actions.ending_requests import open_ending
from registry.actions.examining import needs
from registry.actions.serving import serve
from registry.enums import EndingKind, EndingStatus, OfficePaperKind, StatementStatus
from registry.models import Ending, Statement
from registry.papers import decision_on
from registry.queries.ending import office_end_facts
from registry.rules.office_end import OFFICE_END, OfficeEndFacts, suggest
from registry.rules.periods import remedies
from registry.rules.procedure import WITHDRAWAL, WithdrawalFacts


@transaction.atomic
def propose_ending(
    *,
    statement: Statement,
    kind: EndingKind,
    grounds: str,
    by: Actor,
    at: datetime,
    falsehood: bool = False,
    deviation: str = "",
) -> Ending:
    """Propose that the office ends a statement whose patentee should have withdrawn it, or revokes a false one.

    Which of both follows from the facts; ``deviation`` says why, where the examiner proposes the other.

    Raises:
        WrongRole: only examiners propose.
        IllegalStep: the statement is not announced.
        Refused: no grounds, nothing that calls for an end, the other kind without a reason, an ending is under way, or
            the examiner belongs to a party.
    """
    if Role.EXAMINER not in by.roles:
        raise WrongRole("ending", "propose", by.roles)
    if not grounds.strip():
        raise needs("grounds", _("Give the grounds."), _("Name the ground of Implementing Rule 86 or what was false."))
    locked = lock(statement)
    if locked.status != StatementStatus.ANNOUNCED or kind == EndingKind.WITHDRAWAL:
        raise IllegalStep("ending", "propose", locked.status)
    require_conduct(by, locked, examiner_id=None, at=at, approves=False)
    facts = office_end_facts(locked, on=law_date(at), falsehood=falsehood, proposed=kind, deviation=deviation)
    _require_ground(facts, locked)
    suggestion = suggest(facts)
    assert suggestion.kind is not None, "rule N1 has made sure"
    ending = Ending.objects.create(
        statement=locked,
        status=EndingStatus.REQUESTED,
        kind=kind,
        grounds=grounds,
        suggested_kind=suggestion.kind,
        falsehood=falsehood,
        deviation="" if kind == suggestion.kind else deviation.strip(),
        requested_by_id=by.person_id,
        requested_at=at,
        examiner_id=by.person_id,
    )
    data = {"kind": str(kind), "called_for": str(suggestion.kind), "grounds": [cause.rule for cause in facts.causes]}
    audit.record("propose_ending", ending, by=by, at=at, basis=suggestion.basis, data=data)
    return ending


def _require_ground(facts: OfficeEndFacts, statement: Statement) -> None:
    under_way = WithdrawalFacts(ending_open=open_ending(statement) is not None)
    violations = [*OFFICE_END.check(facts, on=facts.on), *WITHDRAWAL.check(under_way, on=facts.on, only=["P7"])]
    if violations:
        raise Refused(violations)


@transaction.atomic
def pass_ending(*, ending: Ending, by: Actor, at: datetime) -> Ending:
    """Find the ending justified and pass it to another person for approval.

    Raises:
        Refused: the examiner belongs to a party.
    """
    locked = lock(ending)
    require_conduct(by, locked.statement, examiner_id=None, at=at, approves=False)
    return advance(locked, "pass", by=by, at=at, fields={"examiner_id": by.user_id})


@transaction.atomic
def refuse_ending(*, ending: Ending, reasons: str, by: Actor, at: datetime) -> Ending:
    """Refuse a withdrawal, or drop a proposal of the office, with reasons; the statement stays in effect.

    Raises:
        Refused: no reasons, or the examiner belongs to a party.
    """
    if not reasons.strip():
        raise needs("reasons", _("Give the reasons for the refusal."))
    locked = lock(ending)
    require_conduct(by, locked.statement, examiner_id=None, at=at, approves=False)
    fields = {"examiner_id": by.user_id, "decided_at": at, "reasons": reasons}
    done = advance(locked, "refuse", by=by, at=at, fields=fields)
    if done.kind == EndingKind.WITHDRAWAL:
        told = remedies(law_date(at)).as_params()
        serve(
            OfficePaperKind.WITHDRAWAL_REFUSED, done.statement, by=by, at=at, ending=done, reasons=reasons, params=told
        )
    return done


@transaction.atomic
def approve_ending(*, ending: Ending, by: Actor, at: datetime) -> Ending:
    """Approve an ending for the next issue of the bulletin.

    Raises:
        Refused: the approver examined it or belongs to a party, or the ground of an end by the office has fallen away.
    """
    locked = lock(ending)
    require_conduct(by, locked.statement, examiner_id=locked.examiner_id, at=at, approves=True)
    if locked.kind != EndingKind.WITHDRAWAL:
        facts = office_end_facts(locked.statement, on=law_date(at), falsehood=locked.falsehood)
        violations = OFFICE_END.check(facts, on=facts.on)
        if violations:
            raise Refused(violations)
    done = advance(locked, "approve", by=by, at=at, fields={"decided_by_id": by.user_id, "decided_at": at})
    kind = decision_on(done)
    withdrawn = kind is OfficePaperKind.WITHDRAWAL_APPROVED
    told = {} if withdrawn else remedies(law_date(at)).as_params()
    serve(kind, done.statement, by=by, at=at, ending=done, reasons="" if withdrawn else done.grounds, params=told)
    return done


@transaction.atomic
def send_back_ending(*, ending: Ending, reasons: str, by: Actor, at: datetime) -> Ending:
    """Send a passed ending back to examination, saying why.

    Raises:
        Refused: no reasons, or the approver may not decide this matter.
    """
    if not reasons.strip():
        raise needs("reasons", _("Say why you send it back."))
    locked = lock(ending)
    require_conduct(by, locked.statement, examiner_id=locked.examiner_id, at=at, approves=True)
    return advance(locked, "send_back", by=by, at=at, fields={"reasons": reasons})
