"""Licenses as their two sides see them: lists, one license, its certificate, its early end."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from core.exports import pdf_download, table_download
from core.lifecycle import IllegalStep, WrongRole
from licensing.actions.ending import agree_to_termination, propose_termination
from licensing.documents.certificate import certificate_of
from licensing.enums import FilingSide, LicenseStatus
from licensing.exports import HOLDING_HEADER, holding_rows
from licensing.forms.taking import TerminationForm
from licensing.models import License
from licensing.queries.holdings import Wanted, holdings_of, statements_with_notices, with_positions
from licensing.queries.progress import filing_state, spaced_code, timeline_of, verification_url
from licensing.queries.terms import rows_of
from licensing.queries.worklists import as_licensee
from licensing.views.objects import SIDES, seen_license

PER_PAGE = 25


@requires(*SIDES)
def my_licenses(request: ActingRequest) -> HttpResponse:
    """The licensee's notices that wait for payment and its licenses, each with its filing and days left."""
    on = law_date(timezone.now())
    waiting, licenses = as_licensee(request.actor, on=on)
    rows = [{"license": license, "filing": filing_state(license, on=on)} for license in licenses]
    return render(request, "licensing/my_licenses.html", {"waiting": waiting, "rows": rows})


@requires(*SIDES)
def my_licensees(request: ActingRequest) -> HttpResponse:
    """The patentee's statements with every notice, licensee, sum and filing under each."""
    on = law_date(timezone.now())
    wanted = Wanted.read(request.GET)
    found = with_positions(statements_with_notices(request.actor, wanted, on=on))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "holdings": holdings_of(page, on=on),
        "wanted": wanted,
        "query": request.GET.urlencode(),
    }
    return render(request, "licensing/my_licensees.html", context)


@requires(*SIDES)
@require_safe
def my_licensees_table(request: ActingRequest, form: str) -> HttpResponseBase:
    """The same, one row a notice, as a table for download."""
    on = law_date(timezone.now())
    found = with_positions(statements_with_notices(request.actor, Wanted.read(request.GET), on=on))
    header = [str(label) for label in HOLDING_HEADER]
    rows = holding_rows(holdings_of(found, on=on), on=on)
    return table_download(form, f"licensees-{on}", _("My licensees"), header, rows)


@requires(*SIDES)
def license(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One license: sides, terms, timeline, filing and days left, certificate, dispute. The same for both sides."""
    on = law_date(timezone.now())
    found, standing = seen_license(request, pk, on)
    notice = found.notice
    proposal = getattr(found, "termination", None)
    by_licensee = proposal is not None and proposal.proposed_for_id == found.licensee_id
    context = {
        "license": found,
        "notice": notice,
        "is_licensee": standing.side == FilingSide.LICENSEE,
        "terms": rows_of(notice.terms),
        "timeline": timeline_of(found, on=on),
        "filing": filing_state(found, on=on),
        "payments": notice.payments.select_related("proof"),
        "receipt": getattr(notice, "receipt", None),
        "verify_url": verification_url(found),
        "code": spaced_code(found.verification_code),
        "proposal": proposal,
        "may_agree": proposal is not None
        and found.status == LicenseStatus.IN_FORCE
        and by_licensee != (standing.side == FilingSide.LICENSEE),
        "in_force": found.status == LicenseStatus.IN_FORCE,
    }
    return render(request, "licensing/license.html", context)


@requires(*SIDES)
def certificate(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The certificate as PDF, as an attachment."""
    found, _standing = seen_license(request, pk, law_date(timezone.now()))
    return pdf_download(f"{found.number}.pdf", certificate_of(found))


@requires(*SIDES)
def license_end(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Propose to the other side that the license ends early."""
    at = timezone.now()
    found, _standing = seen_license(request, pk, law_date(at))
    if found.status != LicenseStatus.IN_FORCE or hasattr(found, "termination"):
        raise Http404
    form = TerminationForm(request.POST or None, first=law_date(at), last=found.ends_on)
    if request.method == "POST" and form.is_valid():
        try:
            propose_termination(license_id=found.pk, by=request.actor, at=at, **form.cleaned_data)
        except IllegalStep:
            messages.error(request, _("The license can no longer be ended in this way."))
        else:
            messages.success(request, _("The other side is asked. Until it agrees nothing changes."))
        return redirect("licensing:license", pk)
    return render(request, "licensing/license_end.html", {"license": found, "form": form})


@requires(*SIDES)
def license_agree(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Agree to the proposed end; asked once."""
    at = timezone.now()
    found, _standing = seen_license(request, pk, law_date(at))
    if not hasattr(found, "termination") or found.status != LicenseStatus.IN_FORCE:
        raise Http404
    if request.method == "POST":
        _agree(request, found, at)
        return redirect("licensing:license", pk)
    context = {"license": found, "danger": True, "cancel_url": reverse("licensing:license", args=[pk])}
    return render(request, "licensing/license_agree.html", context)


def _agree(request: ActingRequest, found: License, at: object) -> None:
    try:
        agree_to_termination(license_id=found.pk, by=request.actor, at=at)  # type: ignore[arg-type]
    except (IllegalStep, WrongRole):
        messages.error(request, _("The end of a license is agreed to by the other side, while it runs."))
    else:
        messages.success(request, _("The license ends by agreement."))
