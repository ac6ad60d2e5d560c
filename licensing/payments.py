"""Port to the bank: who says that a payment really arrived. Named by the setting ``PAYMENT_CHECKER``."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from core.rules import Text


@dataclass(frozen=True, slots=True)
class PaymentAnswer:
    """What the bank says. ``confirmed`` is None where nobody asked it; ``note`` is shown beside the payment."""

    confirmed: bool | None
    note: Text


class PaymentChecker(Protocol):
    """Asks whether a payment was made."""

    def check(self, *, bank: str, voucher_number: str, amount: Decimal, paid_on: date) -> PaymentAnswer:
        """Return the answer about a payment of ``amount`` yuan. Must not change anything and must not take long."""


class VoucherOnly:
    """Asks no bank: the voucher itself is the evidence, as it is on paper (GL V-11 §7(3))."""

    def check(self, *, bank: str, voucher_number: str, amount: Decimal, paid_on: date) -> PaymentAnswer:
        """Return that nobody was asked."""
        return PaymentAnswer(None, _("Shown by the voucher that was handed in; no bank was asked."))


def configured_checker() -> PaymentChecker:
    """Return the checker that the settings name."""
    return import_string(settings.PAYMENT_CHECKER)()
