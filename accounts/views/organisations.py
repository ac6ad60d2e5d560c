"""The organisation that somebody acts for: registering it, its details."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.acting import switch_acting
from accounts.actions.organisations import change_contact, register_organisation
from accounts.forms.organisations import ContactForm, OrganisationForm
from accounts.forms.refusals import show_refusal
from accounts.http import ActingRequest
from accounts.identity import verifier
from accounts.models import Organisation
from accounts.permissions import signed_in
from accounts.queries import is_manager, masked_identity, members_of, open_invitations
from core.rules import Refused


def acting_organisation(request: ActingRequest) -> Organisation:
    """Return the organisation that the reader acts for.

    Raises:
        Http404: the reader acts for none.
    """
    organisation = Organisation.objects.filter(pk=request.actor.organisation_id).first()
    if organisation is None:
        raise Http404
    return organisation


def managed_organisation(request: ActingRequest) -> Organisation:
    """Return the organisation that the reader acts for and whose members they manage.

    Raises:
        Http404: there is none.
    """
    organisation = acting_organisation(request)
    if not is_manager(request.actor, organisation.pk):
        raise Http404
    return organisation


@signed_in
@require_safe
def organisation(request: ActingRequest) -> HttpResponse:
    """Details, members and open invitations; whoever belongs to none yet is led to registering one."""
    if request.actor.organisation_id is None:
        return redirect("accounts:organisation_new")
    shown = acting_organisation(request)
    context = {
        "organisation": shown,
        "identity_number": masked_identity(shown),
        "members": members_of(shown),
        "invitations": open_invitations(shown),
        "manages": is_manager(request.actor, shown.pk),
        "now": timezone.now(),
        "explanation": verifier().explanation,
    }
    return render(request, "accounts/organisation.html", context)


@signed_in
@require_http_methods(["GET", "POST"])
def organisation_new(request: ActingRequest) -> HttpResponse:
    """Register an organisation and act for it from then on."""
    form = OrganisationForm(request.POST or None, initial={"contact_email": request.user.email})
    if request.method == "POST" and form.is_valid():
        try:
            made = register_organisation(form.details(), by=request.actor, at=timezone.now())
        except Refused as refused:
            show_refusal(form, refused)
        else:
            switch_acting(request.session, request.user, made.pk)
            messages.success(request, _("The organisation is registered. You now act for it."))
            return redirect("accounts:organisation")
    return render(request, "accounts/organisation_form.html", {"form": form, "explanation": verifier().explanation})


@signed_in
@require_http_methods(["GET", "POST"])
def organisation_contact(request: ActingRequest) -> HttpResponse:
    """Change how the organisation is reached."""
    shown = managed_organisation(request)
    names = list(ContactForm.base_fields)
    form = ContactForm(request.POST or None, initial={name: getattr(shown, name) for name in names})
    if request.method == "POST" and form.is_valid():
        change_contact(shown, **form.cleaned_data, by=request.actor, at=timezone.now())
        messages.success(request, _("The contact details are changed."))
        return redirect("accounts:organisation")
    return render(request, "accounts/organisation_contact.html", {"form": form, "organisation": shown})
