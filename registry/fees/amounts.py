"""What a license costs one firm, year by year, with every step explained ("what would this cost me?"). Pure.

An estimate from the firm's own figures, in yuan; nothing here is owed. Each year's royalty is rounded once, to the
fen, half up.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.money import format_percent, format_yuan, percent_of, yuan
from core.rules import Text
from registry.fees.terms import (
    ZERO,
    EntryPlusRoyalty,
    FeeTerms,
    Free,
    Instalments,
    LumpSum,
    PerUnit,
    RoyaltyBase,
    RoyaltyOnSales,
)

MOST_YEARS = 25  # the longest patent term with compensation
LARGEST_FIGURE = Decimal("999999999999.99")
MOST_UNITS = 1_000_000_000


class UsageMissing(ValueError):
    """The fee follows a figure that the firm has not given; ``figure`` is the name of the field of :class:`Usage`."""

    def __init__(self, figure: str, message: Text) -> None:
        self.figure, self.message = figure, message
        super().__init__(figure)


class CostTooLarge(ValueError):
    """The figures multiply to more than an amount of money can hold."""


@dataclass(frozen=True, slots=True)
class Usage:
    """How a firm would use the invention: yearly net sales and profit in yuan, units a year, and for how long.

    A figure that is not known is None; it is asked for only where the fee follows it. A loss is a negative profit.

    Raises:
        ValueError: years outside 1 to 25, negative sales or units, or a figure beyond a trillion yuan.
    """

    years: int
    yearly_sales: Decimal | None = None
    yearly_profit: Decimal | None = None
    yearly_units: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.years <= MOST_YEARS:
            raise ValueError(f"years must be from 1 to {MOST_YEARS}")
        for name, figure, lowest, highest in (
            ("yearly_sales", self.yearly_sales, ZERO, LARGEST_FIGURE),
            ("yearly_profit", self.yearly_profit, -LARGEST_FIGURE, LARGEST_FIGURE),
            ("yearly_units", self.yearly_units, 0, MOST_UNITS),
        ):
            if figure is not None and not (Decimal(figure).is_finite() and lowest <= figure <= highest):
                raise ValueError(f"{name} is out of range")


@dataclass(frozen=True, slots=True)
class CostStep:
    """One sum in one year (counted from 1) and the sentence that explains it."""

    year: int
    amount: Decimal
    explanation: str


@dataclass(frozen=True, slots=True)
class Cost:
    """All steps in the order of payment. ``by_year[0]`` is the first year's sum."""

    steps: tuple[CostStep, ...]
    by_year: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """The sum of all years, in yuan."""
        return sum(self.by_year, ZERO)


def cost(terms: FeeTerms, usage: Usage) -> Cost:
    """Return what these terms cost a firm with this usage, in the active language.

    Instalments due after the last year of use are owed all the same, and lengthen the list.

    Raises:
        UsageMissing: the fee follows sales, profit or units, and that figure is not given.
        CostTooLarge: a year's sum is beyond what an amount of money can hold.
    """
    steps = tuple(sorted(_steps(terms, usage), key=lambda step: step.year))
    last = max(usage.years, *(step.year for step in steps))
    by_year = tuple(sum((step.amount for step in steps if step.year == year), ZERO) for year in range(1, last + 1))
    return Cost(steps, by_year)


def _steps(terms: FeeTerms, usage: Usage) -> Iterator[CostStep]:
    if isinstance(terms, LumpSum):
        yield CostStep(1, yuan(terms.amount), gettext("Lump sum, paid once before the license takes effect."))
    elif isinstance(terms, Instalments):
        yield from _instalment_steps(terms)
    elif isinstance(terms, Free):
        yield CostStep(1, ZERO, gettext("The license is free of charge."))
    elif isinstance(terms, PerUnit):
        yield from _unit_steps(terms, usage)
    elif isinstance(terms, EntryPlusRoyalty):
        yield CostStep(1, yuan(terms.entry), gettext("Entry fee, paid once before the license takes effect."))
        yield from _royalty_steps(terms.rate, terms.base, usage)
    else:
        base = RoyaltyBase.SALES if isinstance(terms, RoyaltyOnSales) else RoyaltyBase.PROFIT
        yield from _royalty_steps(terms.rate, base, usage)


def _instalment_steps(terms: Instalments) -> Iterator[CostStep]:
    count = len(terms.parts)
    for number, part in enumerate(terms.parts, start=1):
        words = {"number": number, "count": count, "months": part.due_months}
        explanation = (
            gettext("Instalment %(number)s of %(count)s, before the license takes effect.")
            if part.due_months == 0
            else gettext("Instalment %(number)s of %(count)s, %(months)s months after the license takes effect.")
        )
        # Twelve months after the start is the first day of the second year.
        yield CostStep(part.due_months // 12 + 1, yuan(part.amount), explanation % words)


def _royalty_steps(rate: Decimal, base: RoyaltyBase, usage: Usage) -> Iterator[CostStep]:
    if base is RoyaltyBase.SALES:
        if usage.yearly_sales is None:
            raise UsageMissing("yearly_sales", _("Enter your expected net sales a year."))
        figure, sentence = usage.yearly_sales, gettext("%(rate)s of %(figure)s net sales.")
    else:
        if usage.yearly_profit is None:
            raise UsageMissing("yearly_profit", _("Enter your expected profit a year."))
        figure, sentence = usage.yearly_profit, gettext("%(rate)s of %(figure)s profit.")
    if figure < 0:
        sentence = gettext("No royalty in a year of loss (%(figure)s).")
    explanation = sentence % {"rate": format_percent(rate), "figure": format_yuan(figure)}
    amount = percent_of(rate, max(figure, ZERO))
    for year in range(1, usage.years + 1):
        yield CostStep(year, amount, explanation)


def _unit_steps(terms: PerUnit, usage: Usage) -> Iterator[CostStep]:
    if usage.yearly_units is None:
        raise UsageMissing("yearly_units", _("Enter how many units you expect to make or sell a year."))
    try:
        amount = yuan(terms.price * usage.yearly_units)
    except ValueError:
        raise CostTooLarge from None
    explanation = gettext("%(count)s × %(price)s per %(unit)s.") % {
        "count": f"{usage.yearly_units:,}",
        "price": format_yuan(terms.price),
        "unit": terms.unit,
    }
    for year in range(1, usage.years + 1):
        yield CostStep(year, amount, explanation)
