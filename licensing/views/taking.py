"""From the public statement to the notice: read the terms, write and sign the notice."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.models import Organisation
from accounts.permissions import signed_in
from accounts.roles import Role
from core.rules import Refused
from licensing.actions.noticing import serve_notice
from licensing.enums import NoticeStatus
from licensing.forms.taking import NoticeForm
from licensing.models import Notice
from licensing.queries.checks import taking_violations
from licensing.queries.terms import rows_of, terms_hash_of, terms_of
from licensing.rules.terms import effective_on_notice, fee_of
from licensing.views.objects import public_statement
from registry.fees.terms import due_at_start
from registry.models import Statement


def steps() -> list[str]:
    """Return the steps from statement to license."""
    return [_("Terms"), _("Notice"), _("Payment")]


def _page(statement: Statement, at: datetime) -> dict:
    terms = terms_of(statement)
    return {
        "statement": statement,
        "steps": steps(),
        "terms": rows_of(terms),
        "terms_hash": terms_hash_of(statement),
        "due": due_at_start(fee_of(terms)),
        "at_once": effective_on_notice(terms, on=at.date()),
    }


def _licensee(request: ActingRequest) -> Organisation:
    """Return the organisation that would take the license; office staff and agencies have no such page.

    One that is not verified yet has no role, and is told so by rule T2 instead of finding nothing.
    """
    actor = request.actor
    if actor.organisation_id is None or (actor.roles and Role.ENTERPRISE not in actor.roles):
        raise Http404
    return Organisation.objects.get(pk=actor.organisation_id)


def _waiting(statement: Statement, licensee: Organisation) -> Notice | None:
    """Return the licensee's notice on this statement that waits for its payment."""
    return statement.notices.filter(licensee=licensee, status=NoticeStatus.WAITING).first()


@signed_in
def accept(request: ActingRequest, number: str) -> HttpResponse:
    """Step 1: the exact terms, what is due now, and what the law says about taking them."""
    at = timezone.now()
    statement = public_statement(number)
    licensee = _licensee(request)
    waiting = _waiting(statement, licensee)
    if waiting is not None:
        return redirect("licensing:notice", waiting.pk)
    violations = taking_violations(statement, licensee, at=at)
    context = {
        **_page(statement, at),
        "violations": violations,
        "ready": not any(violation.blocks for violation in violations),
        "at": at,
    }
    return render(request, "licensing/accept.html", context)


def _preview(request: ActingRequest, context: dict) -> HttpResponse:
    """Show the notice as it will be served; one that would be refused goes back to its writer at once."""
    start = context["text"].intended_start_on
    found = taking_violations(context["statement"], context["licensee"], at=context["at"], intended_start_on=start)
    if any(violation.blocks for violation in found):
        return render(request, "licensing/sign.html", {**context, "violations": found})
    return render(request, "licensing/sign_check.html", context)


@signed_in
def sign(request: ActingRequest, number: str) -> HttpResponse:
    """Step 2: write the notice, read it as it will be served, sign it. Nothing typed is lost on the way."""
    at = timezone.now()
    statement = public_statement(number)
    licensee = _licensee(request)
    waiting = _waiting(statement, licensee)
    if waiting is not None:
        # Sent twice, or from a second window: the first notice stands, and the page of its payment says what is next.
        messages.info(request, _("Your notice on this statement is already served and waits for payment."))
        return redirect("licensing:notice", waiting.pk)
    form = NoticeForm(request.POST) if request.method == "POST" else NoticeForm.starting_with(licensee)
    context = {**_page(statement, at), "licensee": licensee, "form": form, "violations": [], "at": at}
    if request.method != "POST" or not form.is_valid() or "edit" in request.POST:
        return render(request, "licensing/sign.html", context)
    context["text"] = form.text()
    if "serve" not in request.POST:
        return _preview(request, context)
    try:
        notice = serve_notice(
            statement_id=statement.pk,
            text=form.text(),
            terms_read=request.POST.get("terms_read", ""),
            by=request.actor,
            at=at,
        )
    except Refused as refused:
        return render(request, "licensing/sign.html", {**context, "violations": refused.violations})
    if notice.status == NoticeStatus.COMPLETED:
        return redirect("licensing:license", notice.license.pk)
    return redirect("licensing:notice", notice.pk)
