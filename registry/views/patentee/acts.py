"""What the filer does with a statement: check and send, cancel, discard, ask to withdraw, take the request back."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import MandateAct
from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.correcting import cancel, correct
from registry.actions.drafting import discard
from registry.actions.ending_requests import (
    add_withdrawal_consent,
    missing_consents,
    request_withdrawal,
    take_back,
)
from registry.actions.submitting import submit
from registry.enums import EDITABLE_STATUSES, EndingStatus, StatementStatus
from registry.forms.filing import WithdrawalConsentForm, WithdrawalForm
from registry.models import Statement
from registry.queries.acting import sending_violations
from registry.queries.content import content_hash
from registry.queries.progress import correction_missed, pending_withdrawal, turn_of
from registry.queries.versions import numbered, since_sent
from registry.rules import blocking
from registry.views.patentee.acting import at_the_office
from registry.views.patentee.drafts import moved_on, own
from registry.views.patentee.present import answers, by_weight


@requires(Role.PATENTEE, Role.AGENCY)
def statement_check(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Check your answers, then send: a draft is submitted, a correction goes back to its examiner."""
    at = timezone.now()
    on = law_date(at)
    statement = own(request, pk, on)
    missed = request.method != "POST" and correction_missed(statement, on=on)  # the act says so with its article
    if statement.status not in EDITABLE_STATUSES or missed:
        return moved_on(request, statement)
    violations = sending_violations(request.actor, statement, on=on)
    if request.method == "POST":
        send = submit if statement.status == StatementStatus.DRAFT else correct
        try:
            send(statement=statement, by=request.actor, at=at)
        except Refused as refused:
            violations = [*refused.violations, *(item for item in violations if not item.blocks)]
        except IllegalStep:
            return moved_on(request, statement)
        else:
            return redirect("registry:receipt", pk)
    context = {
        "statement": statement,
        "answers": answers(statement, violations, change=True),
        "ready": not blocking(violations),
        "content_hash": content_hash(statement),
        "since_sent": since_sent(statement),
        **by_weight(violations, statement),
    }
    return render(request, "registry/patentee/check.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
def receipt(request: ActingRequest, pk: UUID) -> HttpResponse:
    """What the office has received: number, and of each text its time, signature and hash; then what comes next."""
    on = law_date(timezone.now())
    statement = own(request, pk, on)
    if not statement.number:
        raise Http404
    context = {"statement": statement, "texts": numbered(statement), "turn": turn_of(statement, on=on)}
    return render(request, "registry/patentee/receipt.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
@at_the_office()
def statement_cancel(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then cancel a statement that is not announced yet."""
    return _confirmed(request, pk, "cancel", cancel, "registry/patentee/cancel.html", _("The statement is canceled."))


@requires(Role.PATENTEE, Role.AGENCY)
def statement_discard(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then discard a draft."""
    return _confirmed(request, pk, "discard", discard, "registry/patentee/discard.html", _("The draft is discarded."))


def _confirmed(
    request: ActingRequest, pk: UUID, event: str, act: Callable[..., Statement], template: str, said: str
) -> HttpResponse:
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    acts = {row.event for row in statement.lifecycle.events(statement.status, request.actor.roles)}
    if event not in acts:
        return moved_on(request, statement)
    if request.method == "POST":
        try:
            act(statement=statement, by=request.actor, at=at)
        except IllegalStep:
            return moved_on(request, statement)
        messages.success(request, said)
        return redirect("registry:my_statements")
    context = {"statement": statement, "cancel_url": reverse("registry:draft", args=[pk]), "danger": True}
    return render(request, template, context)


@requires(Role.PATENTEE, Role.AGENCY)
@at_the_office(MandateAct.WITHDRAWALS)
def statement_withdraw(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask the office to announce the withdrawal of an announced statement."""
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    if statement.status != StatementStatus.ANNOUNCED:
        return moved_on(request, statement)
    form = WithdrawalForm(request.POST or None, request.FILES or None)
    refused: tuple = ()
    if request.method == "POST" and form.is_valid():
        try:
            ending = request_withdrawal(
                statement=statement,
                grounds=form.cleaned_data["grounds"],
                unconditional=form.cleaned_data["unconditional"],
                papers=form.papers(),
                by=request.actor,
                at=at,
            )
        except Refused as error:
            refused = error.violations
        except IllegalStep:
            return moved_on(request, statement)
        else:
            received = ending.status == EndingStatus.REQUESTED
            asked = _("The other patentees were asked; with the last consent the request goes to the office.")
            messages.success(request, _("The office has received the request for withdrawal.") if received else asked)
            return redirect("registry:draft", pk)
    found = [
        {"message": item.message, "remedy": item.remedy, "basis": item.basis, "url": f"#id_{item.field}"}
        for item in refused
    ]
    for item in refused:
        if item.field in form.fields:
            form.add_error(item.field, str(item.message))
    return render(request, "registry/patentee/withdraw.html", {"statement": statement, "form": form, "found": found})


@requires(Role.PATENTEE, Role.AGENCY)
@at_the_office(MandateAct.WITHDRAWALS)
def withdrawal_consent(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Add the paper that the other patentees have signed to a request that waits for their consent."""
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    ending = pending_withdrawal(statement)
    if ending is None or ending.status != EndingStatus.PREPARED:
        return moved_on(request, statement)
    form = WithdrawalConsentForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    found: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            add_withdrawal_consent(ending=ending, file=form.cleaned_data["consent_file"], by=request.actor, at=at)
        except Refused as error:
            found = [{"message": v.message, "remedy": v.remedy, "basis": v.basis} for v in error.violations]
        except IllegalStep:
            return moved_on(request, statement)
        else:
            messages.success(request, _("The office has received the request for withdrawal."))
            return redirect("registry:draft", pk)
    context = {
        "statement": statement,
        "ending": ending,
        "form": form,
        "found": found,
        "given": ending.consents.select_related("patentee").order_by("given_at"),
        "missing": missing_consents(ending),
    }
    return render(request, "registry/patentee/withdraw_consent.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
@at_the_office(MandateAct.WITHDRAWALS)
def withdrawal_take_back(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then take the request for withdrawal back."""
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    ending = pending_withdrawal(statement)
    if ending is None:
        return moved_on(request, statement)
    if request.method == "POST":
        try:
            take_back(ending=ending, by=request.actor, at=at)
        except IllegalStep:
            return moved_on(request, statement)
        messages.success(request, _("The request is taken back; the statement goes on."))
        return redirect("registry:draft", pk)
    context = {
        "statement": statement,
        "ending": ending,
        "cancel_url": reverse("registry:draft", args=[pk]),
        "submit_label": _("Take the request back"),
    }
    return render(request, "registry/patentee/take_back.html", context)
