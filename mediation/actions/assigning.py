"""Who mediates: assignment, taking over, stepping down."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit
from core.deadlines import law_date
from core.legal import M590, PRACTICE, setting
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Severity, Violation
from core.transitions import lock
from mediation import notifications
from mediation.enums import CaseStatus, RecusalGround
from mediation.models import Case, MediatorAssignment
from mediation.permissions import Standing, require
from mediation.queries.facts import mediator_facts
from mediation.rules.recusal import MEDIATOR, lawful_number

_TOPIC = PRACTICE("recusal of mediators")


@transaction.atomic
def assign_mediators(*, case: Case, mediator_ids: Iterable[UUID], by: Actor, at: datetime) -> list[MediatorAssignment]:
    """Assign the mediators with whom a case begins: one or three.

    Raises:
        Case.DoesNotExist: the request is not before the actor.
        Refused: one of them may not mediate it, or they are neither one nor three.
    """
    today = law_date(at)
    require(by, case, Standing.DESK, Standing.MEDIATOR, on=today)
    chosen = list(dict.fromkeys(mediator_ids))
    violations = [
        found
        for user_id in chosen
        for found in MEDIATOR.check(mediator_facts(case, user_id, others=len(chosen) - 1), on=today)
    ]
    if not lawful_number(len(chosen), setting("mediators", on=today).numbers):
        violations.append(_wrong_number())
    if violations:
        raise Refused(violations)
    return [_assign(case, user_id, by, at) for user_id in chosen]


@transaction.atomic
def take_case(*, case: Case, by: Actor, at: datetime) -> MediatorAssignment:
    """Take an admitted case whose mediators have all stepped down.

    Raises:
        Case.DoesNotExist: the case is not open to this mediator.
        IllegalStep: the request has not been admitted yet; admission names the mediators.
        Refused: this person may not mediate it.
    """
    locked = lock(case)
    require(by, locked, Standing.DESK, on=law_date(at))
    if locked.status not in (CaseStatus.ASKED, CaseStatus.IN_MEDIATION):
        raise IllegalStep("case", "take", locked.status)
    assert by.user_id is not None  # nobody stands at the desk without being a person
    violations = MEDIATOR.check(mediator_facts(locked, by.user_id, others=0), on=law_date(at))
    if violations:
        raise Refused(violations)
    taken = _assign(locked, by.user_id, by, at)
    notifications.tell_parties(locked, "mediators", at=at, about=taken.pk)
    return taken


@transaction.atomic
def recuse(*, case: Case, ground: RecusalGround, by: Actor, at: datetime) -> MediatorAssignment:
    """Step down from a case. From then on it does not exist for this person any more.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        IllegalStep: the case is closed.
    """
    locked = lock(case)
    require(by, locked, Standing.MEDIATOR, on=law_date(at))
    if not locked.is_open:
        raise IllegalStep("case", "recuse", locked.status)
    mine = MediatorAssignment.objects.select_for_update().get(case=locked, mediator_id=by.person_id, recused_at=None)
    mine.recused_at = at
    mine.recusal_ground = RecusalGround(ground)
    mine.save(update_fields=["recused_at", "recusal_ground"])
    audit.record("recuse", locked, by=by, at=at, basis=(_TOPIC,), data={"assignment": str(mine.pk)})
    notifications.tell_parties(locked, "mediators", at=at, about=mine.pk)
    if not MediatorAssignment.objects.filter(case=locked, recused_at=None).exists():
        notifications.tell_desk(locked, "needs-mediator", at=at, about=mine.pk)
    return mine


def _assign(case: Case, user_id: UUID, by: Actor, at: datetime) -> MediatorAssignment:
    made = MediatorAssignment.objects.create(
        case=case, mediator_id=user_id, assigned_by_id=by.person_id, assigned_at=at
    )
    audit.record("assign_mediator", case, by=by, at=at, basis=(M590(3),), data={"assignment": str(made.pk)})
    if user_id != by.user_id:
        notifications.tell_mediator(case, user_id, "assigned", at=at)
    return made


def _wrong_number() -> Violation:
    return Violation(
        "R7",
        _("Number of mediators"),
        Severity.DEFECT,
        (PRACTICE("number of mediators"),),
        _("A case begins with one mediator, or with three."),
        _("Choose one mediator, or three for a complex case."),
        "mediators",
    )
