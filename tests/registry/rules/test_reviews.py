"""Points for a second look: they never block."""

from datetime import date
from decimal import Decimal

import pytest

from registry.enums import AnnuityState, PatentKind, ReportConclusion, TermMode
from registry.facts import ReportFact
from registry.fees.terms import PerUnit
from registry.rules import REVIEWS
from tests.registry.rules.facts import ON, patent, statement

UNTIL = {"term_mode": TermMode.UNTIL, "term_months": None}


def found(**facts) -> list[str]:
    items = REVIEWS.check(statement(**facts), on=ON)
    assert not any(item.blocks for item in items)
    return [item.rule for item in items]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"patent": patent(annuity_state=AnnuityState.UNKNOWN)}, ["W1"]),
        ({"term_months": 11}, ["W2"]),
        ({"term_months": 12}, []),
        ({**UNTIL, "term_until": date(2027, 3, 1)}, ["W2"]),
        ({**UNTIL, "term_until": date(2027, 3, 2)}, []),
        (
            {"patent": patent(kind=PatentKind.UTILITY_MODEL, report=ReportFact("PJ1", ReportConclusion.PARTIAL))},
            ["W3"],
        ),
        ({"fee": PerUnit(Decimal("1.50"), "件")}, ["W4"]),
        ({"patent": patent(term_ends_on=date(2029, 3, 1))}, ["W5"]),
        ({"patent": patent(term_ends_on=date(2029, 3, 2))}, []),
        ({"patent": patent(kind=PatentKind.DESIGN, report_presented=True)}, ["W6"]),
        ({"texts": {"payment_terms": "每年支付三万元至五万元。"}}, ["W8"]),
        ({"texts": {"other_matters": "费率为百分之三到百分之五。"}}, ["W8"]),
        ({"texts": {"explanation": "同行业费率为百分之三到百分之五。"}}, []),
    ],
)
def test_each_point_on_both_sides_of_its_boundary(facts, expected):
    assert found(**facts) == expected
