"""Who acts on a statement at the office: the patentee, or its agency."""

import pytest

from registry.rules.acting import ACTING, NAMING, ActingFacts, NamingFacts
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


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"in_mainland": False}, ["P12"]),
        ({"agency": "Bridge", "mandated": True}, []),
        ({"agency": "Bridge", "mandated": True, "in_mainland": False}, []),
        ({"agency": "Bridge"}, ["P11"]),
        ({"agency": "Bridge", "in_mainland": False}, ["P11"]),
        ({"acts_already": True}, ["P13"]),
        ({"agency": "Bridge", "mandated": True, "acts_already": True}, ["P13"]),
    ],
)
def test_an_agency_is_named_under_a_mandate_and_none_in_the_mainland_alone(facts, expected):
    assert [item.rule for item in NAMING.check(NamingFacts(**facts), on=ON)] == expected
