"""What a clear fee standard may contain (RULES 85(2)(3)): ranges of sums, rates, units and due months. Pure.

Sums are yuan, rates percent, both with at most two decimals. Zero, "negotiable" and ranges are no clear standard.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.money import CENT, format_yuan, percent_in_words
from core.rules import Finding, Text

# What the statement's columns hold: numeric(14, 2), numeric(12, 2), percent, varchar(30).
LARGEST_AMOUNT = Decimal("999999999999.99")
LARGEST_UNIT_PRICE = Decimal("9999999999.99")
LARGEST_RATE = Decimal(100)
LONGEST_UNIT_NAME = 30
# Twenty years and at most five of compensation (LAW 42): nothing falls due after the longest patent term.
LATEST_DUE_MONTH = 300
MOST_INSTALMENTS = 60

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


class UnclearTerms(ValueError):
    """The terms are no clear fee standard (RULES 85(2)(3)). ``findings`` lists everything wrong, by column."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(f"{item.field}: {item.message}" for item in self.findings))


def require(*groups: list[Finding]) -> None:
    """Raise :class:`UnclearTerms` with everything the checks found; return if they found nothing."""
    findings = [found for group in groups for found in group]
    if findings:
        raise UnclearTerms(findings)


def read_number(value: object, column: str) -> Decimal | Finding:
    """Return the number that a column states, or the finding that it states none. A float is no exact number."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return Decimal(value.strip())
    if value is None or value == "":
        return Finding(_("This value is missing."), _("Fill it in, or choose another payment mode."), column)
    return Finding(_("This is not a number."), _("Write digits, with a point before the decimals."), column)


def check_sum(amount: Decimal, column: str, largest: Decimal = LARGEST_AMOUNT) -> list[Finding]:
    """A sum is more than zero, goes to the fen and fits its column."""
    return _check_number(
        amount,
        column,
        largest,
        too_small=_("The sum must be more than zero."),
        mend=_("State the price in yuan. A license without fee has its own payment mode."),
        too_large=format_lazy(_("The sum is larger than {limit}."), limit=format_yuan(largest)),
    )


def check_rate(rate: Decimal, column: str = "royalty_rate") -> list[Finding]:
    """A rate is more than zero and at most 100 percent, with two decimals. (The caps are another matter.)"""
    return _check_number(
        rate,
        column,
        LARGEST_RATE,
        too_small=_("The rate must be more than zero."),
        mend=_("State the rate in percent. A license without fee has its own payment mode."),
        too_large=format_lazy(_("The rate is higher than {limit}."), limit=percent_in_words(LARGEST_RATE)),
    )


def _check_number(
    value: Decimal, column: str, largest: Decimal, *, too_small: Text, mend: Text, too_large: Text
) -> list[Finding]:
    if not value.is_finite() or value <= 0:
        return [Finding(too_small, mend, column)]
    if value > largest:
        return [Finding(too_large, _("Check the number of digits."), column)]
    if value != value.quantize(CENT):
        return [Finding(_("There are more than two decimals."), _("Round to two decimals."), column)]
    return []


def check_unit(unit: str) -> list[Finding]:
    """A unit is named, in one line that fits its column."""
    if not unit.strip():
        return [Finding(_("The unit is missing."), _("Say what the price is for, such as one piece."), "unit_name")]
    if len(unit) > LONGEST_UNIT_NAME or not unit.isprintable():
        return [
            Finding(
                format_lazy(
                    _("The name of the unit is not one line of at most {limit} characters."), limit=LONGEST_UNIT_NAME
                ),
                _("Use one short word."),
                "unit_name",
            )
        ]
    return []


def check_due_month(month: Any) -> list[Finding]:
    """An instalment falls due a whole number of months after the license takes effect, within the longest term."""
    if type(month) is int and 0 <= month <= LATEST_DUE_MONTH:
        return []
    return [
        Finding(
            format_lazy(_("The due month must be a whole number from 0 to {limit}."), limit=LATEST_DUE_MONTH),
            _("Count the months from the day on which the license takes effect; 0 is before it does."),
            "instalments",
        )
    ]


def check_plan(months: list[int]) -> list[Finding]:
    """A plan has at least two instalments, each due later than the one before."""
    findings = []
    if not 2 <= len(months) <= MOST_INSTALMENTS:
        findings.append(
            Finding(
                format_lazy(_("A plan has from 2 to {limit} instalments."), limit=MOST_INSTALMENTS),
                _("For a single payment choose the lump sum."),
                "instalments",
            )
        )
    if any(later <= earlier for earlier, later in pairwise(months)):
        findings.append(
            Finding(
                _("Each instalment must be due later than the one before."),
                _("Put the instalments in the order of their due months, one a month at most."),
                "instalments",
            )
        )
    return findings
