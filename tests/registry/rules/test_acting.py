"""Who acts on a statement at the office: the patentee, or its agency."""

import pytest

from registry.rules.acting import ACTING, ActingFacts
from tests.registry.rules.facts import ON


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"in_mainland": False}, ["P9"]),
        ({"in_mainland": False, "through_agency": True}, []),
        ({"through_agency": True}, []),
        ({"through_agency": True, "covered": False}, ["P10"]),
        ({"in_mainland": False, "through_agency": True, "covered": False}, ["P10"]),
    ],
)
def test_a_patentee_abroad_acts_through_an_agency_and_an_agency_within_its_mandate(facts, expected):
    assert [item.rule for item in ACTING.check(ActingFacts(**facts), on=ON)] == expected
