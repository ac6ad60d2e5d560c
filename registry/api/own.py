"""The filer's own statements: begin, save, read, check, send, correct, cancel."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import OwnEndpoint
from accounts.models import Organisation
from accounts.roles import Role
from core.api.schema import operation
from core.api.wire import answer, filled, page_of, read
from core.deadlines import law_date
from registry.actions.correcting import cancel, correct
from registry.actions.drafting import begin_draft, discard, save_draft
from registry.actions.extending import extend_correction
from registry.actions.redeclaring import begin_successor
from registry.actions.representing import name_agency
from registry.actions.submitting import submit
from registry.api.own_data import own_data
from registry.api.own_shapes import (
    BeginSerializer,
    CheckSerializer,
    EntriesSerializer,
    ExtensionSerializer,
    OwnRowSerializer,
    OwnSerializer,
    StatementAgenciesSerializer,
    StatementAgencyInputSerializer,
)
from registry.forms.filing import StartForm
from registry.models import Patent, Statement
from registry.queries.acting import agencies_to_name, sending_violations
from registry.queries.public import public_statements
from registry.queries.statements import shown_statements_of
from registry.rules import blocking

TAG = "own statements"
FILERS: tuple[Role, ...] = (Role.PATENTEE, Role.AGENCY)


class FilersEndpoint(OwnEndpoint):
    """For those who file."""

    roles: ClassVar[tuple[Role, ...]] = FILERS

    def own(self, pk: UUID, at: datetime) -> Statement:
        """Return the caller's own statement, or 404 as for one that does not exist."""
        return get_object_or_404(shown_statements_of(self.actor, on=law_date(at)), pk=pk)

    def act(self, pk: UUID, act: Callable[..., Any], **said: Any) -> Response:
        """Do one act on the caller's own statement and say how it stands afterwards."""
        at = timezone.now()
        act(statement=self.own(pk, at), by=self.actor, at=at, **said)
        return answer(OwnSerializer, own_data(self.own(pk, at), at=at))


class MyStatements(FilersEndpoint):
    """The filer's statements."""

    @operation("list_my_statements", _("List my statements"), tag=TAG, gives=OwnRowSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """Every statement of the caller, the last saved first; discarded drafts are left out."""
        rows = shown_statements_of(self.actor, on=law_date(timezone.now()))
        return page_of(request, rows, OwnRowSerializer)

    @operation(
        "begin_statement",
        _("Begin a draft"),
        tag=TAG,
        takes=BeginSerializer,
        gives=OwnSerializer,
        status=201,
        act=True,
        examples=(OpenApiExample("A patent", value={"patent_number": "ZL202410000001.X"}, request_only=True),),
    )
    def post(self, request: Request) -> Response:
        """Begin a draft on a patent. A draft that the caller already has on it comes back instead of a second one."""
        at = timezone.now()
        said = read(BeginSerializer, request.data)
        form = filled(StartForm({"number": said["patent_number"]}), number="patent_number")
        patent = get_object_or_404(Patent, number=form.cleaned_data["number"])
        filed_by = get_object_or_404(Organisation, pk=said.get("filed_by", self.actor.organisation_id))
        if said.get("replaces"):
            earlier = get_object_or_404(public_statements(), number=said["replaces"], patent=patent)
            statement = begin_successor(earlier=earlier, filed_by=filed_by, by=self.actor, at=at)
        else:
            statement = begin_draft(patent=patent, filed_by=filed_by, by=self.actor, at=at)
        return answer(OwnSerializer, own_data(statement, at=at), status=201)


class MyStatement(FilersEndpoint):
    """One statement of the filer."""

    @operation("read_my_statement", _("Read my statement"), tag=TAG, gives=OwnSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The statement as it stands now, with papers, consents and whose turn it is."""
        at = timezone.now()
        return answer(OwnSerializer, own_data(self.own(pk, at), at=at))

    @operation(
        "save_my_statement",
        _("Save a draft or correction"),
        tag=TAG,
        takes=EntriesSerializer,
        gives=OwnSerializer,
        act=True,
        examples=(
            OpenApiExample("A price", value={"fee_mode": "lump_sum", "fixed_amount": "20000.00"}, request_only=True),
        ),
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Save some fields, complete or not. Nothing is refused here; the check says what is wrong."""
        return self.act(pk, save_draft, entries=read(EntriesSerializer, request.data, partial=True))

    @operation("discard_my_statement", _("Discard a draft"), tag=TAG, status=204, act=True)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Discard a draft. What was sent can be canceled, not discarded."""
        at = timezone.now()
        discard(statement=self.own(pk, at), by=self.actor, at=at)
        return Response(status=204)


class Check(FilersEndpoint):
    """What the law says of a statement."""

    @operation("check_my_statement", _("Check my statement"), tag=TAG, gives=CheckSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Every bar, defect and warning with its articles, before anything is sent."""
        at = timezone.now()
        violations = sending_violations(self.actor, self.own(pk, at), on=law_date(at))
        data = {"ready": not blocking(violations), "violations": [item.as_data() for item in violations]}
        return answer(CheckSerializer, data)


class Submit(FilersEndpoint):
    """Submission."""

    @operation("submit_my_statement", _("Submit a draft"), tag=TAG, gives=OwnSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Submit the draft. The time of receipt is the server's; it is numbered, or refused with every reason."""
        return self.act(pk, submit)


class Correct(FilersEndpoint):
    """Correction."""

    @operation("correct_my_statement", _("Send a correction"), tag=TAG, gives=OwnSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Send the corrected statement back to its examiner."""
        return self.act(pk, correct)


class Extension(FilersEndpoint):
    """More time for a correction."""

    @operation(
        "extend_correction",
        _("Extend the correction period"),
        tag=TAG,
        takes=ExtensionSerializer,
        gives=OwnSerializer,
        act=True,
        examples=(OpenApiExample("A month", value={"months": 1, "reasons": "We wait for it."}, request_only=True),),
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Extend the period once, by one or two months, before it expires."""
        return self.act(pk, extend_correction, **read(ExtensionSerializer, request.data))


class Cancel(FilersEndpoint):
    """Cancellation."""

    @operation("cancel_my_statement", _("Cancel a statement"), tag=TAG, gives=OwnSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Cancel a statement that is not announced yet. Nothing of it is published."""
        return self.act(pk, cancel)


class Agency(FilersEndpoint):
    """Who acts for the patentee."""

    roles = (Role.PATENTEE,)

    @operation(
        "read_statement_agencies", _("List agencies that can be named"), tag=TAG, gives=StatementAgenciesSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """The agency that acts on the statement, and those that hold the caller's mandate for it. For the patentee."""
        at = timezone.now()
        statement = self.own(pk, at)
        agencies, alone = agencies_to_name(statement, on=law_date(at))
        data = {"agency": statement.agency_id, "agencies": agencies, "may_act_alone": alone}
        return answer(StatementAgenciesSerializer, data)

    @operation(
        "name_statement_agency",
        _("Name or remove the agency"),
        tag=TAG,
        takes=StatementAgencyInputSerializer,
        gives=OwnSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The patentee names who acts on a statement at the office or announced from now on. What was done stands."""
        return self.act(pk, name_agency, agency_id=read(StatementAgencyInputSerializer, request.data)["agency"])
