"""Colleagues: inviting, joining, removing, leaving."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.acting import switch_acting
from accounts.actions.membership import (
    invitation_of,
    invite,
    redeem_invitation,
    remove_member,
    set_manager,
    withdraw_invitation,
)
from accounts.forms.members import InviteForm
from accounts.forms.refusals import show_refusal
from accounts.http import ActingRequest
from accounts.permissions import signed_in
from accounts.queries import is_manager, members_of, open_invitations
from accounts.views.organisations import acting_organisation, managed_organisation
from core.rules import Refused


@signed_in
@require_http_methods(["GET", "POST"])
def invitation_new(request: ActingRequest) -> HttpResponse:
    """Invite a colleague by e-mail."""
    organisation = managed_organisation(request)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite(organisation, email=form.cleaned_data["email"], by=request.actor, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("accounts:organisation")
    return render(request, "accounts/invite.html", {"form": form, "organisation": organisation})


@signed_in
@require_POST
def invitation_withdraw(request: ActingRequest, invitation_id: UUID) -> HttpResponse:
    """Make an open invitation useless."""
    invitation = get_object_or_404(open_invitations(managed_organisation(request)), pk=invitation_id)
    withdraw_invitation(invitation, by=request.actor, at=timezone.now())
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:organisation")


@signed_in
@require_http_methods(["GET", "POST"])
def join(request: ActingRequest, token: str) -> HttpResponse:
    """Accept an invitation, by the link from the e-mail."""
    invitation = invitation_of(token)
    if invitation is None:
        raise Http404
    violations = ()
    if request.method == "POST":
        try:
            redeem_invitation(invitation, by=request.actor, at=timezone.now())
        except Refused as refused:
            violations = refused.violations
        else:
            switch_acting(request.session, request.user, invitation.organisation_id)
            messages.success(request, _("Welcome. You now act for the organisation."))
            return redirect("accounts:organisation")
    return render(request, "accounts/join.html", {"invitation": invitation, "violations": violations})


@signed_in
@require_http_methods(["GET", "POST"])
def member_remove(request: ActingRequest, membership_id: UUID) -> HttpResponse:
    """Remove a colleague, or leave, after one question."""
    organisation = acting_organisation(request)
    membership = get_object_or_404(members_of(organisation), pk=membership_id)
    leaves = membership.user_id == request.user.pk
    if not leaves and not is_manager(request.actor, organisation.pk):
        raise Http404
    violations = ()
    if request.method == "POST":
        try:
            remove_member(membership, by=request.actor, at=timezone.now())
        except Refused as refused:
            violations = refused.violations
        else:
            messages.success(request, _("The membership has ended."))
            return redirect("workbench" if leaves else "accounts:organisation")
    context = {
        "membership": membership,
        "leaves": leaves,
        "violations": violations,
        "organisation": organisation,
        "danger": True,
        "cancel_url": reverse("accounts:organisation"),
    }
    return render(request, "accounts/member_remove.html", context)


@signed_in
@require_POST
def member_manager(request: ActingRequest, membership_id: UUID) -> HttpResponse:
    """Give or take the right to manage members."""
    membership = get_object_or_404(members_of(managed_organisation(request)), pk=membership_id)
    try:
        set_manager(membership, manages=request.POST.get("manages") == "yes", by=request.actor, at=timezone.now())
    except Refused as refused:
        for violation in refused.violations:
            messages.error(request, f"{violation.message} {violation.remedy}")
    return redirect("accounts:organisation")
