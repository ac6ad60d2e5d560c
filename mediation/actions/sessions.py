"""Sessions: arranged jointly or with one side, held, put on record for those who were invited."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.deadlines import law_date
from core.legal import M590, PRACTICE
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Severity, Violation
from core.transitions import lock
from mediation import notifications
from mediation.enums import Audience, CaseStatus, SessionMode, Side
from mediation.models import Case, Session, SessionRecord
from mediation.permissions import Standing, require


@transaction.atomic
def schedule_session(
    *, case: Case, audience: Audience, mode: SessionMode, scheduled_at: datetime, place: str, by: Actor, at: datetime
) -> Session:
    """Arrange a session and invite whom it is for. The other side does not learn of a separate session.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        IllegalStep: the case is not in mediation.
        Refused: the time is past.
    """
    locked = _in_mediation(case, "schedule_session", by, at)
    if scheduled_at <= at:
        raise Refused([_past()])
    session = Session.objects.create(
        case=locked,
        audience=audience,
        mode=mode,
        scheduled_at=scheduled_at,
        place=place,
        scheduled_by_id=by.person_id,
        created_at=at,
    )
    _record("schedule_session", session, by, at)
    _tell(session, "session", by, at)
    return session


@transaction.atomic
def cancel_session(*, case: Case, session_id: UUID, by: Actor, at: datetime) -> Session:
    """Cancel a session that was not held.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        Session.DoesNotExist: there is no such session, or it was canceled or held.
        IllegalStep: the case is not in mediation.
    """
    locked = _in_mediation(case, "cancel_session", by, at)
    session = Session.objects.select_for_update(of=("self",)).get(
        pk=session_id, case=locked, canceled_at=None, record=None
    )
    session.canceled_at = at
    session.save(update_fields=["canceled_at"])
    _record("cancel_session", session, by, at)
    _tell(session, "session-canceled", by, at)
    return session


@transaction.atomic
def record_session(
    *,
    case: Case,
    session_id: UUID,
    applicant_attended: bool,
    respondent_attended: bool,
    attendees: str,
    minutes: str,
    by: Actor,
    at: datetime,
) -> SessionRecord:
    """Put minutes and attendance on record, for the readers of the session alone. They are never changed.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        Session.DoesNotExist: there is no such session, or it was canceled or recorded already.
        IllegalStep: the case is not in mediation.
        Refused: the session lies ahead.
    """
    locked = _in_mediation(case, "record_session", by, at)
    session = Session.objects.select_for_update(of=("self",)).get(
        pk=session_id, case=locked, canceled_at=None, record=None
    )
    if session.scheduled_at > at:
        raise Refused([_ahead()])
    record = SessionRecord.objects.create(
        session=session,
        applicant_attended=applicant_attended,
        respondent_attended=respondent_attended,
        attendees=attendees,
        minutes=minutes,
        recorded_by_id=by.person_id,
        recorded_at=at,
    )
    _record("record_session", session, by, at)
    _tell(session, "minutes", by, at)
    return record


def _in_mediation(case: Case, act: str, by: Actor, at: datetime) -> Case:
    locked = lock(case)
    require(by, locked, Standing.MEDIATOR, on=law_date(at))
    if locked.status != CaseStatus.IN_MEDIATION:
        raise IllegalStep("case", act, locked.status)
    return locked


def _record(event: str, session: Session, by: Actor, at: datetime) -> None:
    data = {"case": str(session.case_id), "separate": session.readers.confidential}
    audit.record(event, session, by=by, at=at, basis=(M590(3),), data=data)


def _tell(session: Session, code: str, by: Actor, at: datetime) -> None:
    notifications.tell_readers(
        session.case, session.readers, code, at=at, about=session.pk, author=Side.MEDIATOR, author_id=by.person_id
    )


def _past() -> Violation:
    return Violation(
        "S1",
        _("Time of a session"),
        Severity.DEFECT,
        (PRACTICE("sessions of a mediation"),),
        _("The time of the session is past."),
        _("Choose a later time."),
        "scheduled_at",
    )


def _ahead() -> Violation:
    return Violation(
        "S2",
        _("Minutes of a session"),
        Severity.DEFECT,
        (PRACTICE("sessions of a mediation"),),
        _("The session has not begun yet, so there is nothing to record."),
        _("Write the minutes after the session, or cancel it."),
        "minutes",
    )
