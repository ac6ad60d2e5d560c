"""Fee terms of a statement as typed values (GL V-11 §3.3): what the fee columns mean, in one place. Pure.

Sums are yuan, rates percent. Terms that exist are clear: each class raises
:class:`~registry.fees.values.UnclearTerms` for values that are no fee standard. Caps are in ``caps``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypedDict

from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import format_percent, format_wan, format_yuan, percent, yuan
from core.rules import Finding
from registry.enums import FeeMode
from registry.fees.values import (
    LARGEST_UNIT_PRICE,
    UnclearTerms,
    check_due_month,
    check_plan,
    check_rate,
    check_sum,
    check_unit,
    read_number,
    require,
)

ZERO = Decimal("0.00")


class RoyaltyBase(StrEnum):
    """What a royalty is counted on."""

    SALES = "sales"  # net sales
    PROFIT = "profit"


class InstalmentData(TypedDict):
    """One instalment as the JSON column holds it."""

    due_months: int
    amount: str


class FeeColumns(TypedDict):
    """The statement's fee columns, as :func:`to_columns` fills them and :func:`from_columns` reads them."""

    fee_mode: str
    fixed_amount: Decimal | None
    royalty_rate: Decimal | None
    unit_price: Decimal | None
    unit_name: str
    instalments: list[InstalmentData]


@dataclass(frozen=True, slots=True)
class LumpSum:
    """One payment of ``amount`` before the license takes effect."""

    amount: Decimal

    def __post_init__(self) -> None:
        require(check_sum(self.amount, "fixed_amount"))


@dataclass(frozen=True, slots=True)
class Instalment:
    """A part of the price, due ``due_months`` months after the license takes effect (0: before it does)."""

    due_months: int
    amount: Decimal

    def __post_init__(self) -> None:
        require(check_due_month(self.due_months), check_sum(self.amount, "instalments"))


@dataclass(frozen=True, slots=True)
class Instalments:
    """A fixed price in two or more parts, in the order of their due months."""

    parts: tuple[Instalment, ...]

    def __post_init__(self) -> None:
        require(check_plan([part.due_months for part in self.parts]))
        require(check_sum(self.total, "fixed_amount"))

    @property
    def total(self) -> Decimal:
        """The whole price; the cap of a fixed fee applies to it."""
        return sum((part.amount for part in self.parts), ZERO)


@dataclass(frozen=True, slots=True)
class RoyaltyOnSales:
    """``rate`` percent of net sales (净销售额提成)."""

    rate: Decimal

    def __post_init__(self) -> None:
        require(check_rate(self.rate))


@dataclass(frozen=True, slots=True)
class RoyaltyOnProfit:
    """``rate`` percent of profit (利润额提成)."""

    rate: Decimal

    def __post_init__(self) -> None:
        require(check_rate(self.rate))


@dataclass(frozen=True, slots=True)
class EntryPlusRoyalty:
    """An entry fee before the license takes effect, then ``rate`` percent of ``base`` (入门费附加提成)."""

    entry: Decimal
    rate: Decimal
    base: RoyaltyBase

    def __post_init__(self) -> None:
        require(check_sum(self.entry, "fixed_amount"), check_rate(self.rate))


@dataclass(frozen=True, slots=True)
class PerUnit:
    """``price`` yuan for each ``unit`` made or sold; the unit is the patentee's own word."""

    price: Decimal
    unit: str

    def __post_init__(self) -> None:
        require(check_sum(self.price, "unit_price", LARGEST_UNIT_PRICE), check_unit(self.unit))


@dataclass(frozen=True, slots=True)
class Free:
    """No fee, said explicitly."""


FeeTerms = LumpSum | Instalments | RoyaltyOnSales | RoyaltyOnProfit | EntryPlusRoyalty | PerUnit | Free

_BASES = {FeeMode.ENTRY_ROYALTY_SALES: RoyaltyBase.SALES, FeeMode.ENTRY_ROYALTY_PROFIT: RoyaltyBase.PROFIT}
_USED: dict[FeeMode, frozenset[str]] = {
    FeeMode.LUMP_SUM: frozenset({"fixed_amount"}),
    FeeMode.INSTALMENTS: frozenset({"fixed_amount", "instalments"}),
    FeeMode.ROYALTY_SALES: frozenset({"royalty_rate"}),
    FeeMode.ROYALTY_PROFIT: frozenset({"royalty_rate"}),
    FeeMode.ENTRY_ROYALTY_SALES: frozenset({"fixed_amount", "royalty_rate"}),
    FeeMode.ENTRY_ROYALTY_PROFIT: frozenset({"fixed_amount", "royalty_rate"}),
    FeeMode.PER_UNIT: frozenset({"unit_price", "unit_name"}),
    FeeMode.FREE: frozenset(),
}


