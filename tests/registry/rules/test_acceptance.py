"""A statement can be accepted from its announcement day up to the day before its end, within its term."""

from datetime import date, timedelta

import pytest

from registry.enums import StatementStatus as S
from registry.facts import AcceptanceFacts
from registry.rules import ACCEPTANCE
from tests.registry.rules.facts import ON

DAY = timedelta(days=1)


def found(status=S.ANNOUNCED, effective: date | None = ON, ended: date | None = None, until: date | None = None):
    facts = AcceptanceFacts(ON, status, effective, ended, until)
    return [item.rule for item in ACCEPTANCE.check(facts, on=ON)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"status": S.APPROVED, "effective": None}, ["A1"]),
        ({"effective": ON + DAY}, ["A1"]),
        ({"ended": ON}, ["A2"]),
        ({"ended": ON + DAY}, []),
        ({"status": S.WITHDRAWN, "ended": ON}, ["A2"]),
        ({"until": ON}, []),
        ({"until": ON - DAY}, ["A3"]),
    ],
)
def test_each_rule_on_both_sides_of_its_boundary(facts, expected):
    assert found(**facts) == expected
