"""Choosing for whom one acts."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.acting import switch_acting
from accounts.permissions import signed_in
from accounts.queries import current_appointments, current_memberships


@signed_in
@require_http_methods(["GET", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """Show every capacity the person has, and change to one."""
    if request.method == "POST":
        if not switch_acting(request.session, request.user, _chosen(request.POST.get("capacity", ""))):
            raise Http404
        messages.success(request, _("You now act in the capacity shown at the top of each page."))
        return redirect("workbench")
    return render(
        request,
        "accounts/acting.html",
        {
            "memberships": current_memberships(request.user),
            "appointments": current_appointments(request.user),
        },
    )


def _chosen(text: str) -> UUID | None:
    if text == "office":
        return None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
