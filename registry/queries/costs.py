"""What statements would cost one firm, told by the database, so that a long list can be sorted by it.

The amounts are those of ``registry.fees.amounts``, which explains them; a test holds the two together.
"""

from decimal import Decimal

from django.db.models import Case, DecimalField, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Round

from registry.enums import FeeMode
from registry.fees.amounts import Usage

_MONEY = DecimalField(max_digits=20, decimal_places=2)


def cost_of(usage: Usage) -> Case:
    """Return the expression of the whole cost in yuan; empty where the fee follows a figure that is not given."""
    cases = [
        When(fee_mode=FeeMode.FREE, then=_money(Decimal(0))),
        When(fee_mode__in=(FeeMode.LUMP_SUM, FeeMode.INSTALMENTS), then=F("fixed_amount")),
    ]
    for base, alone, with_entry in (
        (usage.yearly_sales, FeeMode.ROYALTY_SALES, FeeMode.ENTRY_ROYALTY_SALES),
        (usage.yearly_profit, FeeMode.ROYALTY_PROFIT, FeeMode.ENTRY_ROYALTY_PROFIT),
    ):
        if base is not None:
            royalty = _rounded(F("royalty_rate") * _money(max(base, Decimal(0))) / _money(Decimal(100))) * usage.years
            cases += [When(fee_mode=alone, then=royalty), When(fee_mode=with_entry, then=F("fixed_amount") + royalty)]
    if usage.yearly_units is not None:
        yearly = _rounded(F("unit_price") * _money(Decimal(usage.yearly_units)))
        cases.append(When(fee_mode=FeeMode.PER_UNIT, then=yearly * usage.years))
    return Case(*cases, default=None, output_field=_MONEY)


def _money(amount: Decimal) -> Value:
    return Value(amount, output_field=_MONEY)


def _rounded(amount: Combinable) -> Round:
    return Round(amount, precision=2, output_field=_MONEY)
