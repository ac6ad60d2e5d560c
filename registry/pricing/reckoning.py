"""From a method's figures to a fee: base × coefficient, then the term, then the caps; every step as data. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import GL
from core.money import format_percent, format_yuan, percent, yuan
from core.rules import Finding, Text
from registry.enums import PricingBasis, PricingMethod
from registry.fees.caps import cap_on, over_cap
from registry.fees.terms import FeeTerms, LumpSum, RoyaltyOnProfit, RoyaltyOnSales
from registry.fees.values import UnclearTerms
from registry.pricing.bases import CONTRACTS
from registry.pricing.coefficient import MOST_LICENSEES, coefficient, practice
from registry.pricing.figures import LONGEST_SOURCE, Ask, Step, Unit, WrongFigures, written
from registry.pricing.methods import METHODS, Method, Way

MOST_MONTHS = 300
_CAPS = {
    PricingBasis.FIXED: "fixed_fee_cap",
    PricingBasis.SALES: "sales_royalty_cap",
    PricingBasis.PROFIT: "profit_royalty_cap",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """What somebody gives for an estimate. ``given`` holds the method's figures; ``source`` says where they stand."""

    method: PricingMethod
    basis: PricingBasis
    given: Mapping[str, Decimal]
    source: str
    licensees: int
    months: int
    suits: tuple[bool, ...] = field(default=())

    @property
    def way(self) -> Way:
        """The method for this kind of fee."""
        return METHODS[self.method].ways[self.basis]

    @property
    def plan(self) -> Method:
        """The method."""
        return METHODS[self.method]


@dataclass(frozen=True, slots=True)
class Reckoning:
    """An estimate, worked out. ``outcome`` is what the method gives, ``proposal`` the same within the cap.

    ``findings`` says where the two differ; ``doubts`` are the questions answered with no.
    """

    inputs: tuple[Step, ...]
    steps: tuple[Step, ...]
    outcome: Step
    proposal: Step
    findings: tuple[Finding, ...]
    doubts: tuple[Text, ...]


def reckon(figures: Figures, *, on: date) -> Reckoning:
    """Work the estimate out by the practice and the caps of that day.

    Raises:
        WrongFigures: a figure is missing or out of range, the source is missing, or the result is no fee.
    """
    wrong = list(_wrong(figures))
    if wrong:
        raise WrongFigures(wrong)
    inputs = tuple(_inputs(figures))
    steps = figures.way.base(figures.given)
    curve, floor = practice(on)
    factor = coefficient(figures.licensees, on=on)
    working = f"max(1 ÷ √{figures.licensees}; {written(floor.amount, Unit.FACTOR)})"
    steps.append(
        Step(_("Coefficient for the expected licensees"), factor, Unit.FACTOR, working, format_lazy("{}", curve.source))
    )
    steps += _fee(figures, steps[-2], factor)
    outcome = steps[-1]
    try:
        findings = tuple(over_cap(terms_of(figures.basis, outcome.value), on))
    except UnclearTerms as unclear:
        raise WrongFigures([Finding(item.message, item.remedy) for item in unclear.findings]) from unclear
    cap = cap_on(_CAPS[figures.basis], on)
    if cap is not None:
        steps.append(Step(_("Cap"), cap, outcome.unit, "", format_lazy("{}", GL("V-11 §3.3"))))
    value = outcome.value if cap is None else min(outcome.value, cap)
    proposal = Step(_PROPOSED[figures.basis], value, outcome.unit)
    questions = figures.plan.questions
    doubts = tuple(text for text, suits in zip(questions, figures.suits, strict=False) if not suits)
    return Reckoning(inputs, tuple(steps), outcome, proposal, findings, doubts)


def terms_of(basis: PricingBasis, value: Decimal) -> FeeTerms:
    """Return the fee terms that this result would be. Raises UnclearTerms where it is none."""
    if basis is PricingBasis.FIXED:
        return LumpSum(value)
    return RoyaltyOnSales(value) if basis is PricingBasis.SALES else RoyaltyOnProfit(value)


_PROPOSED: dict[PricingBasis, Text] = {
    PricingBasis.FIXED: _("Fee for the whole term, within the cap"),
    PricingBasis.SALES: _("Rate on net sales, within the cap"),
    PricingBasis.PROFIT: _("Rate on profit, within the cap"),
}


def _fee(figures: Figures, base: Step, factor: Decimal) -> Iterator[Step]:
    shown = written(factor, Unit.FACTOR)
    if figures.basis is not PricingBasis.FIXED:
        label = _("Rate on net sales") if figures.basis is PricingBasis.SALES else _("Rate on profit")
        yield Step(label, percent(base.value * factor), Unit.PERCENT, f"{format_percent(base.value)} × {shown}")
        return
    annual = yuan(base.value * factor)
    yield Step(_("Average open license fee for one year"), annual, Unit.YUAN, f"{format_yuan(base.value)} × {shown}")
    lump = yuan(annual * figures.months / 12)
    yield Step(_("Fee for the whole term"), lump, Unit.YUAN, f"{format_yuan(annual)} × {figures.months} ÷ 12")


def _inputs(figures: Figures) -> Iterator[Step]:
    for ask in figures.way.asks:
        if ask.name in figures.given:
            yield Step(ask.label, figures.given[ask.name], ask.unit, "", figures.source)
    own = _("Expectation of the person who estimates")
    yield Step(_("Expected number of licensees"), Decimal(figures.licensees), Unit.COUNT, "", own)
    if figures.basis is PricingBasis.FIXED:
        chosen = _("Choice of the person who estimates")
        yield Step(_("License term in months"), Decimal(figures.months), Unit.MONTHS, "", chosen)


def _wrong(figures: Figures) -> Iterator[Finding]:
    for ask in figures.way.asks:
        yield from _wrong_figure(ask, figures.given)
    for number in range(1, CONTRACTS + 1):
        fee, years = f"fee_{number}", f"years_{number}"
        if (fee in figures.given) != (years in figures.given):
            missing = years if fee in figures.given else fee
            yield Finding(_("Fee and term of a contract belong together."), _("Fill in both or neither."), missing)
    if not figures.source.strip():
        message = _("Say where the figures come from. An estimate without a source is worth nothing.")
        yield Finding(message, _("Name the document, its number and its year."), "source")
    elif len(figures.source) > LONGEST_SOURCE:
        message = format_lazy(_("The source has more than {limit} characters."), limit=LONGEST_SOURCE)
        yield Finding(message, _("Shorten it."), "source")
    for name, value, most in (
        ("licensees", figures.licensees, MOST_LICENSEES),
        ("months", figures.months, MOST_MONTHS),
    ):
        if not 1 <= value <= most:
            message = format_lazy(_("This must be a whole number from 1 to {limit}."), limit=most)
            yield Finding(message, _("Correct the number."), name)


def _wrong_figure(ask: Ask, given: Mapping[str, Decimal]) -> Iterator[Finding]:
    if ask.name not in given:
        if not ask.more:
            yield Finding(_("This figure is missing."), _("Fill it in, or choose another method."), ask.name)
        return
    least, most = ask.range
    if not least <= given[ask.name] <= most:
        low, high = written(least, ask.unit), written(most, ask.unit)
        message = format_lazy(_("This must be from {low} to {high}."), low=low, high=high)
        yield Finding(message, _("Correct the number."), ask.name)
