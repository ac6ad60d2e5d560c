"""The base of each method: what one license is worth before the coefficient. Pure.

Each function takes the figures by name and returns its steps; the last one is the base: yuan a year for a fixed fee,
percent for a royalty. Sums are rounded to the fen and rates to a hundredth of a percent, half up, at every step.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.money import format_percent, format_yuan, percent, percent_of, yuan
from core.rules import Text
from registry.pricing.figures import Step, Unit, written

Figures = Mapping[str, Decimal]
Base = Callable[[Figures], list[Step]]

CONTRACTS = 5
_YEARLY: Text = _("Base: fee for one year")
_RATE_SALES: Text = _("Base: rate on net sales")
_RATE_PROFIT: Text = _("Base: rate on profit")


def _yearly(value: Decimal, working: str) -> list[Step]:
    return [Step(_YEARLY, value, Unit.YUAN, working)]


def own_fixed(given: Figures) -> list[Step]:
    """The share of the patentee's own yearly profit that rests on the patent."""
    profit, share = given["profit"], given["share"]
    return _yearly(percent_of(share, profit), f"{format_yuan(profit)} × {format_percent(share)}")


def own_profit(given: Figures) -> list[Step]:
    """The share of profit that rests on the patent is the rate on profit."""
    return [Step(_RATE_PROFIT, percent(given["share"]), Unit.PERCENT)]


def own_sales(given: Figures) -> list[Step]:
    """The same share of profit, told as a share of net sales."""
    part = own_fixed(given)[0].value
    return [
        Step(_("Profit that rests on the patent"), part, Unit.YUAN, own_fixed(given)[0].working),
        _of_sales(part, given["sales"], _RATE_SALES),
    ]


def _of_sales(part: Decimal, whole: Decimal, label: Text) -> Step:
    return Step(label, percent(part / whole * 100), Unit.PERCENT, f"{format_yuan(part)} ÷ {format_yuan(whole)}")


def past_fixed(given: Figures) -> list[Step]:
    """The mean of what each earlier contract brought in a year."""
    steps = []
    for number in _numbers(given, "fee"):
        fee, years = given[f"fee_{number}"], given[f"years_{number}"]
        working = f"{format_yuan(fee)} ÷ {written(years, Unit.YEARS)}"
        steps.append(Step(CONTRACT_A_YEAR[number - 1], yuan(fee / years), Unit.YUAN, working))
    return [*steps, *_yearly(yuan(_mean(steps)), _mean_of(steps))]


def past_sales(given: Figures) -> list[Step]:
    """The mean of the rates on net sales of earlier contracts."""
    return _past_rates(given, _RATE_SALES)


def past_profit(given: Figures) -> list[Step]:
    """The mean of the rates on profit of earlier contracts."""
    return _past_rates(given, _RATE_PROFIT)


def _past_rates(given: Figures, label: Text) -> list[Step]:
    rates = [
        Step(CONTRACT_RATE[number - 1], given[f"rate_{number}"], Unit.PERCENT) for number in _numbers(given, "rate")
    ]
    return [Step(label, percent(_mean(rates)), Unit.PERCENT, _mean_of(rates))]


def _numbers(given: Figures, name: str) -> list[int]:
    return [number for number in range(1, CONTRACTS + 1) if f"{name}_{number}" in given]


def _mean(steps: list[Step]) -> Decimal:
    return sum((step.value for step in steps), Decimal(0)) / len(steps)


def _mean_of(steps: list[Step]) -> str:
    if len(steps) == 1:
        return steps[0].shown
    return f"({' + '.join(step.shown for step in steps)}) ÷ {len(steps)}"


def industry_fixed(given: Figures) -> list[Step]:
    """The mean fee of a contract in the industry, spread over the mean term."""
    fee, years = given["mean_fee"], given["mean_years"]
    return _yearly(yuan(fee / years), f"{format_yuan(fee)} ÷ {written(years, Unit.YEARS)}")


def given_sales(given: Figures) -> list[Step]:
    """A rate on net sales that a source gives."""
    return [Step(_RATE_SALES, percent(given["rate"]), Unit.PERCENT)]


def given_profit(given: Figures) -> list[Step]:
    """A rate on profit that a source gives."""
    return [Step(_RATE_PROFIT, percent(given["rate"]), Unit.PERCENT)]


def customary_fixed(given: Figures) -> list[Step]:
    """The customary rate of what one licensee would sell in a year."""
    rate, sales = given["rate"], given["licensee_sales"]
    return _yearly(percent_of(rate, sales), f"{format_yuan(sales)} × {format_percent(rate)}")


def valued_fixed(given: Figures) -> list[Step]:
    """The value, spread over the years in which it is earned."""
    value, years = given["value"], given["useful_years"]
    return _yearly(yuan(value / years), f"{format_yuan(value)} ÷ {written(years, Unit.YEARS)}")


def valued_sales(given: Figures) -> list[Step]:
    """The yearly value, told as a share of what one licensee would sell in a year."""
    return [*valued_fixed(given), _of_sales(valued_fixed(given)[0].value, given["licensee_sales"], _RATE_SALES)]


def valued_profit(given: Figures) -> list[Step]:
    """The yearly value, told as a share of what one licensee would earn in a year."""
    return [*valued_fixed(given), _of_sales(valued_fixed(given)[0].value, given["licensee_profit"], _RATE_PROFIT)]


# One label a contract, so that each is a whole message of the catalogues.
CONTRACT_A_YEAR: tuple[Text, ...] = (
    _("Contract 1, a year"), _("Contract 2, a year"), _("Contract 3, a year"), _("Contract 4, a year"),
    _("Contract 5, a year"),
)  # fmt: skip
CONTRACT_FEE: tuple[Text, ...] = (
    _("Contract 1: whole fee"), _("Contract 2: whole fee"), _("Contract 3: whole fee"), _("Contract 4: whole fee"),
    _("Contract 5: whole fee"),
)  # fmt: skip
CONTRACT_YEARS: tuple[Text, ...] = (
    _("Contract 1: term in years"), _("Contract 2: term in years"), _("Contract 3: term in years"),
    _("Contract 4: term in years"), _("Contract 5: term in years"),
)  # fmt: skip
CONTRACT_RATE: tuple[Text, ...] = (
    _("Contract 1: rate"), _("Contract 2: rate"), _("Contract 3: rate"), _("Contract 4: rate"), _("Contract 5: rate"),
)  # fmt: skip
