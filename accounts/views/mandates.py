"""Mandates given and held."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.mandates import grant_mandate, revoke_mandate
from accounts.forms.mandates import MandateForm
from accounts.forms.refusals import show_refusal
from accounts.http import ActingRequest
from accounts.permissions import requires, signed_in
from accounts.queries import mandates_of
from accounts.roles import Role
from accounts.views.organisations import acting_organisation
from core import storage
from core.rules import Refused


@signed_in
@require_safe
def mandates(request: ActingRequest) -> HttpResponse:
    """List the mandates the organisation gave and holds."""
    organisation = acting_organisation(request)
    listed = mandates_of(organisation.pk)
    context = {"mandates": listed, "organisation": organisation, "today": timezone.localdate()}
    return render(request, "accounts/mandates.html", context)


@requires(Role.PATENTEE, Role.ENTERPRISE)
@require_http_methods(["GET", "POST"])
def mandate_new(request: ActingRequest) -> HttpResponse:
    """Let an agency act for the organisation."""
    form = MandateForm(request.POST or None, request.FILES or None, initial={"since_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        upload = data.pop("document")
        at = timezone.now()
        try:
            grant_mandate(**data, upload=upload, by=request.actor, at=at)
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("The mandate is granted."))
            return redirect("accounts:mandates")
    return render(request, "accounts/mandate_form.html", {"form": form})


@signed_in
@require_http_methods(["GET", "POST"])
def mandate_revoke(request: ActingRequest, mandate_id: UUID) -> HttpResponse:
    """End a mandate at once, after one question."""
    open_ones = mandates_of(acting_organisation(request).pk).filter(revoked_at=None)
    mandate = get_object_or_404(open_ones, pk=mandate_id)
    if request.method == "POST":
        revoke_mandate(mandate, by=request.actor, at=timezone.now())
        messages.success(request, _("The mandate is revoked."))
        return redirect("accounts:mandates")
    return render(
        request,
        "accounts/mandate_revoke.html",
        {"mandate": mandate, "danger": True, "cancel_url": reverse("accounts:mandates")},
    )


@signed_in
@require_safe
def mandate_document(request: ActingRequest, mandate_id: UUID) -> HttpResponseBase:
    """Serve the power of attorney to principal and agency."""
    mandate = get_object_or_404(mandates_of(acting_organisation(request).pk), pk=mandate_id)
    if mandate.document is None:
        raise Http404
    return storage.respond(mandate.document)
