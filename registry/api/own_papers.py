"""Papers, consents and the withdrawal of a filer's statement."""

from uuid import UUID

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Role
from core import storage
from core.api.schema import FILES, PDF, operation
from core.api.wire import answer, filled, form_data, page_of, read
from registry.actions.consenting import ask_consents, attach_consent, give_consent
from registry.actions.drafting import add_paper, remove_paper
from registry.actions.ending_requests import add_withdrawal_consent, request_withdrawal, take_back
from registry.actions.serving import file_of
from registry.api.own import TAG, FilersEndpoint
from registry.api.own_data import own_data, wanted_consent_data
from registry.api.own_shapes import (
    ConsentPaperSerializer,
    GiveConsentSerializer,
    OwnSerializer,
    PaperInputSerializer,
    WantedConsentSerializer,
    WithdrawalConsentSerializer,
    WithdrawalSerializer,
)
from registry.enums import ConsentMethod, PaperKind
from registry.forms.filing import ConsentPaperForm, PaperForm, WithdrawalConsentForm, WithdrawalForm
from registry.models import Ending, Statement
from registry.queries.facts import owners_of
from registry.queries.progress import pending_withdrawal
from registry.queries.statements import consents_wanted

CONSENTS = "consents"


class Papers(FilersEndpoint):
    """Papers of a draft or correction."""

    parser_classes = (MultiPartParser,)

    @operation("add_paper", _("Add a paper"), tag=TAG, takes=PaperInputSerializer, gives=OwnSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Attach a paper. It is inspected and rewritten; what cannot be read is refused with the reason."""
        read(PaperInputSerializer, request.data)
        form = filled(PaperForm(*form_data(request), prefix="")).cleaned_data
        return self.act(pk, add_paper, kind=PaperKind(form["kind"]), file=form["file"])


class Paper(FilersEndpoint):
    """One paper."""

    @operation("read_paper", _("Fetch a paper"), tag=TAG, files=FILES)
    def get(self, request: Request, pk: UUID, paper_pk: UUID) -> FileResponse:
        """The paper's file, as it is kept."""
        papers = self.own(pk, timezone.now()).papers.select_related("file")
        return storage.respond(get_object_or_404(papers, pk=paper_pk).file)

    @operation("remove_paper", _("Take a paper out"), tag=TAG, status=204, act=True)
    def delete(self, request: Request, pk: UUID, paper_pk: UUID) -> Response:
        """Take a paper out of a draft or correction."""
        at = timezone.now()
        paper = get_object_or_404(self.own(pk, at).papers.select_related("statement"), pk=paper_pk)
        remove_paper(paper=paper, by=self.actor, at=at)
        return Response(status=204)


class OfficePaper(FilersEndpoint):
    """A paper from the office."""

    @operation("read_office_paper", _("Fetch a paper from the office"), tag=TAG, files=(PDF,))
    def get(self, request: Request, pk: UUID, paper_pk: UUID) -> FileResponse:
        """A paper that the office sent about the statement, as PDF."""
        at = timezone.now()
        return storage.respond(file_of(get_object_or_404(self.own(pk, at).office_papers, pk=paper_pk), at=at))


class AskConsents(FilersEndpoint):
    """Asking the other holders."""

    @operation("ask_consents", _("Ask the other holders for consent"), tag=TAG, gives=OwnSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Show the present text to the other holders who sign in here, and tell them."""
        return self.act(pk, ask_consents)


class ConsentPapers(FilersEndpoint):
    """Consents on paper."""

    parser_classes = (MultiPartParser,)

    @operation(
        "attach_consent",
        _("Attach a signed consent"),
        tag=TAG,
        takes=ConsentPaperSerializer,
        gives=OwnSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Attach a holder's signed consent to the present text, or the agreement of all holders."""
        read(ConsentPaperSerializer, request.data)
        owners = owners_of(self.own(pk, timezone.now()).patent)
        choices = [(str(owner.patentee_id), owner.name) for owner in owners]
        form = filled(ConsentPaperForm(*form_data(request), owners=choices, prefix="")).cleaned_data
        return self.act(
            pk,
            attach_consent,
            patentee_id=UUID(form["patentee"]),
            method=ConsentMethod(form["method"]),
            file=form["file"],
            valid_until=form["valid_until"],
        )


class Withdrawal(FilersEndpoint):
    """The withdrawal of an announced statement."""

    parser_classes = (MultiPartParser,)

    @operation(
        "request_withdrawal",
        _("Ask for the withdrawal of a statement"),
        tag=TAG,
        takes=WithdrawalSerializer,
        gives=OwnSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Ask the office to announce the withdrawal. Licenses obtained until then stay valid."""
        read(WithdrawalSerializer, request.data)
        form = filled(WithdrawalForm(*form_data(request)))
        return self.act(
            pk,
            request_withdrawal,
            grounds=form.cleaned_data["grounds"],
            unconditional=form.cleaned_data["unconditional"],
            papers=form.papers(),
        )

    @operation("take_withdrawal_back", _("Take a withdrawal back"), tag=TAG, gives=OwnSerializer, act=True)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take the request back before the office has decided; the statement goes on."""
        at = timezone.now()
        take_back(ending=_pending(self.own(pk, at)), by=self.actor, at=at)
        return answer(OwnSerializer, own_data(self.own(pk, at), at=at))


class WithdrawalConsent(FilersEndpoint):
    """The consent on paper for which a withdrawal waits."""

    parser_classes = (MultiPartParser,)

    @operation(
        "attach_withdrawal_consent",
        _("Attach the signed consent to a withdrawal"),
        tag=TAG,
        takes=WithdrawalConsentSerializer,
        gives=OwnSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Attach the paper that the other holders have signed; the request goes to the office."""
        at = timezone.now()
        ending = _pending(self.own(pk, at))
        read(WithdrawalConsentSerializer, request.data)
        form = filled(WithdrawalConsentForm(*form_data(request)))
        add_withdrawal_consent(ending=ending, file=form.cleaned_data["consent_file"], by=self.actor, at=at)
        return answer(OwnSerializer, own_data(self.own(pk, at), at=at))


def _pending(statement: Statement) -> Ending:
    """Return the withdrawal under way. Raises Ending.DoesNotExist."""
    ending = pending_withdrawal(statement)
    if ending is None:
        raise Ending.DoesNotExist
    return ending


class WantedConsents(FilersEndpoint):
    """Consents asked of the caller."""

    roles = (Role.PATENTEE,)

    @operation(
        "list_wanted_consents", _("List consents asked of us"), tag=CONSENTS, gives=WantedConsentSerializer, lists=True
    )
    def get(self, request: Request) -> Response:
        """The statements on patents that the caller holds with others, with the exact text."""
        rows = consents_wanted(self.actor).order_by("-saved_at", "pk")
        return page_of(request, rows, WantedConsentSerializer, lambda row: wanted_consent_data(row, actor=self.actor))


class WantedConsent(FilersEndpoint):
    """One consent asked of the caller."""

    roles = (Role.PATENTEE,)

    @operation("read_wanted_consent", _("Read the text to consent to"), tag=CONSENTS, gives=WantedConsentSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The exact text and its hash."""
        statement = get_object_or_404(consents_wanted(self.actor), pk=pk)
        return answer(WantedConsentSerializer, wanted_consent_data(statement, actor=self.actor))

    @operation(
        "give_consent",
        _("Consent"),
        tag=CONSENTS,
        takes=GiveConsentSerializer,
        gives=WantedConsentSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Consent to exactly the text that was read; a changed text is refused."""
        at = timezone.now()
        said = read(GiveConsentSerializer, request.data)
        statement = get_object_or_404(consents_wanted(self.actor), pk=pk)
        give_consent(statement=statement, read_hash=said["content_hash"], by=self.actor, at=at)
        return answer(WantedConsentSerializer, wanted_consent_data(statement, actor=self.actor))
