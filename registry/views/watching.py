"""What an organisation watches: the list, and the buttons on public pages."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from registry.actions.watching import unwatch, watch
from registry.models import Patent
from registry.queries.acceptance import acceptance_of
from registry.queries.public import public_statements, with_facts
from registry.queries.watching import watches_of

PER_PAGE = 25
WATCHERS = (Role.PATENTEE, Role.ENTERPRISE, Role.AGENCY)


@requires(*WATCHERS)
@require_safe
def watched(request: ActingRequest) -> HttpResponse:
    """Everything the organisation watches, with what can be accepted now."""
    at = timezone.now()
    page = Paginator(watches_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    wanted = [item.statement_id for item in page if item.statement_id]
    announced = with_facts(public_statements().filter(pk__in=wanted))
    found = {statement.pk: acceptance_of(statement, at=at) for statement in announced}
    rows = [{"watch": item, "acceptance": found.get(item.statement_id)} for item in page]
    return render(request, "registry/public/watched.html", {"page": page, "rows": rows})


@requires(*WATCHERS)
@require_POST
def statement_watch(request: ActingRequest, number: str) -> HttpResponse:
    """Watch a statement that was announced."""
    if not number.isalnum():
        raise Http404
    statement = get_object_or_404(public_statements(), number=number)
    watch(thing=statement, by=request.actor, at=timezone.now())
    messages.success(request, _("You watch this statement and are told when the register changes it."))
    return redirect("registry:statement", number)


@requires(*WATCHERS)
@require_POST
def patent_watch(request: ActingRequest, number: str) -> HttpResponse:
    """Watch a patent of the register."""
    patent = get_object_or_404(Patent, number=number)
    watch(thing=patent, by=request.actor, at=timezone.now())
    messages.success(request, _("You watch this patent and are told of every new entry in the register."))
    return redirect("registry:patent", number)


@requires(*WATCHERS)
@require_POST
def watch_end(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Stop watching; the way back is where one came from: the page of the thing, or the list."""
    found = get_object_or_404(watches_of(request.actor), pk=pk)
    unwatch(watch=found, by=request.actor, at=timezone.now())
    messages.success(request, _("You no longer watch it."))
    if request.POST.get("back") == "list":
        return redirect("registry:watched")
    if found.statement:
        return redirect("registry:statement", found.statement.number)
    return redirect("registry:patent", found.patent.number)
