"""Answers of those who are asked: decline a statement's text, consent to a withdrawal or as pledgee, or decline."""

from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.roles import Role
from core.api.schema import operation
from core.api.wire import answer, page_of, read
from core.deadlines import law_date
from registry.actions.answering import (
    ask_pledgees,
    consent_as_pledgee,
    consent_to_withdrawal,
    decline_as_pledgee,
    decline_consent,
    decline_withdrawal,
)
from registry.api.own import TAG, FilersEndpoint
from registry.api.own_data import wanted_consent_data
from registry.api.own_papers import CONSENTS
from registry.api.own_shapes import (
    DeclineSerializer,
    GiveConsentSerializer,
    OwnSerializer,
    WantedConsentSerializer,
    WantedWithdrawalSerializer,
)
from registry.models import Ending, Statement
from registry.queries.asking import pledge_consents_wanted, withdrawals_wanted
from registry.queries.statements import consents_wanted


class DeclineConsent(FilersEndpoint):
    """A holder declines."""

    roles = (Role.PATENTEE,)

    @operation("decline_consent", _("Decline to consent"), tag=CONSENTS, takes=DeclineSerializer, status=204, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline the text that was read; the filer is told. Consent to it, or to another text, stays possible."""
        said = read(DeclineSerializer, request.data)
        statement = get_object_or_404(consents_wanted(self.actor), pk=pk)
        text = {"read_hash": said["content_hash"], "reason": said["reason"]}
        decline_consent(statement=statement, **text, by=self.actor, at=timezone.now())
        return Response(status=204)


class WantedWithdrawals(FilersEndpoint):
    """Withdrawals that wait for the caller's consent."""

    roles = (Role.PATENTEE,)

    @operation(
        "list_wanted_withdrawals",
        _("List withdrawals that wait for us"),
        tag=CONSENTS,
        gives=WantedWithdrawalSerializer,
        lists=True,
    )
    def get(self, request: Request) -> Response:
        """The requests for withdrawal on patents that the caller holds with others."""
        rows = withdrawals_wanted(self.actor).order_by("-requested_at", "pk")
        return page_of(request, rows, WantedWithdrawalSerializer)


class WantedWithdrawal(FilersEndpoint):
    """One withdrawal that waits for the caller's consent."""

    roles = (Role.PATENTEE,)

    def wanted(self, pk: UUID) -> Ending:
        """Return the request, or 404 where no answer of the caller is wanted."""
        return get_object_or_404(withdrawals_wanted(self.actor), pk=pk)

    @operation(
        "consent_to_withdrawal",
        _("Consent to a withdrawal"),
        tag=CONSENTS,
        takes=GiveConsentSerializer,
        gives=WantedWithdrawalSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Consent to exactly the request that was read. With the last consent it goes to the office."""
        said = read(GiveConsentSerializer, request.data)
        done = consent_to_withdrawal(
            ending=self.wanted(pk), read_hash=said["content_hash"], by=self.actor, at=timezone.now()
        )
        return answer(WantedWithdrawalSerializer, done)


class DeclineWithdrawal(FilersEndpoint):
    """A holder declines a withdrawal."""

    roles = (Role.PATENTEE,)

    @operation(
        "decline_withdrawal", _("Decline a withdrawal"), tag=CONSENTS, takes=DeclineSerializer, status=204, act=True
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline to consent; the filer is told, and the request goes on waiting."""
        said = read(DeclineSerializer, request.data)
        text = {"read_hash": said["content_hash"], "reason": said["reason"]}
        decline_withdrawal(
            ending=get_object_or_404(withdrawals_wanted(self.actor), pk=pk), **text, by=self.actor, at=timezone.now()
        )
        return Response(status=204)


class AskPledgees(FilersEndpoint):
    """Asking the pledgees."""

    @operation("ask_pledgees", _("Ask the pledgees for consent"), tag=TAG, gives=OwnSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Show the present text to the pledgees who sign in here, and tell them."""
        return self.act(pk, ask_pledgees)


class PledgeConsent(FilersEndpoint):
    """A consent asked of the caller as pledgee."""

    roles = (Role.PATENTEE, Role.ENTERPRISE)

    def wanted(self, pk: UUID) -> Statement:
        """Return the statement, or 404 where no answer of the caller is wanted."""
        return get_object_or_404(pledge_consents_wanted(self.actor, on=law_date(timezone.now())), pk=pk)

    @operation("read_pledge_consent", _("Read the text as pledgee"), tag=CONSENTS, gives=WantedConsentSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """The exact text and its hash."""
        return answer(WantedConsentSerializer, wanted_consent_data(self.wanted(pk), actor=self.actor))

    @operation(
        "consent_as_pledgee", _("Consent as pledgee"), tag=CONSENTS, takes=GiveConsentSerializer, status=204, act=True
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Consent to the open licensing of the patent on the terms that were read; the register enters it."""
        said = read(GiveConsentSerializer, request.data)
        consent_as_pledgee(statement=self.wanted(pk), read_hash=said["content_hash"], by=self.actor, at=timezone.now())
        return Response(status=204)


class DeclinePledgeConsent(FilersEndpoint):
    """A pledgee declines."""

    roles = (Role.PATENTEE, Role.ENTERPRISE)

    @operation(
        "decline_as_pledgee", _("Decline as pledgee"), tag=CONSENTS, takes=DeclineSerializer, status=204, act=True
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Decline to consent; the filer is told and the bar stands."""
        said = read(DeclineSerializer, request.data)
        text = {"read_hash": said["content_hash"], "reason": said["reason"]}
        decline_as_pledgee(
            statement=get_object_or_404(pledge_consents_wanted(self.actor, on=law_date(timezone.now())), pk=pk),
            **text,
            by=self.actor,
            at=timezone.now(),
        )
        return Response(status=204)
