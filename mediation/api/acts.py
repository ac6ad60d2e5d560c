"""Acts of the two sides inside a case: answer, withdraw, refuse to go on, consent, name an agency."""

from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.schema import operation
from core.api.wire import answer as say
from core.api.wire import filled, read
from core.deadlines import law_date
from mediation.actions.answering import answer
from mediation.actions.closing import leave, withdraw
from mediation.actions.extending import consent_to_extension
from mediation.actions.representing import appoint_agency
from mediation.api.endpoints import TAG, CaseEndpoint
from mediation.api.shapes import AgenciesSerializer, AgencyInputSerializer, AnswerInputSerializer, CaseSerializer
from mediation.forms.parties import AnswerForm
from mediation.permissions import Standing
from mediation.queries.agencies import agencies_to_name


class Withdraw(CaseEndpoint):
    """Withdrawing a request."""

    @operation("withdraw_my_case", _("Withdraw a request"), tag=TAG, gives=CaseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """The applicant withdraws the request; the case is closed at once."""
        return self.act(pk, withdraw, Standing.APPLICANT)


class Answer(CaseEndpoint):
    """The respondent's answer."""

    @operation(
        "answer_case", _("Answer a request"), tag=TAG, takes=AnswerInputSerializer, gives=CaseSerializer, act=True
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The respondent agrees to be mediated, which starts the thirty days, or refuses, which closes the case."""
        said = read(AnswerInputSerializer, request.data)
        form = filled(AnswerForm({**said, "agrees": "yes" if said["agrees"] else "no"}))
        return self.act(pk, answer, Standing.RESPONDENT, **form.cleaned_data)


class Leave(CaseEndpoint):
    """Refusing to go on."""

    @operation("leave_case", _("Refuse to go on with a mediation"), tag=TAG, gives=CaseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Either side refuses to go on with a mediation that has begun; the case is closed at once, for both."""
        return self.act(pk, leave)


class Extension(CaseEndpoint):
    """The consent to the single extension."""

    @operation("consent_to_extension", _("Consent to an extension"), tag=TAG, gives=CaseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Consent for the caller's side. With both consents the mediators may extend by thirty days, once. A consent
        stays; given again it is the same."""
        return self.act(pk, consent_to_extension)


class Agency(CaseEndpoint):
    """Who acts for the caller's side in this case."""

    @operation("read_case_agencies", _("List agencies that can be named"), tag=TAG, gives=AgenciesSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The agency of the caller's side, and those with a mandate for mediation in force. For the party alone."""
        at = timezone.now()
        case, where = self.case(pk, at)
        party = case.party(where.side)
        if party.pk != self.actor.organisation_id:
            raise Http404
        named = getattr(case, f"{where.value}_agency_id")
        return say(AgenciesSerializer, {"agency": named, "agencies": agencies_to_name(party.pk, on=law_date(at))})

    @operation(
        "name_case_agency",
        _("Name or remove an agency"),
        tag=TAG,
        takes=AgencyInputSerializer,
        gives=CaseSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The party itself names the agency that acts for it in this case, or none; the agency then reads all that
        the party may read."""
        return self.act(pk, appoint_agency, agency_id=read(AgencyInputSerializer, request.data)["agency"])
