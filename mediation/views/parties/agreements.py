"""The agreement as a side reads and signs it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from core.exports import pdf_download
from mediation.actions.agreements import sign_agreement
from mediation.documents import agreement_pdf
from mediation.forms.parties import SignatureForm
from mediation.queries.materials import proposed_agreement, signatures
from mediation.rules.clocks import confirmation_due
from mediation.views.acting import ActPage, act_page, posted
from mediation.views.parties.reading import PARTY_ROLES, find


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Read the proposed or effective agreement; sign it while it waits for this side."""
    case, where, at = find(request, pk)
    agreement = proposed_agreement(case)
    if agreement is None:
        raise Http404
    signed = signatures(agreement)
    effective_on = law_date(agreement.effective_at) if agreement.effective_at else None
    page = ActPage(
        case=case,
        title=_("Agreement"),
        submit=_("Sign the agreement"),
        done=_("Your side has signed."),
        back=reverse("mediation:case", args=[case.pk]),
        template="mediation/agreement.html",
        context={
            "agreement": agreement,
            "signed": signed.values(),
            "can_sign": case.is_open and where.value not in signed,
            "confirm_by": confirmation_due(effective_on) if effective_on else None,
        },
    )
    form = SignatureForm(posted(request), initial={"content_hash": agreement.content_hash})
    return act_page(
        request,
        page,
        form,
        lambda values: sign_agreement(
            case=case,
            content_hash=values["content_hash"],
            signed_name=values["signed_name"],
            by=request.actor,
            at=at,
        ),
    )


@requires(*PARTY_ROLES)
@require_safe
def agreement_document(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The agreement in effect as PDF."""
    case, _where, _at = find(request, pk)
    agreement = proposed_agreement(case)
    if agreement is None or agreement.effective_at is None:
        raise Http404
    return pdf_download(f"{case.number}.pdf", agreement_pdf(agreement))
