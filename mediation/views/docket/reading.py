"""Finding a case for a mediator; for anybody else it is not there."""

from datetime import datetime
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.http import ActingRequest
from core.deadlines import law_date
from mediation.models import Case
from mediation.permissions import Standing, standing
from mediation.queries.cases import docket


def find(request: ActingRequest, pk: UUID, *allowed: Standing) -> tuple[Case, Standing, datetime]:
    """Return the case, the mediator's standing (assigned, or at the desk) and the time of the request.

    Raises:
        Http404: there is no such case for this mediator, or they stand otherwise towards it.
    """
    at = timezone.now()
    case = get_object_or_404(docket(request.actor), pk=pk)
    where = standing(request.actor, case, on=law_date(at))
    if where is None or (allowed and where not in allowed):
        raise Http404
    return case, where, at
