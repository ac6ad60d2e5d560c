"""The agreement as a side reads it, signs it and keeps it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import PDF, operation
from core.api.wire import answer, filled, read
from core.exports import pdf_download
from mediation.actions.agreements import sign_agreement
from mediation.api.data import agreement_data
from mediation.api.endpoints import TAG, CaseEndpoint
from mediation.api.shapes import AgreementSerializer, CaseSerializer, SignatureInputSerializer
from mediation.documents import agreement_pdf
from mediation.forms.parties import SignatureForm
from mediation.models import Agreement
from mediation.queries.materials import proposed_agreement


class AgreementEndpoint(CaseEndpoint):
    """For the sides of a case in which an agreement is proposed or in effect."""

    def agreement(self, pk: UUID) -> Agreement:
        """Return the agreement, or 404."""
        case, _where = self.case(pk, timezone.now())
        found = proposed_agreement(case)
        if found is None:
            raise Http404
        return found


class CaseAgreement(AgreementEndpoint):
    """The agreement that is proposed or in effect."""

    @operation("read_agreement", _("Read the agreement"), tag=TAG, gives=AgreementSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Its text, the hash that a signature names, and who has signed."""
        return answer(AgreementSerializer, agreement_data(self.agreement(pk)))

    @operation(
        "sign_agreement",
        _("Sign the agreement"),
        tag=TAG,
        takes=SignatureInputSerializer,
        gives=CaseSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Sign exactly the text that was read, for the caller's side. The second signature makes it effective and
        closes the case."""
        said = filled(SignatureForm(read(SignatureInputSerializer, request.data))).cleaned_data
        return self.act(pk, sign_agreement, content_hash=said["content_hash"], signed_name=said["signed_name"])


class AgreementDocument(AgreementEndpoint):
    """The agreement as a document."""

    @operation("read_agreement_document", _("Fetch the agreement"), tag=TAG, files=(PDF,))
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """The agreement in effect as PDF, with both signatures; there is none before it takes effect."""
        found = self.agreement(pk)
        if found.effective_at is None:
            raise Http404
        return pdf_download(f"{found.case.number}.pdf", agreement_pdf(found))
