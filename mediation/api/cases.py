"""Cases for their sides: openings, request, read, papers. Confidentiality is ``mediation.permissions``."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core import storage
from core.api.schema import FILES, operation
from core.api.wire import answer as say
from core.api.wire import filled, form_data, given, page_of, read
from core.deadlines import law_date
from mediation.actions.papers import submit_paper, withdraw_paper
from mediation.actions.requesting import begin_request, discard_request, request_mediation, save_request
from mediation.api.endpoints import TAG, CaseEndpoint
from mediation.api.shapes import (
    BeginCaseSerializer,
    CaseCheckSerializer,
    CasePaperInputSerializer,
    CaseRowSerializer,
    CaseSerializer,
    DisputeSerializer,
    OpeningSerializer,
)
from mediation.enums import Audience, CaseStatus
from mediation.forms.parties import PaperForm
from mediation.forms.requests import DisputeForm, FactsForm, ProceedingsForm
from mediation.permissions import Standing
from mediation.queries.cases import party_cases
from mediation.queries.facts import request_facts
from mediation.queries.materials import readable_files
from mediation.queries.openings import matching, openings
from mediation.rules.admission import REQUEST
from registry.queries.public import public_statements


class RequestForm(DisputeForm, FactsForm, ProceedingsForm):
    """All steps of a request at once."""


class Openings(CaseEndpoint):
    """From what a request can begin."""

    @operation("list_openings", _("List what a request can begin from"), tag=TAG, gives=OpeningSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """The licenses, and notices without license, of those the caller acts for."""
        found = openings(self.actor, on=law_date(timezone.now()))
        return Response({"count": len(found), "next": None, "results": OpeningSerializer(found, many=True).data})


class MyCases(CaseEndpoint):
    """Cases of either side."""

    @operation("list_my_cases", _("List cases"), tag=TAG, gives=CaseRowSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """The caller's cases, the newest first."""
        return page_of(request, party_cases(self.actor, timezone.now()), CaseRowSerializer)

    @operation(
        "begin_case",
        _("Begin a request"),
        tag=TAG,
        takes=BeginCaseSerializer,
        gives=CaseSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request) -> Response:
        """Begin a draft from a license or notice. Nobody but the applicant's side sees it; each call begins one."""
        at = timezone.now()
        said = read(BeginCaseSerializer, request.data)
        statement = get_object_or_404(public_statements(), number=said["statement_number"])
        chosen = matching(
            self.actor,
            on=law_date(at),
            license_id=said.get("license"),
            statement_id=statement.pk,
            applicant_id=said.get("applicant", self.actor.organisation_id),
        )
        if chosen is None:
            raise Http404
        case = begin_request(
            statement=chosen.statement, license=chosen.license, applicant_id=chosen.applicant.pk, by=self.actor, at=at
        )
        return self.say_case(case.pk, at, status=201)


class MyCase(CaseEndpoint):
    """One case."""

    @operation("read_my_case", _("Read a case"), tag=TAG, gives=CaseSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The case with the papers that the caller's side may see, and no others."""
        return self.say_case(pk, timezone.now())

    @operation(
        "save_my_case", _("Save a draft request"), tag=TAG, takes=DisputeSerializer, gives=CaseSerializer, act=True
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Save some fields of a draft, complete or not."""
        said = read(DisputeSerializer, request.data, partial=True)
        form = filled(RequestForm(given(said)))
        values = {name: form.cleaned_data[name] for name in said}
        return self.act(pk, save_request, Standing.APPLICANT, values=values)

    @operation("discard_my_case", _("Discard a draft request"), tag=TAG, status=204, act=True)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Discard a draft; the office never receives it."""
        at = timezone.now()
        case, _where = self.case(pk, at, Standing.APPLICANT)
        discard_request(case=case, by=self.actor, at=at)
        return Response(status=204)


class Check(CaseEndpoint):
    """What the law says of a draft."""

    @operation("check_my_case", _("Check a draft request"), tag=TAG, gives=CaseCheckSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Every ground against the request, before it is sent."""
        at = timezone.now()
        case, _where = self.case(pk, at, Standing.APPLICANT)
        if case.status != CaseStatus.DRAFT:
            raise Http404
        found = REQUEST.check(request_facts(case), on=law_date(at))
        data = {"ready": not any(one.blocks for one in found), "violations": [one.as_data() for one in found]}
        return say(CaseCheckSerializer, data)


class Send(CaseEndpoint):
    """Sending a request."""

    @operation("request_mediation", _("Send a request"), tag=TAG, gives=CaseSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Send the request; it is numbered, and the office has five working days to decide on it."""
        return self.act(pk, request_mediation, Standing.APPLICANT)


class Papers(CaseEndpoint):
    """Papers of a case."""

    parser_classes = (MultiPartParser,)

    @operation(
        "submit_case_paper",
        _("Hand in a paper"),
        tag=TAG,
        takes=CasePaperInputSerializer,
        gives=CaseSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Hand in a paper for both sides, or in confidence for the caller's own side and the mediators."""
        read(CasePaperInputSerializer, request.data)
        form = filled(PaperForm(*form_data(request), audiences=Audience))
        return self.act(pk, submit_paper, status=201, **form.cleaned_data)


class Paper(CaseEndpoint):
    """One paper."""

    @operation("read_case_paper", _("Fetch a paper of a case"), tag=TAG, files=FILES)
    def get(self, request: Request, pk: UUID, paper_pk: UUID) -> FileResponse:
        """The file of a paper that the caller's side may read."""
        case, where = self.case(pk, timezone.now())
        return storage.respond(get_object_or_404(readable_files(case, where), pk=paper_pk).file)

    @operation("withdraw_case_paper", _("Withdraw a paper"), tag=TAG, gives=CaseSerializer, act=True)
    def delete(self, request: Request, pk: UUID, paper_pk: UUID) -> Response:
        """Withdraw a paper of the caller's own side; that it was handed in stays on record."""
        return self.act(pk, withdraw_paper, paper_id=paper_pk)
