"""A notice as both sides see it: payment by the licensee, receipt by the patentee."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused
from core.storage import respond
from licensing.actions.noticing import cancel_notice
from licensing.actions.paying import add_payment, confirm_receipt
from licensing.enums import FilingSide, NoticeStatus
from licensing.forms.filing import ReceiptForm
from licensing.forms.taking import PaymentForm
from licensing.queries.facts import paid_for
from licensing.queries.terms import rows_of
from licensing.views.objects import SIDES, seen_notice
from licensing.views.taking import steps


@requires(*SIDES)
def notice(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The notice; while it waits, the licensee shows the payment here (step 3)."""
    at = timezone.now()
    found, standing = seen_notice(request, pk, law_date(at))
    is_licensee = standing.side == FilingSide.LICENSEE
    pays = is_licensee and found.status == NoticeStatus.WAITING
    form = PaymentForm(request.POST or None, request.FILES or None) if pays else None
    violations: tuple = ()
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            license = add_payment(notice_id=found.pk, voucher=form.voucher(), by=request.actor, at=at)
        except Refused as refused:
            violations = refused.violations
        except IllegalStep:
            return redirect("licensing:notice", pk)
        else:
            if license is not None:
                messages.success(request, _("The license is in force. Nobody's consent was needed."))
                return redirect("licensing:license", license.pk)
            messages.info(request, _("The payment is entered. A part of the sum due is still open."))
            return redirect("licensing:notice", pk)
    paid = paid_for(found)
    context = {
        "notice": found,
        "terms": rows_of(found.terms),
        "steps": steps(),
        "form": form,
        "violations": violations,
        "is_licensee": is_licensee,
        "paid": paid,
        "rest": found.due_at_start - paid,
        "license": getattr(found, "license", None),
        "receipt": getattr(found, "receipt", None),
        "payee_account": found.statement.payee_account if is_licensee else "",
    }
    return render(request, "licensing/notice.html", context)


@requires(*SIDES)
def notice_cancel(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then take the notice back."""
    at = timezone.now()
    found, standing = seen_notice(request, pk, law_date(at))
    if standing.side != FilingSide.LICENSEE or found.status != NoticeStatus.WAITING:
        raise Http404
    if request.method == "POST":
        try:
            cancel_notice(notice_id=found.pk, by=request.actor, at=at)
        except (IllegalStep, WrongRole):
            messages.error(request, _("The notice can no longer be taken back."))
        else:
            messages.success(request, _("The notice is taken back."))
        return redirect("licensing:notice", pk)
    context = {"notice": found, "danger": True, "cancel_url": reverse("licensing:notice", args=[pk])}
    return render(request, "licensing/notice_cancel.html", context)


@requires(*SIDES)
def receipt(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The patentee confirms that the money arrived, or for a free license that nothing was due."""
    at = timezone.now()
    found, standing = seen_notice(request, pk, law_date(at))
    given = hasattr(found, "receipt")
    if standing.side != FilingSide.LICENSOR or given or found.status not in ("waiting", "completed"):
        raise Http404
    last = found.payments.order_by("-paid_on").first()
    initial = {"amount": found.due_at_start, "received_on": last.paid_on if last else law_date(at)}
    form = ReceiptForm(request.POST) if request.method == "POST" else ReceiptForm(initial=initial)
    violations: tuple = ()
    if request.method == "POST" and form.is_valid():
        try:
            confirm_receipt(notice_id=found.pk, by=request.actor, at=at, **form.cleaned_data)
        except Refused as refused:
            violations = refused.violations
        except IllegalStep:
            return redirect("licensing:notice", pk)
        else:
            messages.success(request, _("The receipt is confirmed."))
            return redirect("licensing:notice", pk)
    return render(request, "licensing/receipt.html", {"notice": found, "form": form, "violations": violations})


@requires(*SIDES)
def proof(request: ActingRequest, pk: UUID, payment_pk: UUID) -> FileResponse:
    """The copy of a voucher, for both sides of the notice."""
    found, _standing = seen_notice(request, pk, law_date(timezone.now()))
    return respond(get_object_or_404(found.payments.select_related("proof"), pk=payment_pk).proof)
