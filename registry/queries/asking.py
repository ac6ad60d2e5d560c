"""Who was asked for a consent here and can still answer: patentees on a withdrawal, pledgees on a statement."""

from datetime import date

from django.db.models import Q, QuerySet

from accounts.enums import Verification
from accounts.models import Organisation
from core.lifecycle import Actor
from registry.enums import EDITABLE_STATUSES, PENDING_STATUSES, EndingStatus
from registry.models import Ending, Pledge, Statement


def withdrawals_wanted(actor: Actor) -> QuerySet[Ending]:
    """Return the requests for withdrawal that wait for this actor's organisation, as a patentee."""
    if actor.organisation_id is None:
        return Ending.objects.none()
    own = Q(statement__patent__ownerships__patentee__organisation_id=actor.organisation_id)
    return (
        Ending.objects.select_related("statement__patent", "statement__filed_by", "statement__agency")
        .filter(own, status=EndingStatus.PREPARED)
        .exclude(statement__filed_by_id=actor.organisation_id, statement__agency=None)
        .distinct()
    )


def standing_pledges(statement: Statement, *, on: date) -> QuerySet[Pledge]:
    """Return the pledges that hold on that day and whose pledgees have not consented."""
    holding = Q(released_on=None) | Q(released_on__gt=on)
    return statement.patent.pledges.filter(holding, since_on__lte=on, consented_on=None).order_by("since_on", "pk")


def pledgees_here(statement: Statement, *, on: date) -> QuerySet[Organisation]:
    """Return the organisations that sign in here under the exact name of such a pledgee."""
    names = standing_pledges(statement, on=on).values("pledgee")
    return Organisation.objects.filter(name__in=names, verification=Verification.VERIFIED).order_by("name")


def pledge_consents_wanted(actor: Actor, *, on: date) -> QuerySet[Statement]:
    """Return the statements on whose patents this actor's organisation holds a pledge and was asked for its consent."""
    if not actor.roles or not actor.organisation_name:
        return Statement.objects.none()
    holding = Pledge.objects.filter(
        Q(released_on=None) | Q(released_on__gt=on),
        since_on__lte=on,
        consented_on=None,
        pledgee=actor.organisation_name,
    )
    return Statement.objects.select_related("patent", "filed_by", "agency").filter(
        patent__in=holding.values("patent_id"),
        status__in={*EDITABLE_STATUSES, *PENDING_STATUSES},
        pledgees_asked_at__isnull=False,
    )
