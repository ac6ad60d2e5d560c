"""A mediation under way, for its sides: consent to its extension, refuse to go on, read and sign the agreement."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import operation
from core.api.wire import answer as say
from core.api.wire import filled, read
from mediation.actions.agreements import sign_agreement
from mediation.actions.closing import leave
from mediation.actions.extending import consent_to_extension
from mediation.api.cases import TAG, CaseEndpoint
from mediation.api.shapes import AgreementSerializer, CaseSerializer, SignatureInputSerializer
from mediation.forms.parties import SignatureForm
from mediation.queries.materials import proposed_agreement, signatures


class Extension(CaseEndpoint):
    """Consent to the single extension."""

    @operation("consent_to_extension", _("Consent to an extension"), tag=TAG, gives=CaseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Once both sides consent, the mediators may extend the mediation by 30 days. A consent stays."""
        return self.act(pk, consent_to_extension)


class Leave(CaseEndpoint):
    """Refusing to go on."""

    @operation("leave_mediation", _("Refuse to go on with a mediation"), tag=TAG, gives=CaseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Either side ends a mediation that has begun; the case is closed at once."""
        return self.act(pk, leave)


class CaseAgreement(CaseEndpoint):
    """The agreement."""

    @operation("read_agreement", _("Read the agreement"), tag=TAG, gives=AgreementSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The text that the mediators propose, or that is in effect, and who has signed it."""
        case, _where = self.case(pk, timezone.now())
        agreement = proposed_agreement(case)
        if agreement is None:
            raise Http404
        names = [str(name) for name in AgreementSerializer().fields if name != "signed"]
        text = {name: getattr(agreement, name) for name in names}
        return say(AgreementSerializer, {**text, "signed": list(signatures(agreement))})

    @operation(
        "sign_agreement",
        _("Sign the agreement"),
        tag=TAG,
        takes=SignatureInputSerializer,
        gives=CaseSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Sign for the caller's side exactly the text that was read. The second signature makes it effective."""
        said = read(SignatureInputSerializer, request.data)
        values = filled(SignatureForm(said)).cleaned_data
        signed = {name: values[name] for name in ("content_hash", "signed_name")}
        return self.act(pk, sign_agreement, **signed)
