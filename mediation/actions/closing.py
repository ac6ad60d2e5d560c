"""Ends of a case other than an agreement: withdrawal, refusal, no prospect, court, silence, time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.deadlines import law_date
from core.lifecycle import Actor, IllegalStep
from core.transitions import advance, lock
from mediation import notifications
from mediation.enums import CaseStatus, ClosingGround
from mediation.models import Case
from mediation.permissions import Standing, require
from mediation.queries.cases import overdue_ids
from mediation.rules.clocks import is_over
from mediation.rules.conduct import closing_event


@transaction.atomic
def withdraw(*, case: Case, by: Actor, at: datetime) -> Case:
    """Withdraw the request, at any time before the case is closed (M590 3: mediation is voluntary).

    Raises:
        Case.DoesNotExist: the actor is not on the applicant's side.
        IllegalStep: the case is closed.
    """
    locked = lock(case)
    require(by, locked, Standing.APPLICANT, on=law_date(at))
    return _close(locked, "withdraw", ClosingGround.WITHDRAWAL, by=by, at=at)


@transaction.atomic
def leave(*, case: Case, by: Actor, at: datetime) -> Case:
    """Refuse to go on with a mediation that has begun; either side may (M590 3).

    Raises:
        Case.DoesNotExist: the actor is on neither side.
        IllegalStep: the case is not in mediation.
    """
    locked = lock(case)
    require(by, locked, Standing.APPLICANT, Standing.RESPONDENT, on=law_date(at))
    if locked.status == CaseStatus.ASKED:  # not begun: the respondent answers instead
        raise IllegalStep("case", "leave", locked.status)
    return _close(locked, "refuse", ClosingGround.REFUSAL, by=by, at=at)


@transaction.atomic
def close(*, case: Case, ground: ClosingGround, note: str, by: Actor, at: datetime) -> Case:
    """Close a case as its mediator: no prospect, absence, a suit, arbitration. Both sides read the note.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        LookupError: a mediator does not close a case on this ground.
        IllegalStep: the case is not in a state that this ground ends.
    """
    locked = lock(case)
    require(by, locked, Standing.MEDIATOR, on=law_date(at))
    return _close(locked, closing_event(ground), ClosingGround(ground), by=by, at=at, note=note)


def close_overdue(*, by: Actor, at: datetime) -> int:
    """Close every case whose silence has a stated result, each in its own transaction; return how many.

    No answer by the last day counts as refusal (office practice); a mediation past its last day ends (M590 18).
    Run twice it does nothing more.
    """
    return sum(_close_one_overdue(pk, by=by, at=at) for pk in overdue_ids(law_date(at)))


@transaction.atomic
def _close_one_overdue(pk: UUID, *, by: Actor, at: datetime) -> bool:
    case = Case.objects.select_for_update(of=("self",)).get(pk=pk)
    today = law_date(at)
    if case.status == CaseStatus.ASKED and is_over(case.reply_due_on, on=today):
        _close(case, "deem_refused", ClosingGround.SILENCE, by=by, at=at)
    elif case.status == CaseStatus.IN_MEDIATION and is_over(case.ends_due_on, on=today):
        _close(case, "time_out", ClosingGround.TIME, by=by, at=at)
    else:
        return False  # somebody acted between the list and the lock
    return True


def _close(case: Case, event: str, ground: ClosingGround, *, by: Actor, at: datetime, note: str = "") -> Case:
    fields = {"closed_at": at, "closing_ground": ground, "closing_note": note}
    closed = advance(case, event, by=by, at=at, fields=fields, data={"ground": str(ground)})
    notifications.tell_parties(closed, "closed", at=at)
    notifications.tell_mediators(closed, "closed", at=at, but=by.user_id)
    return closed
