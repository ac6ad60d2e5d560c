"""Costs told by the database are those that the page explains."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.fees.amounts import Usage, UsageMissing, cost
from registry.models import Statement
from registry.queries.costs import cost_of

pytestmark = pytest.mark.django_db
FEES = [
    {"fee_mode": "lump_sum", "fixed_amount": "20000"},
    {
        "fee_mode": "instalments",
        "fixed_amount": "",
        "instalments": [{"due_months": "0", "amount": "100"}, {"due_months": "12", "amount": "0.05"}],
    },
    {"fee_mode": "royalty_sales", "fixed_amount": "", "royalty_rate": "3.33"},
    {"fee_mode": "royalty_profit", "fixed_amount": "", "royalty_rate": "7.77"},
    {"fee_mode": "entry_royalty_sales", "fixed_amount": "100", "royalty_rate": "0.01"},
    {"fee_mode": "entry_royalty_profit", "fixed_amount": "100", "royalty_rate": "19.99"},
    {"fee_mode": "per_unit", "fixed_amount": "", "unit_price": "0.07", "unit_name": "piece"},
    {"fee_mode": "free", "fixed_amount": ""},
]


def explained(statement, usage):
    try:
        return cost(statement.terms, usage).total
    except UsageMissing:
        return None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    years=st.integers(1, 25),
    sales=st.none() | st.decimals(0, 10**9, places=2),
    profit=st.none() | st.decimals(-(10**6), 10**9, places=2),
    units=st.none() | st.integers(0, 10**6),
)
def test_both_say_the_same(statements, years, sales, profit, units):
    usage = Usage(years=years, yearly_sales=sales, yearly_profit=profit, yearly_units=units)
    for statement in Statement.objects.annotate(told=cost_of(usage)):
        assert statement.told == explained(statement, usage), statement.fee_mode


def test_half_a_fen_is_rounded_up(statements):
    usage = Usage(years=1, yearly_sales=Decimal("50"))
    entry = Statement.objects.annotate(told=cost_of(usage)).get(fee_mode="entry_royalty_sales")
    assert entry.told == Decimal("100.01")


@pytest.fixture
def statements(cast):
    return [cast.draft(**{"royalty_rate": "", "unit_price": "", "unit_name": "", **fee}) for fee in FEES]
