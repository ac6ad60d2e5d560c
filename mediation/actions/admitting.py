"""The decision on a request: admitted with its mediators, or not admitted on a ground of Article 8 (M590 7-8)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused, Severity, Violation
from core.transitions import advance, lock
from mediation import notifications
from mediation.actions.assigning import assign_mediators
from mediation.enums import ClosingGround, DeclineGround, Side
from mediation.models import Case
from mediation.permissions import Standing, require
from mediation.rules.admission import DECLINE_GROUNDS
from mediation.rules.clocks import reply_due


@transaction.atomic
def admit(*, case: Case, mediator_ids: Iterable[UUID], by: Actor, at: datetime) -> Case:
    """Admit a request, assign one mediator or three, and ask the respondent to answer within 15 days.

    Raises:
        Case.DoesNotExist: the request is not before this mediator.
        Refused: a chosen mediator may not mediate it, or they are neither one nor three.
        IllegalStep: it has been decided on already.
    """
    today = law_date(at)
    locked = lock(case)
    require(by, locked, Standing.DESK, Standing.MEDIATOR, on=today)
    locked.lifecycle.step("admit", locked.status, by.roles)
    assign_mediators(case=locked, mediator_ids=mediator_ids, by=by, at=at)
    due_on = reply_due(today)
    admitted = advance(
        locked,
        "admit",
        by=by,
        at=at,
        fields={"decided_by_id": by.user_id, "decided_at": at, "reply_due_on": due_on},
    )
    notifications.tell_side(admitted, Side.APPLICANT, "admitted", at=at, due_on=due_on)
    notifications.tell_side(admitted, Side.RESPONDENT, "asked", at=at, due_on=due_on)
    return admitted


@transaction.atomic
def decline(*, case: Case, ground: DeclineGround, reasons: str, by: Actor, at: datetime) -> Case:
    """Do not admit a request, on a ground of Article 8 and with reasons. The respondent never hears of it.

    Raises:
        Case.DoesNotExist: the request is not before this mediator.
        Refused: no reasons are given.
        IllegalStep: it has been decided on already.
    """
    locked = lock(case)
    require(by, locked, Standing.DESK, Standing.MEDIATOR, on=law_date(at))
    locked.lifecycle.step("decline", locked.status, by.roles)
    basis = DECLINE_GROUNDS[DeclineGround(ground)]
    if not reasons.strip():
        raise Refused(
            [
                Violation(
                    "M12",
                    _("Reasons of a refusal"),
                    Severity.DEFECT,
                    (basis,),
                    _("A refusal states its reasons."),
                    _("Say which fact makes the ground hold."),
                    "reasons",
                )
            ]
        )
    declined = advance(
        locked,
        "decline",
        by=by,
        at=at,
        fields={
            "decided_by_id": by.user_id,
            "decided_at": at,
            "decline_ground": ground,
            "decision_reasons": reasons,
            "closed_at": at,
            "closing_ground": ClosingGround.NOT_ADMITTED,
        },
        data={"ground": str(ground)},
    )
    notifications.tell_side(declined, Side.APPLICANT, "not-admitted", at=at)
    return declined
