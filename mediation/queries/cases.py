"""Cases as one reader may see them."""

from datetime import date, datetime
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import F, Q, QuerySet, When

from accounts.models import Appointment, Membership, User
from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import Actor
from mediation.enums import OPEN_STATUSES, CaseStatus
from mediation.models import Case, MediatorAssignment
from mediation.permissions import assigned_scope, desk_scope, docket_scope, party_scope

_RELATED = ("statement__patent", "license", "applicant", "respondent", "applicant_agency", "respondent_agency")

# The day by which somebody must act, whatever the stage.
DUE_ON = When_(
    When(status=CaseStatus.REQUESTED, then=F("admission_due_on")),
    When(status=CaseStatus.ASKED, then=F("reply_due_on")),
    When(status=CaseStatus.IN_MEDIATION, then=F("ends_due_on")),
)


def party_cases(actor: Actor, at: datetime) -> QuerySet[Case]:
    """Return the cases of the actor's organisation with ``due_on``, newest first. Discarded drafts are left out."""
    return (
        Case.objects.filter(party_scope(actor, on=law_date(at)))
        .exclude(status=CaseStatus.DISCARDED)
        .annotate(due_on=DUE_ON)
        .select_related(*_RELATED)
        .order_by("-created_at")
    )


def docket(actor: Actor) -> QuerySet[Case]:
    """Return the mediator's docket with ``due_on``: what is due first comes first, closed cases last."""
    return (
        Case.objects.filter(docket_scope(actor))
        .annotate(due_on=DUE_ON)
        .select_related(*_RELATED)
        .order_by(F("due_on").asc(nulls_last=True), "-requested_at")
    )


def filtered_docket(
    actor: Actor, *, stage: str = "", subject: str = "", words: str = "", mine: bool = False
) -> QuerySet[Case]:
    """Return the docket narrowed by stage (a status, or ``closed``), subject, words in number or party, own cases."""
    cases = docket(actor)
    if stage == "closed":
        cases = cases.exclude(status__in=OPEN_STATUSES)
    elif stage:
        cases = cases.filter(status=stage)
    if subject:
        cases = cases.filter(subject=subject)
    if words:
        cases = cases.filter(
            Q(number__icontains=words) | Q(applicant__name__icontains=words) | Q(respondent__name__icontains=words)
        )
    if mine:
        cases = cases.filter(assigned_scope(actor))
    return cases


def waiting_at_desk(actor: Actor) -> QuerySet[Case]:
    """Return the open cases without a mediator that this mediator could take."""
    return Case.objects.filter(desk_scope(actor))


def current_mediators(case: Case) -> list[User]:
    """Return the mediators of the case, in the order of their assignment."""
    rows = MediatorAssignment.objects.filter(case=case, recused_at=None).select_related("mediator")
    return [row.mediator for row in rows.order_by("assigned_at", "id")]


def overdue_ids(on: date) -> list[UUID]:
    """Return the cases whose silence has a stated result: no answer in time, or no end in time."""
    silent = Q(status=CaseStatus.ASKED, reply_due_on__lt=on)
    late = Q(status=CaseStatus.IN_MEDIATION, ends_due_on__lt=on)
    return list(Case.objects.filter(silent | late).order_by("requested_at").values_list("pk", flat=True))


def eligible_mediators(case: Case) -> QuerySet[User]:
    """Return who could be assigned to the case: appointed, without ties to it, never assigned to it before."""
    parties = [case.applicant_id, case.respondent_id, case.applicant_agency_id, case.respondent_agency_id]
    tied = Membership.objects.filter(organisation_id__in=[pk for pk in parties if pk]).values("user_id")
    known = MediatorAssignment.objects.filter(case=case).values("mediator_id")
    appointed = Appointment.objects.filter(role=Role.MEDIATOR, ended_at=None).values("user_id")
    people = User.objects.filter(pk__in=appointed, is_active=True).exclude(pk__in=tied).exclude(pk__in=known)
    return people.order_by("full_name", "pk")
