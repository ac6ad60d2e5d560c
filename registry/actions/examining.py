"""The examiner's acts on a statement: take, hand back, ask for correction, pass, propose refusal, resume."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import Role
from core.deadlines import law_date
from core.legal import GL, PRACTICE
from core.legal.settings import setting
from core.lifecycle import Actor, WrongRole
from core.rules import Refused, Severity, Text, Violation
from core.transitions import advance, lock
from registry.actions.conduct import require_conduct
from registry.actions.serving import serve
from registry.enums import OfficePaperKind, StatementStatus
from registry.models import Examination, Statement
from registry.notifications import kept_violations
from registry.queries.statements import exceeds_limits, violations_of
from registry.rules.periods import correction_due, missed_until


def needs(field: str, message: Text, remedy: Text = "") -> Refused:
    """Return the refusal of an act that lacks something the examiner must say (GL V-6 §1.2)."""
    basis = (GL("V-6 §1.2"),)
    return Refused([Violation("E1", _("Reasons"), Severity.DEFECT, basis, message, remedy, field)])


def note(
    statement: Statement, event: str, *, by: Actor, at: datetime, reasons: str = "", violations: object = ()
) -> None:
    """Keep the step with its reasons, as the filer reads it."""
    Examination.objects.create(
        statement=statement,
        event=event,
        reasons=reasons,
        violations=violations or [],
        done_by_id=by.person_id,
        done_at=at,
    )


@transaction.atomic
def claim(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Take a submitted statement for examination.

    Raises:
        Refused: the examiner belongs to a party.
        IllegalStep: somebody else took it meanwhile.
    """
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=None, at=at, approves=False)
    return advance(locked, "claim", by=by, at=at, fields={"examiner_id": by.user_id, "claimed_at": at})


@transaction.atomic
def pull_next(*, by: Actor, at: datetime) -> Statement | None:
    """Take the oldest submitted statement the examiner may examine; None when the queue holds none.

    Two examiners pulling at once get two different statements.
    """
    if Role.EXAMINER not in by.roles:
        raise WrongRole("statement", "claim", by.roles)
    own = Membership.objects.filter(user_id=by.person_id).values("organisation_id")
    statement = (
        Statement.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status=StatementStatus.SUBMITTED)
        .exclude(filed_by_id__in=own)
        .exclude(agency_id__in=own)
        .exclude(agency_changes__before__in=own)
        .exclude(patent__ownerships__patentee__organisation_id__in=own)
        .order_by("submitted_at", "number")
        .first()
    )
    return claim(statement=statement, by=by, at=at) if statement else None


@transaction.atomic
def hand_back(*, statement: Statement, reason: str, by: Actor, at: datetime) -> Statement:
    """Put a statement back into the queue, with a note for the colleague who takes it next.

    Raises:
        Refused: there is no note, or the statement lies on a colleague's desk.
    """
    if not reason.strip():
        raise needs("reason", _("Leave a note for the colleague who takes it next."))
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=False)
    note(locked, "hand_back", by=by, at=at, reasons=reason)
    return advance(locked, "hand_back", by=by, at=at, fields={"examiner_id": None, "claimed_at": None})


@transaction.atomic
def request_correction(*, statement: Statement, reasons: str, by: Actor, at: datetime) -> Statement:
    """Ask the filer to correct the statement within the correction period (office practice; GL V-1 §4).

    Raises:
        Refused: no reasons, or the rounds that practice allows are used up.
    """
    if not reasons.strip():
        raise needs("reasons", _("Say what has to be corrected."), _("Name each defect and its article."))
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=False)
    today = law_date(at)
    if locked.correction_rounds >= setting("correction_rounds", on=today).whole:
        raise Refused(
            [
                Violation(
                    "E2",
                    _("Correction rounds"),
                    Severity.BAR,
                    (PRACTICE("correction rounds"),),
                    _("The statement has already been sent back for correction."),
                    _("Decide on it as it stands: pass it or propose its refusal."),
                )
            ]
        )
    due_on = correction_due(today)
    found = violations_of(locked, on=today)
    note(locked, "request_correction", by=by, at=at, reasons=reasons, violations=kept_violations(found))
    fields = {
        "correction_asked_on": today,
        "correction_due_on": due_on,
        "correction_extended_months": 0,
        "correction_rounds": locked.correction_rounds + 1,
    }
    done = advance(locked, "request_correction", by=by, at=at, fields=fields, data={"due_on": str(due_on)})
    serve(OfficePaperKind.CORRECTION, done, by=by, at=at, reasons=reasons, violations=found, due_on=due_on)
    return done


