"""The licensee's payment and the patentee's receipt. Either completes the license; neither is a consent."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Violation
from core.storage import store
from core.validation.files import CleanFile
from licensing.actions.locking import lock_notice
from licensing.actions.obtaining import obtain
from licensing.actions.sides import require_side
from licensing.enums import FilingSide, NoticeStatus
from licensing.lifecycles.notice import NOTICE
from licensing.models import License, Notice, Payment, Receipt
from licensing.notifications import tell_of_notice
from licensing.payments import configured_checker
from licensing.queries.facts import paid_for, paying_facts, proof_known, voucher_known
from licensing.rules import PAYING
from licensing.rules.terms import effective_day
from registry.queries.acceptance import acceptance_of


@dataclass(frozen=True, slots=True)
class Voucher:
    """A bank voucher as the licensee describes it, with the inspected copy. The amount is in yuan."""

    amount: Decimal
    paid_on: date
    voucher_number: str
    bank: str
    account_tail: str
    proof: CleanFile

    @property
    def voucher_key(self) -> str:
        """The number in its comparable form: capital letters and digits alone."""
        return re.sub(r"[^0-9A-Z]", "", unicodedata.normalize("NFKC", self.voucher_number).upper())

    @property
    def bank_key(self) -> str:
        """The bank in its comparable form: no blanks, no signs, one case."""
        return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", self.bank).casefold())


@transaction.atomic
def add_payment(*, notice_id: UUID, voucher: Voucher, by: Actor, at: datetime) -> License | None:
    """Enter a payment; return the license if the sum due is complete with it, else None.

    Raises:
        Notice.DoesNotExist: the actor is not its licensee.
        Refused: the payment does not pay for a license (rules P1-P8), or the statement cannot be accepted today.
        IllegalStep: the notice waits for no payment.
    """
    notice = _waiting(notice_id, by=by, at=at)
    on = law_date(at)
    facts = paying_facts(
        notice,
        amount=voucher.amount,
        paid_on=voucher.paid_on,
        on=on,
        voucher_used=voucher_known(bank_key=voucher.bank_key, voucher_key=voucher.voucher_key, paid_on=voucher.paid_on),
        proof_used=proof_known(voucher.proof.sha256),
    )
    _refuse([*PAYING.check(facts, on=on), *_suspended(notice, voucher.paid_on, at=at)])
    answer = configured_checker().check(
        bank=voucher.bank, voucher_number=voucher.voucher_number, amount=voucher.amount, paid_on=voucher.paid_on
    )
    payment = Payment.objects.create(
        notice=notice,
        amount=voucher.amount,
        paid_on=voucher.paid_on,
        voucher_number=voucher.voucher_number,
        voucher_key=voucher.voucher_key,
        bank=voucher.bank,
        bank_key=voucher.bank_key,
        account_tail=voucher.account_tail,
        proof=store(voucher.proof, by=by, at=at),
        proof_sha256=voucher.proof.sha256,
        added_by_id=by.person_id,
        added_at=at,
    )
    audit.record(
        "pay",
        payment,
        by=by,
        at=at,
        basis=(LAW(51, 1), GL("V-11 §6")),
        data={"notice": str(notice.pk), "amount": str(voucher.amount), "bank_confirmed": answer.confirmed},
    )
    tell_of_notice("paid", notice, at=at, amount=str(voucher.amount), paid_on=str(voucher.paid_on))
    if paid_for(notice) < notice.due_at_start:
        return None
    last = notice.payments.order_by("-paid_on").values_list("paid_on", flat=True)[0]
    return obtain(notice, paid_on=last, by=by, at=at)


@transaction.atomic
def confirm_receipt(*, notice_id: UUID, amount: Decimal, received_on: date, by: Actor, at: datetime) -> Receipt:
    """Enter the patentee's receipt, which stands in for the voucher (GL V-11 §7(3)); for a free license, of nothing.

    It is evidence for the filing. A notice that still waits is completed by it, as it is by a voucher.

    Raises:
        Notice.DoesNotExist: the actor is not on the licensor's side.
        Refused: the sum is not the announced one, the day is impossible, or the receipt is given already.
        IllegalStep: the notice was taken back or closed.
    """
    notice = lock_notice(notice_id)
    licensor = require_side(notice, FilingSide.LICENSOR, by=by, at=at)
    if notice.status not in (NoticeStatus.WAITING, NoticeStatus.COMPLETED):
        raise IllegalStep(NOTICE.name, "confirm_receipt", notice.status)
    on = law_date(at)
    waiting = notice.status == NoticeStatus.WAITING
    facts = paying_facts(
        notice,
        amount=amount,
        paid_on=received_on,
        on=on,
        by_receipt=True,
        receipt_given=Receipt.objects.filter(notice=notice).exists(),
    )
    # Once the license exists, the day of the receipt no longer decides about it: only P1, P7 and P8 are left to ask.
    found = PAYING.check(facts, on=on, only=None if waiting else ("P1", "P7", "P8"))
    _refuse([*found, *(_suspended(notice, received_on, at=at) if waiting else [])])
    receipt = Receipt.objects.create(
        notice=notice,
        amount=amount,
        received_on=received_on,
        organisation_id=licensor.organisation_id,
        confirmed_by_id=by.person_id,
        confirmed_at=at,
    )
    audit.record("confirm_receipt", receipt, by=by, at=at, basis=(GL("V-11 §7", 3),), data={"notice": str(notice.pk)})
    tell_of_notice("received", notice, at=at, amount=str(amount), received_on=str(received_on))
    if waiting:
        obtain(notice, paid_on=received_on, by=by, at=at)
    return receipt


def _waiting(notice_id: UUID, *, by: Actor, at: datetime) -> Notice:
    notice = lock_notice(notice_id)
    require_side(notice, FilingSide.LICENSEE, by=by, at=at)
    if notice.status != NoticeStatus.WAITING:
        raise IllegalStep(NOTICE.name, "pay", notice.status)
    return notice


def _suspended(notice: Notice, paid_on: date, *, at: datetime) -> list[Violation]:
    """Return what bars acceptance today, where this payment would make the license effective today.

    A payment of an earlier day is judged by the days of law alone (rules P2-P4): what the register says today cannot
    undo a license that came about before.
    """
    if effective_day(notice.served_on, paid_on) != law_date(at):
        return []
    return list(acceptance_of(notice.statement, at=at).violations)


def _refuse(violations: list[Violation]) -> None:
    blocking = [violation for violation in violations if violation.blocks]
    if blocking:
        raise Refused(blocking)
