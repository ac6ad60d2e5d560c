"""The caps of open license fees (GL V-11 §3.3; NOTICE): at most, so that equality passes. Pure.

The constants are the caps in force since 20 January 2024, for the table's check constraints. What applied on a given
day is read from the dated rows of ``core.legal.settings``; a test keeps the two equal.
"""

from datetime import date
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import UnknownSetting, setting
from core.money import format_yuan, percent_in_words
from core.rules import Finding
from registry.fees.terms import (
    EntryPlusRoyalty,
    FeeTerms,
    Instalments,
    LumpSum,
    PerUnit,
    RoyaltyBase,
    RoyaltyOnProfit,
    RoyaltyOnSales,
)

FIXED_CAP = Decimal("20000000.00")
SALES_CAP = Decimal("20.00")
PROFIT_CAP = Decimal("40.00")

REMEDY = _(
    "Lower the fee to the cap, or use another route: conclude an ordinary license contract with each licensee "
    "instead of an open license (LAW 51(3)). Or ask for an exception and say why; an examiner decides on it."
)
_RATE_CAPS = {RoyaltyBase.SALES: "sales_royalty_cap", RoyaltyBase.PROFIT: "profit_royalty_cap"}
_RATE_MESSAGES = {
    RoyaltyBase.SALES: _("A royalty on net sales is generally at most {cap} (GL V-11 §3.3)."),
    RoyaltyBase.PROFIT: _("A royalty on profit is generally at most {cap} (GL V-11 §3.3)."),
}


def over_cap(terms: FeeTerms, on: date) -> list[Finding]:
    """Return a finding for each part of the fee above the cap that applied on that day.

    A fixed fee is the lump sum, the total of the instalments or the entry fee. For an entry fee plus royalty the law
    states no cap of the whole; office practice applies each cap to its own part. No cap is stated for a price per
    unit (see :func:`without_cap`).
    """
    findings = []
    fixed = _fixed_part(terms)
    cap = cap_on("fixed_fee_cap", on)
    if fixed is not None and cap is not None and fixed > cap:
        message = format_lazy(_("A fixed fee is generally at most {cap} (GL V-11 §3.3)."), cap=format_yuan(cap))
        findings.append(Finding(message, REMEDY, "fixed_amount"))
    royalty = _royalty_part(terms)
    if royalty is not None:
        rate, base = royalty
        cap = cap_on(_RATE_CAPS[base], on)
        if cap is not None and rate > cap:
            message = format_lazy(_RATE_MESSAGES[base], cap=percent_in_words(cap))
            findings.append(Finding(message, REMEDY, "royalty_rate"))
    return findings


def without_cap(terms: FeeTerms) -> list[Finding]:
    """Return a finding where the Guidelines state no cap, so that a person looks at the price."""
    if not isinstance(terms, PerUnit):
        return []
    message = _("The Guidelines state no cap for a price per unit; the examiner looks at it.")
    return [Finding(message, _("Show in the explanation how the price was calculated."), "unit_price")]


def _fixed_part(terms: FeeTerms) -> Decimal | None:
    if isinstance(terms, LumpSum):
        return terms.amount
    if isinstance(terms, Instalments):
        return terms.total
    return terms.entry if isinstance(terms, EntryPlusRoyalty) else None


def _royalty_part(terms: FeeTerms) -> tuple[Decimal, RoyaltyBase] | None:
    if isinstance(terms, RoyaltyOnSales):
        return terms.rate, RoyaltyBase.SALES
    if isinstance(terms, RoyaltyOnProfit):
        return terms.rate, RoyaltyBase.PROFIT
    return (terms.rate, terms.base) if isinstance(terms, EntryPlusRoyalty) else None


def cap_on(key: str, on: date) -> Decimal | None:
    """Return the cap of this setting that applied on that day; None before the first."""
    try:
        return setting(key, on=on).amount
    except UnknownSetting:
        return None  # before the Guidelines of 2023 no cap was stated