def columns_of(mode: FeeMode) -> frozenset[str]:
    """Return the names of the columns that this mode fills; all others stay empty."""
    return _USED[mode]


def mode_of(terms: FeeTerms) -> FeeMode:
    """Return the fee mode that these terms are announced under."""
    if isinstance(terms, EntryPlusRoyalty):
        on_sales = terms.base is RoyaltyBase.SALES
        return FeeMode.ENTRY_ROYALTY_SALES if on_sales else FeeMode.ENTRY_ROYALTY_PROFIT
    return {
        LumpSum: FeeMode.LUMP_SUM,
        Instalments: FeeMode.INSTALMENTS,
        RoyaltyOnSales: FeeMode.ROYALTY_SALES,
        RoyaltyOnProfit: FeeMode.ROYALTY_PROFIT,
        PerUnit: FeeMode.PER_UNIT,
        Free: FeeMode.FREE,
    }[type(terms)]


def to_columns(terms: FeeTerms) -> FeeColumns:
    """Return what the statement's columns hold for these terms; unused ones are empty."""
    columns = FeeColumns(
        fee_mode=mode_of(terms).value,
        fixed_amount=None,
        royalty_rate=None,
        unit_price=None,
        unit_name="",
        instalments=[],
    )
    if isinstance(terms, LumpSum):
        columns["fixed_amount"] = yuan(terms.amount)
    elif isinstance(terms, Instalments):
        columns["fixed_amount"] = yuan(terms.total)
        columns["instalments"] = [
            InstalmentData(due_months=part.due_months, amount=str(yuan(part.amount))) for part in terms.parts
        ]
    elif isinstance(terms, RoyaltyOnSales | RoyaltyOnProfit):
        columns["royalty_rate"] = percent(terms.rate)
    elif isinstance(terms, EntryPlusRoyalty):
        columns["fixed_amount"], columns["royalty_rate"] = yuan(terms.entry), percent(terms.rate)
    elif isinstance(terms, PerUnit):
        columns["unit_price"], columns["unit_name"] = yuan(terms.price), terms.unit
    return columns


def from_columns(
    *,
    fee_mode: str,
    fixed_amount: Decimal | str | None = None,
    royalty_rate: Decimal | str | None = None,
    unit_price: Decimal | str | None = None,
    unit_name: str = "",
    instalments: Sequence[Any] = (),
) -> FeeTerms:
    """Return the terms that the columns state. The total of instalments may be left out; if given it must agree.

    Raises:
        UnclearTerms: no mode, a missing or surplus column, or a value out of its range; all of them at once.
    """
    if fee_mode not in FeeMode.values:
        raise UnclearTerms([Finding(_("The payment mode is missing."), _("Choose how the fee is paid."), "fee_mode")])
    mode = FeeMode(fee_mode)
    columns = {
        "fixed_amount": fixed_amount,
        "royalty_rate": royalty_rate,
        "unit_price": unit_price,
        "unit_name": unit_name,
        "instalments": instalments,
    }
    wrong = [
        Finding(_("The chosen payment mode does not use this field."), _("Leave it empty."), name)
        for name, value in columns.items()
        if name not in columns_of(mode) and value is not None and value not in ("", [], ())
    ]
    try:
        terms = _instalments(columns, wrong) if mode is FeeMode.INSTALMENTS else _simple(mode, columns, wrong)
    except UnclearTerms as unclear:
        raise UnclearTerms([*wrong, *unclear.findings]) from None
    if wrong:
        raise UnclearTerms(wrong)
    return terms


def _simple(mode: FeeMode, columns: dict[str, Any], wrong: list[Finding]) -> FeeTerms:
    """Build the terms of every mode but instalments. What cannot be read goes to ``wrong``; one stands in for it."""

    def number(name: str) -> Decimal:
        found = read_number(columns[name], name)
        if isinstance(found, Finding):
            wrong.append(found)
            return Decimal(1)
        return found

    if mode in _BASES:
        return EntryPlusRoyalty(number("fixed_amount"), number("royalty_rate"), _BASES[mode])
    match mode:
        case FeeMode.LUMP_SUM:
            return LumpSum(number("fixed_amount"))
        case FeeMode.ROYALTY_SALES:
            return RoyaltyOnSales(number("royalty_rate"))
        case FeeMode.ROYALTY_PROFIT:
            return RoyaltyOnProfit(number("royalty_rate"))
        case FeeMode.PER_UNIT:
            return PerUnit(number("unit_price"), columns["unit_name"].strip())
    return Free()


