"""Who sees what in a case: the only home of confidentiality.

Every page, file, list, count, notice and API answer about a case goes through these functions. They know four ways to
stand towards a case; to everybody else it does not exist. What a reader may see follows from that alone:
:data:`READABLE` names the audiences, and queries filter by them.
"""

from datetime import date
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from accounts.enums import MandateAct
from accounts.models import Membership
from accounts.queries import mandates_in_force
from accounts.roles import Role
from core.lifecycle import Actor
from mediation.enums import OPEN_STATUSES, UNSENT_STATUSES, Audience, CaseStatus, Side
from mediation.models import Case, MediatorAssignment


class Standing(StrEnum):
    """How an actor stands towards a case."""

    APPLICANT = "applicant"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"  # assigned to it and not stepped down
    DESK = "desk"  # a mediator before whom a request lies that nobody has been assigned to

    @property
    def side(self) -> Side:
        """The side whose papers and acts are this actor's. Raises ValueError at the desk, which has none."""
        return Side(self.value)


READABLE: dict[Standing, frozenset[Audience]] = {
    Standing.APPLICANT: frozenset({Audience.JOINT, Audience.APPLICANT}),
    Standing.RESPONDENT: frozenset({Audience.JOINT, Audience.RESPONDENT}),
    Standing.MEDIATOR: frozenset(Audience),
    Standing.DESK: frozenset({Audience.JOINT}),
}

# The respondent hears of a case when it is admitted, never before.
SERVED = Q(decided_at__isnull=False) & ~Q(status=CaseStatus.NOT_ADMITTED)


def party_scope(actor: Actor, *, on: date) -> Q:
    """Return the cases that an organisation sees: its own, and those in which it was named as a side's agency."""
    return _applicant_scope(actor, on) | _respondent_scope(actor, on)


def _applicant_scope(actor: Actor, on: date) -> Q:
    own = actor.organisation_id
    if own is None:
        return Q(pk__in=[])
    return Q(applicant_id=own) | Q(applicant_agency_id=own, applicant_id__in=_principals(actor, on))


def _respondent_scope(actor: Actor, on: date) -> Q:
    own = actor.organisation_id
    if own is None:
        return Q(pk__in=[])
    return (Q(respondent_id=own) | Q(respondent_agency_id=own, respondent_id__in=_principals(actor, on))) & SERVED


def _principals(actor: Actor, on: date) -> list:
    if Role.AGENCY not in actor.roles or actor.organisation_id is None:
        return []
    mandates = mandates_in_force(actor.organisation_id, on=on, act=MandateAct.MEDIATION)
    return list(mandates.values_list("principal_id", flat=True))


def docket_scope(actor: Actor) -> Q:
    """Return the cases that a mediator sees: those assigned to them, and open ones that wait for a mediator."""
    return assigned_scope(actor) | desk_scope(actor)


def assigned_scope(actor: Actor) -> Q:
    """Return the cases a mediator is assigned to, without those of an organisation they belong or belonged to."""
    if Role.MEDIATOR not in actor.roles or actor.user_id is None:
        return Q(pk__in=[])
    return Exists(_assignments(actor).filter(recused_at=None)) & ~_ties(actor) & ~Q(status__in=UNSENT_STATUSES)


def desk_scope(actor: Actor) -> Q:
    """Return the open cases without a mediator that this mediator could take: no ties, not stepped down."""
    if Role.MEDIATOR not in actor.roles or actor.user_id is None:
        return Q(pk__in=[])
    taken = Exists(MediatorAssignment.objects.filter(case=OuterRef("pk"), recused_at=None))
    return Q(status__in=OPEN_STATUSES) & ~taken & ~_ties(actor) & ~Exists(_assignments(actor))


def _assignments(actor: Actor):
    return MediatorAssignment.objects.filter(case=OuterRef("pk"), mediator_id=actor.user_id)


def _ties(actor: Actor) -> Exists:
    """Return whether the person is or was a member of a party or of its agency."""
    return Exists(
        Membership.objects.filter(user_id=actor.user_id).filter(
            Q(organisation_id=OuterRef("applicant_id"))
            | Q(organisation_id=OuterRef("respondent_id"))
            | Q(organisation_id=OuterRef("applicant_agency_id"))
            | Q(organisation_id=OuterRef("respondent_agency_id"))
        )
    )


def standing(actor: Actor, case: Case, *, on: date) -> Standing | None:
    """Return how the actor stands towards the case now, or None: then it does not exist for them."""
    mine = Case.objects.filter(pk=case.pk)
    scopes = (
        (Standing.APPLICANT, _applicant_scope(actor, on)),
        (Standing.RESPONDENT, _respondent_scope(actor, on)),
        (Standing.MEDIATOR, assigned_scope(actor)),
        (Standing.DESK, desk_scope(actor)),
    )
    return next((found for found, scope in scopes if mine.filter(scope).exists()), None)


def require(actor: Actor, case: Case, *allowed: Standing, on: date) -> Standing:
    """Return the actor's standing if it is one of these.

    Raises:
        Case.DoesNotExist: it is not; the same as for a case that is not there.
    """
    found = standing(actor, case, on=on)
    if found not in allowed or found is None:
        raise Case.DoesNotExist
    return found