@transaction.atomic
def pass_statement(*, statement: Statement, by: Actor, at: datetime, override_reason: str = "") -> Statement:
    """Find that nothing bars the statement and pass it to another person for approval.

    ``override_reason`` admits a fee above its cap or an explanation above its length, which the Guidelines
    limit only "generally" (GL V-11 §3.3), where the filer asked for the exception.

    Raises:
        Refused: a bar or a defect stands, or there is nothing to override.
    """
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=False)
    reason = override_reason.strip()
    if reason and not exceeds_limits(locked, on=law_date(at)):
        raise Refused([_nothing_to_override()])
    locked.cap_override_reason = reason
    standing = [item for item in violations_of(locked, on=law_date(at)) if item.blocks]
    if standing:
        raise Refused(standing)
    note(locked, "pass", by=by, at=at, reasons=reason)
    data = {"override": reason} if reason else None
    return advance(locked, "pass", by=by, at=at, fields={"cap_override_reason": reason}, data=data)


def _nothing_to_override() -> Violation:
    return Violation(
        "E3",
        _("Nothing to override"),
        Severity.DEFECT,
        (GL("V-11 §3.3"),),
        _("Neither the fee nor the explanation exceeds its limit, so there is no exception to grant."),
        _("Leave the reason empty."),
        "override_reason",
    )


@transaction.atomic
def propose_refusal(*, statement: Statement, reasons: str, by: Actor, at: datetime) -> Statement:
    """Propose not to announce the statement, with the reasons the filer will read.

    Raises:
        Refused: no reasons are given.
    """
    if not reasons.strip():
        raise needs("reasons", _("Give the reasons for the refusal."), _("Name each ground and its article."))
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=locked.examiner_id, at=at, approves=False)
    found = [item for item in violations_of(locked, on=law_date(at)) if item.blocks]
    note(locked, "propose_refusal", by=by, at=at, reasons=reasons, violations=kept_violations(found))
    return advance(locked, "propose_refusal", by=by, at=at)


@transaction.atomic
def resume(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Examine again a statement that was held back at publication; whoever resumes it is its examiner."""
    locked = lock(statement)
    require_conduct(by, locked, examiner_id=None, at=at, approves=False)
    fields: dict[str, object] = {
        "examiner_id": by.user_id,
        "claimed_at": at,
        "decided_by_id": None,
        "decided_at": None,
        "hold_reasons": [],
        "cap_override_reason": "",
    }
    return advance(locked, "resume", by=by, at=at, fields=fields)


@transaction.atomic
def lapse_overdue_corrections(*, by: Actor, at: datetime) -> Sequence[Statement]:
    """Deem not submitted what was not corrected in time, one month after the last day (GL V-1 §4, V-7 §2)."""
    on = law_date(at)
    overdue = (
        Statement.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(status=StatementStatus.CORRECTION, correction_due_on__lt=on)
        .order_by("pk")
    )
    over = [item for item in overdue if item.correction_due_on and missed_until(item.correction_due_on) < on]
    lapsed = [advance(statement, "lapse", by=by, at=at) for statement in over]
    for statement in lapsed:
        serve(OfficePaperKind.NOT_SUBMITTED, statement, by=by, at=at)
    return lapsed
