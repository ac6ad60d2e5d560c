"""Pages that belong to no single app: home, workbench, health."""

from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import ActingRequest
from accounts.identity import verifier
from accounts.models import Organisation
from accounts.permissions import public, signed_in
from config.workbench import hint, next_steps, work_items
from registry.queries.public import front_page
from registry.views.public.cards import cards


@public
@require_safe
def home(request: ActingRequest) -> HttpResponse:
    """The public front page: the search box and the newest announcements."""
    at = timezone.now()
    front = front_page()
    return render(request, "home.html", {"front": front, "cards": cards(front.newest, at=at)})


@signed_in
@require_safe
def workbench(request: ActingRequest) -> HttpResponse:
    """What waits for the person who signed in, by the organisation or office they act for."""
    actor = request.actor
    at = timezone.now()
    dated, undated = work_items(actor, at)
    context = {
        "capacity": actor.organisation_name or (_("The office") if actor.is_office else ""),
        "organisation": Organisation.objects.filter(pk=actor.organisation_id).first(),
        "explanation": verifier().explanation,
        "dated": dated,
        "undated": undated,
        "hint": hint(actor),
        "next_steps": next_steps(actor),
        "today": timezone.localdate(at),
    }
    return render(request, "workbench.html", context)


@public
@require_safe
def health(request: ActingRequest) -> JsonResponse:
    """Whether this process can serve: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
