"""Who acts on a statement: the pages of acts at the office say so before anything is typed."""

from collections.abc import Callable, Iterable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.enums import MandateAct
from accounts.http import ActingRequest
from core.deadlines import law_date
from core.rules import Refused, Violation
from registry.models import Statement
from registry.queries.acting import acting_violations
from registry.views.patentee.drafts import own

Page = Callable[[ActingRequest, UUID], HttpResponse]


def at_the_office(act: MandateAct = MandateAct.STATEMENTS) -> Callable[[Page], Page]:
    """Show in place of a page, to whoever may not do its act on this statement, why, and what to do instead."""

    def guard(view: Page) -> Page:
        @wraps(view)
        def guarded(request: ActingRequest, pk: UUID) -> HttpResponse:
            on = law_date(timezone.now())
            statement = own(request, pk, on)
            standing = acting_violations(request.actor, statement, on=on, act=act)
            if standing:
                return _not_theirs(request, statement, standing)
            try:
                return view(request, pk)
            except Refused as refused:
                return _not_theirs(request, statement, refused.violations)

        return guarded

    return guard


def _not_theirs(request: ActingRequest, statement: Statement, violations: Iterable[Violation]) -> HttpResponse:
    return render(request, "registry/patentee/not_theirs.html", {"statement": statement, "found": violations})
