"""Who acts on a statement: the pages of acts at the office say so before anything is typed."""

from collections.abc import Callable, Iterable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MandateAct
from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import IllegalStep
from core.rules import Refused, Violation
from registry.actions.representing import BASIS, name_agency
from registry.enums import PENDING_STATUSES
from registry.forms.representing import NameAgencyForm
from registry.models import Statement
from registry.queries.acting import acting_violations, agencies_to_name
from registry.views.patentee.drafts import moved_on, own

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


@requires(Role.PATENTEE)
def statement_agency(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The patentee names the agency that acts on its statement from now on, or acts without one."""
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    if statement.status not in PENDING_STATUSES:
        return moved_on(request, statement)
    agencies, alone = agencies_to_name(statement, on=law_date(at))
    posted = request.POST if request.method == "POST" else None
    form = NameAgencyForm(posted, agencies=agencies, may_act_alone=alone)
    refused: Iterable[Violation] = ()
    if posted is not None and form.is_valid():
        try:
            name_agency(statement=statement, agency_id=form.cleaned_data["agency"], by=request.actor, at=at)
        except Refused as error:
            refused = error.violations
        except IllegalStep:
            return moved_on(request, statement)
        else:
            messages.success(request, _("It is settled who acts on the statement. The agencies are told."))
            return redirect("registry:draft", pk)
    context = {
        "statement": statement,
        "form": form,
        "refused": refused,
        "basis": BASIS,
        "choices": bool(agencies) or alone,
    }
    return render(request, "registry/patentee/agency.html", context)
