"""From the announced terms to the license: read, serve the notice, pay, confirm the receipt."""

from uuid import UUID

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import PublicEndpoint
from accounts.roles import Role
from core import storage
from core.api.schema import FILES, operation
from core.api.wire import answer, filled, form_data, given, page_of, read
from core.deadlines import law_date
from licensing.actions.noticing import cancel_notice, serve_notice
from licensing.actions.paying import add_payment, confirm_receipt
from licensing.api.data import terms_data
from licensing.api.endpoints import SideEndpoint
from licensing.api.shapes import (
    NoticeInputSerializer,
    NoticeRowSerializer,
    NoticeSerializer,
    PaymentInputSerializer,
    ReceiptInputSerializer,
    TermsSerializer,
)
from licensing.enums import FilingSide
from licensing.forms.filing import ReceiptForm
from licensing.forms.taking import NoticeForm, PaymentForm
from licensing.queries.worklists import notices_seen_by
from registry.queries.public import public_statements

TAG = "notices"


class Terms(PublicEndpoint):
    """The terms of a statement."""

    @operation("read_terms", _("Read the exact terms"), tag="statements", gives=TermsSerializer)
    def get(self, request: Request, number: str) -> Response:
        """The terms that a notice served now would freeze, and the hash that it must name."""
        if not number.isalnum():
            raise Http404
        statement = get_object_or_404(public_statements().select_related("patent"), number=number)
        return answer(TermsSerializer, terms_data(statement))


class MyNotices(SideEndpoint):
    """Notices of either side."""

    @operation("list_my_notices", _("List notices"), tag=TAG, gives=NoticeRowSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """The notices on either side of which the caller stands, the newest first."""
        return page_of(request, notices_seen_by(self.actor, on=law_date(timezone.now())), NoticeRowSerializer)

    @operation(
        "serve_notice",
        _("Serve a notice"),
        tag=TAG,
        takes=NoticeInputSerializer,
        gives=NoticeSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request) -> Response:
        """Serve the written notice on the patentee; nobody has to agree. The terms are frozen at this moment. Where
        nothing is due at the start the license is there at once. A notice that waits is not served twice."""
        at = timezone.now()
        said = read(NoticeInputSerializer, request.data)
        if Role.ENTERPRISE not in self.actor.roles or not said["statement_number"].isalnum():
            raise Http404
        statement = get_object_or_404(public_statements(), number=said["statement_number"])
        notice = serve_notice(
            statement_id=statement.pk,
            text=filled(NoticeForm(given(said))).text(),
            terms_read=said["terms_hash"],
            by=self.actor,
            at=at,
        )
        return self.say_notice(notice.pk, at, status=201)


class MyNotice(SideEndpoint):
    """One notice."""

    @operation("read_my_notice", _("Read a notice"), tag=TAG, gives=NoticeSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """A notice with its frozen terms, payments and what became of it."""
        return self.say_notice(pk, timezone.now())

    @operation("cancel_notice", _("Take a notice back"), tag=TAG, gives=NoticeSerializer, act=True)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Take the caller's own notice back while its payment is open. It stays on record."""
        at = timezone.now()
        notice, _standing = self.notice_of(FilingSide.LICENSEE, pk, at)
        cancel_notice(notice_id=notice.pk, by=self.actor, at=at)
        return self.say_notice(pk, at)


class Payments(SideEndpoint):
    """Payments for a notice."""

    parser_classes = (MultiPartParser,)

    @operation(
        "add_payment",
        _("Show a payment"),
        tag=TAG,
        takes=PaymentInputSerializer,
        gives=NoticeSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Enter a payment with a copy of its voucher. One voucher pays for one license; with the whole sum due the
        license is in force."""
        at = timezone.now()
        read(PaymentInputSerializer, request.data)
        notice, _standing = self.notice_of(FilingSide.LICENSEE, pk, at)
        voucher = filled(PaymentForm(*form_data(request))).voucher()
        add_payment(notice_id=notice.pk, voucher=voucher, by=self.actor, at=at)
        return self.say_notice(pk, at, status=201)


class Proof(SideEndpoint):
    """The copy of a voucher."""

    @operation("read_proof", _("Fetch the copy of a voucher"), tag=TAG, files=FILES)
    def get(self, request: Request, pk: UUID, payment_pk: UUID) -> FileResponse:
        """The copy of a voucher, for both sides of the notice."""
        payments = self.notice(pk, timezone.now())[0].payments.select_related("proof")
        return storage.respond(get_object_or_404(payments, pk=payment_pk).proof)


class MyReceipt(SideEndpoint):
    """The patentee's receipt."""

    @operation(
        "confirm_receipt",
        _("Confirm the receipt of a payment"),
        tag=TAG,
        takes=ReceiptInputSerializer,
        gives=NoticeSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """The patentee confirms that the announced sum arrived. It is evidence, never a consent."""
        at = timezone.now()
        said = filled(ReceiptForm(given(read(ReceiptInputSerializer, request.data)))).cleaned_data
        notice, _standing = self.notice_of(FilingSide.LICENSOR, pk, at)
        confirm_receipt(notice_id=notice.pk, by=self.actor, at=at, **said)
        return self.say_notice(pk, at, status=201)
