"""The five methods of EST: when each suits, which figures it asks for, how its base is found. Pure.

The Guidance's own formulas are not at hand; the skeleton here is this registry's and says so wherever it is shown.
Methods that need a figure of others (industry, custom, valuation) never bring one along: the filer gives it, with its
source.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.rules import Text
from registry.enums import PricingBasis, PricingMethod
from registry.pricing import bases
from registry.pricing.figures import Ask, Unit

B = PricingBasis


@dataclass(frozen=True, slots=True)
class Way:
    """One method for one kind of fee: the figures it needs and the function of its base."""

    asks: tuple[Ask, ...]
    base: bases.Base


@dataclass(frozen=True, slots=True)
class Method:
    """One of the five. ``questions`` test whether it suits; ``source_label`` asks where the figures come from."""

    point: int
    summary: Text
    questions: tuple[Text, ...]
    source_label: Text
    ways: dict[PricingBasis, Way]


def _contracts(*parts: tuple[str, tuple[Text, ...], Unit]) -> tuple[Ask, ...]:
    return tuple(
        Ask(f"{name}_{number}", labels[number - 1], unit, more=number > 1)
        for number in range(1, bases.CONTRACTS + 1)
        for name, labels, unit in parts
    )


_PROFIT = Ask("profit", _("Profit a year from exploiting the patent yourself"), Unit.YUAN)
_SALES = Ask("sales", _("Net sales a year with the patented product"), Unit.YUAN)
_SHARE = Ask(
    "share",
    _("Share of the profit that rests on the patent"),
    Unit.PERCENT,
    _("Your own judgement. No source gives it for every patent; say in the source how you found it."),
)
_FEES = _contracts(("fee", bases.CONTRACT_FEE, Unit.YUAN), ("years", bases.CONTRACT_YEARS, Unit.YEARS))
_RATES = _contracts(("rate", bases.CONTRACT_RATE, Unit.PERCENT))
_MEAN_FEE = Ask("mean_fee", _("Mean fee of one contract in the industry"), Unit.YUAN)
_MEAN_YEARS = Ask("mean_years", _("Mean term of these contracts in years"), Unit.YEARS)
_RATE = Ask("rate", _("Rate that the source gives"), Unit.PERCENT)
_LICENSEE_SALES = Ask("licensee_sales", _("Net sales a year of one licensee, as you expect them"), Unit.YUAN)
_LICENSEE_PROFIT = Ask("licensee_profit", _("Profit a year of one licensee, as you expect it"), Unit.YUAN)
_VALUE = Ask("value", _("Value of the patent by the valuation"), Unit.YUAN)
_USEFUL = Ask("useful_years", _("Years in which this value is earned, by the valuation"), Unit.YEARS)

METHODS: dict[PricingMethod, Method] = {
    PricingMethod.OWN_INCOME: Method(
        1,
        _("The patentee makes or sells the product itself and knows what the patent adds to the profit."),
        (
            _("Has the patentee exploited the patent for at least one whole year?"),
            _("Are income and cost of the product kept apart in the accounts?"),
        ),
        _("Accounts that the figures come from, and how the share was found"),
        {
            B.FIXED: Way((_PROFIT, _SHARE), bases.own_fixed),
            B.SALES: Way((_SALES, _PROFIT, _SHARE), bases.own_sales),
            B.PROFIT: Way((_SHARE,), bases.own_profit),
        },
    ),
    PricingMethod.PAST_FEES: Method(
        2,
        _("The patent was licensed before, for a fee."),
        (
            _("Were these ordinary licenses, neither exclusive nor sole?"),
            _("Were the licensees independent of the patentee?"),
            _("Has the market stayed much the same since?"),
        ),
        _("The contracts: number, licensee, year"),
        {
            B.FIXED: Way(_FEES, bases.past_fixed),
            B.SALES: Way(_RATES, bases.past_sales),
            B.PROFIT: Way(_RATES, bases.past_profit),
        },
    ),
    PricingMethod.INDUSTRY: Method(
        3,
        _("A published statistic says what ordinary licenses cost in the same industry."),
        (
            _("Is the statistic about the industry in which licensees will use the patent?"),
            _("Is it about ordinary licenses, those without fee left out?"),
        ),
        _("The statistic: publisher, title, year, page"),
        {
            B.FIXED: Way((_MEAN_FEE, _MEAN_YEARS), bases.industry_fixed),
            B.SALES: Way((_RATE,), bases.given_sales),
            B.PROFIT: Way((_RATE,), bases.given_profit),
        },
    ),
    PricingMethod.CUSTOMARY: Method(
        4,
        _("Trade in this field has a customary rate, and a publication gives it."),
        (
            _("Is the rate customary for the field of this patent?"),
            _("Do you hold the publication that gives it?"),
        ),
        _("The publication: author, title, year, page"),
        {
            B.FIXED: Way((_RATE, _LICENSEE_SALES), bases.customary_fixed),
            B.SALES: Way((_RATE,), bases.given_sales),
            B.PROFIT: Way((_RATE,), bases.given_profit),
        },
    ),
    PricingMethod.VALUATION: Method(
        5,
        _("A valuer has put a value on the patent."),
        (
            _("Was the patent valued by a qualified valuer?"),
            _("Is the valuation about the right to use, or the whole patent with its remaining years?"),
        ),
        _("The valuation: valuer, number of the report, day"),
        {
            B.FIXED: Way((_VALUE, _USEFUL), bases.valued_fixed),
            B.SALES: Way((_VALUE, _USEFUL, _LICENSEE_SALES), bases.valued_sales),
            B.PROFIT: Way((_VALUE, _USEFUL, _LICENSEE_PROFIT), bases.valued_profit),
        },
    ),
}
