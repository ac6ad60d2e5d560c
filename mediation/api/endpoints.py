"""What the endpoints of a case have in common: they find it for its two sides, and say how it stands."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from rest_framework.response import Response

from accounts.api.endpoints import OwnEndpoint
from core.api.wire import answer as say
from core.deadlines import law_date
from mediation.api.data import case_data
from mediation.api.shapes import CaseSerializer
from mediation.models import Case
from mediation.permissions import Standing, standing
from mediation.queries.cases import party_cases

TAG = "mediation"


class CaseEndpoint(OwnEndpoint):
    """For the two sides of a case; for anybody else it is not there."""

    def case(self, pk: UUID, at: datetime, *allowed: Standing) -> tuple[Case, Standing]:
        """Return the case and the caller's standing, or 404."""
        found = get_object_or_404(party_cases(self.actor, at), pk=pk)
        where = standing(self.actor, found, on=law_date(at))
        if where is None or (allowed and where not in allowed):
            raise Http404
        return found, where

    def say_case(self, pk: UUID, at: datetime, *, status: int = 200) -> Response:
        """Answer with the case as the caller's side may know it now."""
        case, where = self.case(pk, at)
        return say(CaseSerializer, case_data(case, where), status=status)

    def act(self, pk: UUID, act: Callable[..., Any], *allowed: Standing, status: int = 200, **said: Any) -> Response:
        """Do one act in the case and say how it stands afterwards."""
        at = timezone.now()
        case, _where = self.case(pk, at, *allowed)
        act(case=case, by=self.actor, at=at, **said)
        return self.say_case(pk, at, status=status)
