"""The licensee's notice with the terms it froze, and the evidence of payment (LAW 51(1); GL V-11 §6)."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Residence
from accounts.models import Organisation, User
from core.models import Identified, Staged, StoredFile, append_only, follows
from licensing.enums import NoticeStatus
from licensing.lifecycles import NOTICE
from licensing.models.constraints import begins_as, kept, served_while_open
from licensing.models.days import LawDay
from registry.models import Statement

SHA256 = r"^[0-9a-f]{64}$"


class Notice(Staged):
    """A written notice to the patentee. What it says is frozen the moment it is served; the server sets the time.

    ``terms`` are the announced terms as they stood then and ``terms_hash`` is the SHA-256 of their canonical JSON.
    ``due_at_start`` is in yuan: what must be paid before the license takes effect.
    """

    lifecycle = NOTICE

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="notices"
    )
    licensee = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="notices", verbose_name=_("licensee")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=NoticeStatus, default=NoticeStatus.WAITING, editable=False
    )
    terms = models.JSONField(_("terms"))
    terms_hash = models.CharField(_("hash of the terms"), max_length=64)
    due_at_start = models.DecimalField(_("due before the start"), max_digits=14, decimal_places=2)

    licensee_name = models.CharField(_("licensee's name"), max_length=200)
    licensee_uscc = models.CharField(_("unified social credit code"), max_length=18, blank=True)
    licensee_residence = models.CharField(_("residence"), max_length=2, choices=Residence)
    licensee_address = models.CharField(_("address"), max_length=300)
    contact_name = models.CharField(_("contact person"), max_length=100)
    contact_phone = models.CharField(_("telephone"), max_length=40)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    intended_start_on = models.DateField(_("intended start"))
    signed_name = models.CharField(_("signed by"), max_length=100)
    served_by = models.ForeignKey(User, verbose_name=_("served by"), on_delete=models.PROTECT, related_name="+")
    served_at = models.DateTimeField(_("served"))
    served_on = models.DateField(_("day of service"))
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [models.Index(fields=["licensee", "-served_at"], name="notice_by_licensee")]
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "licensee"],
                condition=Q(status=NoticeStatus.WAITING),
                name="notice_one_waiting_per_licensee",
            ),
            models.CheckConstraint(condition=Q(terms_hash__regex=SHA256), name="notice_terms_hashed"),
            models.CheckConstraint(condition=Q(due_at_start__gte=0), name="notice_due_not_negative"),
            models.CheckConstraint(
                condition=~Q(licensee_name="") & ~Q(licensee_address="") & ~Q(contact_name="") & ~Q(contact_phone=""),
                name="notice_names_the_licensee",
            ),
            models.CheckConstraint(condition=~Q(signed_name=""), name="notice_is_signed"),
            models.CheckConstraint(condition=Q(served_on=LawDay("served_at")), name="notice_day_is_its_time"),
            models.CheckConstraint(
                condition=Q(status=NoticeStatus.WAITING, closed_at=None)
                | (~Q(status=NoticeStatus.WAITING) & Q(closed_at__isnull=False)),
                name="notice_closed_has_time",
            ),
        ]
        triggers = [
            follows(NOTICE),
            begins_as("notice", NoticeStatus.WAITING),
            kept("notice"),
            served_while_open(),
            pgtrigger.ReadOnly(name="notice_as_served", exclude=["status", "closed_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.licensee_name} / {self.statement}"


class Payment(Identified):
    """A payment shown by a bank voucher. One voucher serves one notice: neither its number nor its copy comes twice.

    ``bank`` and ``voucher_number`` are kept as typed; ``bank_key`` and ``voucher_key`` are their comparable forms.
    """

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    voucher_number = models.CharField(_("voucher number"), max_length=60)
    voucher_key = models.CharField(max_length=60, editable=False)
    bank = models.CharField(_("paying bank"), max_length=100)
    bank_key = models.CharField(max_length=100, editable=False)
    account_tail = models.CharField(_("last four digits of the paying account"), max_length=4)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("proof"))
    proof_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("handed in"))

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["paid_on", "added_at"]
        constraints = [
            models.UniqueConstraint(fields=["bank_key", "voucher_key"], name="payment_voucher_once"),
            # The same number on the same day under another spelling of the bank is the same voucher.
            models.UniqueConstraint(fields=["voucher_key", "paid_on"], name="payment_voucher_once_a_day"),
            models.UniqueConstraint(fields=["proof_sha256"], name="payment_proof_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_positive"),
            models.CheckConstraint(condition=Q(proof_sha256__regex=SHA256), name="payment_proof_hashed"),
            models.CheckConstraint(
                condition=Q(voucher_key__regex=r"^[0-9A-Z]+$") & ~Q(bank_key=""), name="payment_voucher_identified"
            ),
            models.CheckConstraint(condition=Q(account_tail__regex=r"^[0-9]{4}$"), name="payment_account_tail_form"),
            models.CheckConstraint(condition=Q(paid_on__lte=LawDay("added_at")), name="payment_not_in_future"),
        ]
        triggers = append_only("payment")

    def __str__(self) -> str:
        return f"{self.voucher_number} {self.amount}"


class Receipt(Identified):
    """The patentee's receipt, which stands in for the voucher (GL V-11 §7(3)). For a free license the sum is zero.

    It is evidence, never a consent: no license waits for it where a voucher is there or nothing is due.
    """

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="receipt")
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    received_on = models.DateField(_("received on"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"))

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="receipt_not_negative"),
            models.CheckConstraint(condition=Q(received_on__lte=LawDay("confirmed_at")), name="receipt_not_in_future"),
        ]
        triggers = append_only("receipt")

    def __str__(self) -> str:
        return f"{self.notice} {self.amount}"
