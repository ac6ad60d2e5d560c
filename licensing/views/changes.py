"""Having the record of a license changed: the request of a side, and its proof."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from core.lifecycle import IllegalStep
from core.rules import Refused
from core.storage import respond
from licensing.actions.changing import request_change, take_back_change
from licensing.enums import ChangeStatus, FilingStatus
from licensing.forms.filing import ChangeForm
from licensing.queries.changes import recorded_names, register_names
from licensing.views.objects import SIDES, seen_filing


@requires(*SIDES)
def filing_change(request: ActingRequest, pk: UUID) -> HttpResponse:
    """What the record says, what the register says, and the request to have a name changed."""
    at = timezone.now()
    found, _standing = seen_filing(request, pk, law_date(at))
    if found.status != FilingStatus.RECORDED:
        raise Http404
    form = ChangeForm(request.POST or None, request.FILES or None)
    violations: list = []
    if request.method == "POST" and form.is_valid():
        try:
            request_change(filing_id=found.pk, by=request.actor, at=at, **form.cleaned_data)
        except Refused as refused:
            violations = list(refused.violations)
        except IllegalStep:
            messages.error(request, _("The record cannot be changed now."))
            return redirect("licensing:filing", pk)
        else:
            messages.success(request, _("The office decides on the change; both sides are told."))
            return redirect("licensing:filing", pk)
    names = {item.label: name for item, name in recorded_names(found).items()}
    context = {
        "filing": found,
        "form": form,
        "violations": violations,
        "names": names,
        "register": register_names(found),
    }
    return render(request, "licensing/filing_change.html", context, status=422 if violations else 200)


@requires(*SIDES)
def change_take_back(request: ActingRequest, pk: UUID, change_pk: UUID) -> HttpResponse:
    """Ask once, then take the request back."""
    at = timezone.now()
    found, standing = seen_filing(request, pk, law_date(at))
    own = found.changes.filter(applicant_id=standing.organisation_id, status=ChangeStatus.REQUESTED)
    change = get_object_or_404(own, pk=change_pk)
    if request.method == "POST":
        try:
            take_back_change(change_id=change.pk, by=request.actor, at=at)
        except IllegalStep:
            messages.error(request, _("The request can no longer be taken back."))
        else:
            messages.success(request, _("The request is taken back; the record stays as it is."))
        return redirect("licensing:filing", pk)
    context = {
        "change": change,
        "filing": found,
        "danger": True,
        "cancel_url": reverse("licensing:filing", args=[pk]),
        "submit_label": pgettext("change of a filing", "Take the request back"),
    }
    return render(request, "licensing/change_take_back.html", context)


@requires(*SIDES)
def change_proof(request: ActingRequest, pk: UUID, change_pk: UUID) -> FileResponse:
    """The proof of a change, for the side that handed it in alone."""
    found, standing = seen_filing(request, pk, law_date(timezone.now()))
    own = found.changes.filter(applicant_id=standing.organisation_id).exclude(proof=None)
    return respond(get_object_or_404(own.select_related("proof"), pk=change_pk).proof)