def _instalments(columns: dict[str, Any], wrong: list[Finding]) -> Instalments:
    parts = []
    for position, data in enumerate(columns["instalments"], start=1):
        try:
            parts.append(_instalment(data))
        except UnclearTerms as unclear:
            wrong.extend(
                Finding(
                    format_lazy(_("Instalment {position}: {problem}"), position=position, problem=found.message),
                    found.remedy,
                    "instalments",
                )
                for found in unclear.findings
            )
    if wrong:
        raise UnclearTerms(())
    plan = Instalments(tuple(parts))
    stated = columns["fixed_amount"]
    if stated not in (None, "") and read_number(stated, "fixed_amount") != plan.total:
        wrong.append(
            Finding(
                format_lazy(
                    _("The instalments add up to {total}, which is not the total stated."),
                    total=format_yuan(plan.total),
                ),
                _("Correct the total or the instalments."),
                "fixed_amount",
            )
        )
    return plan


def _instalment(data: Any) -> Instalment:
    if not isinstance(data, dict) or data.keys() != {"due_months", "amount"}:
        unreadable = _("It needs a due month and an amount, and nothing else.")
        raise UnclearTerms([Finding(unreadable, _("Enter the instalment again."), "instalments")])
    amount = read_number(data["amount"], "instalments")
    if isinstance(amount, Finding):
        raise UnclearTerms([amount])
    return Instalment(data["due_months"], amount)


def canonical(terms: FeeTerms) -> dict[str, Any]:
    """Return the terms as JSON-ready data with one spelling each: what is hashed when terms are frozen.

    Decimals are strings with two places, empty columns are left out, the order of the keys is fixed, and
    ``from_columns(**canonical(terms)) == terms``.
    """
    return {
        name: str(value) if isinstance(value, Decimal) else value
        for name, value in to_columns(terms).items()
        if value not in (None, "", [])
    }


def due_at_start(terms: FeeTerms) -> Decimal:
    """Return the sum payable before the license takes effect, in yuan (LAW 51(1); GL V-11 §6).

    The lump sum, the instalment due at month 0, or the entry fee; zero where the fee follows use or there is none.
    """
    if isinstance(terms, LumpSum):
        return terms.amount
    if isinstance(terms, Instalments):
        return sum((part.amount for part in terms.parts if part.due_months == 0), ZERO)
    return terms.entry if isinstance(terms, EntryPlusRoyalty) else ZERO


def describe(terms: FeeTerms) -> str:
    """Return the price in plain words of the active language: ``3 % of net sales``."""
    words: dict[str, object] = {}
    if isinstance(terms, LumpSum):
        sentence, words["amount"] = gettext("%(amount)s once"), format_wan(terms.amount)
    elif isinstance(terms, Instalments):
        sentence = gettext("%(amount)s in %(count)s instalments")
        words = {"amount": format_wan(terms.total), "count": len(terms.parts)}
    elif isinstance(terms, PerUnit):
        sentence = gettext("%(amount)s per %(unit)s")
        words = {"amount": format_yuan(terms.price), "unit": terms.unit}
    elif isinstance(terms, Free):
        sentence = gettext("Free of charge")
    elif isinstance(terms, RoyaltyOnSales):
        sentence, words["rate"] = gettext("%(rate)s of net sales"), format_percent(terms.rate)
    elif isinstance(terms, RoyaltyOnProfit):
        sentence, words["rate"] = gettext("%(rate)s of profit"), format_percent(terms.rate)
    else:
        sentence = (
            gettext("%(entry)s entry fee plus %(rate)s of net sales")
            if terms.base is RoyaltyBase.SALES
            else gettext("%(entry)s entry fee plus %(rate)s of profit")
        )
        words = {"entry": format_wan(terms.entry), "rate": format_percent(terms.rate)}
    return sentence % words


def describe_instalments(terms: Instalments) -> list[str]:
    """Return one sentence a part, in the order of payment, in the active language."""
    return [
        gettext("%(amount)s before the license takes effect") % {"amount": format_wan(part.amount)}
        if part.due_months == 0
        else gettext("%(amount)s %(months)s months after the license takes effect")
        % {"amount": format_wan(part.amount), "months": part.due_months}
        for part in terms.parts
    ]
