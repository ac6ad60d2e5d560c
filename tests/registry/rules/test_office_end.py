"""End or revocation: it follows from the facts."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.enums import EndingKind
from registry.rules.office_end import OFFICE_END, Cause, OfficeEndFacts, suggest

FILED, TODAY = date(2026, 3, 2), date(2026, 6, 1)
END, REVOKE = EndingKind.TERMINATION, EndingKind.REVOCATION


def facts(*causes: Cause, falsehood=False, proposed=None, deviation="") -> OfficeEndFacts:
    return OfficeEndFacts(TODAY, FILED, causes, falsehood, proposed, deviation)


@pytest.mark.parametrize(
    ("given", "kind", "article"),
    [
        (facts(Cause("G4", "", date(2026, 5, 1))), END, "GL V-11 §2"),
        (facts(Cause("G4", "", date(2026, 3, 3))), END, "GL V-11 §2"),
        (facts(Cause("G4", "", FILED)), REVOKE, "GL V-11 §3.4"),
        (facts(Cause("G1", "", date(2025, 1, 1))), REVOKE, "GL V-11 §3.4"),
        (facts(Cause("G3", "")), END, "GL V-11 §2"),
        (facts(Cause("G6", "", date(2026, 5, 1), from_the_beginning=True)), REVOKE, "LAW 47(1)"),
        (facts(falsehood=True), REVOKE, "RULES 88"),
        (facts(Cause("G3", ""), falsehood=True), REVOKE, "RULES 100"),
        (facts(), None, "GL V-11 §4"),
    ],
)
def test_what_the_facts_call_for(given, kind, article):
    found = suggest(given)
    assert found.kind == kind
    assert article in [citation.code for citation in found.basis]


def rules(given: OfficeEndFacts) -> list[str]:
    return [item.rule for item in OFFICE_END.check(given, on=given.on)]


def test_the_other_kind_needs_a_reason_and_nothing_is_ended_without_a_ground():
    late = Cause("G3", "")
    assert rules(facts(late, proposed=END)) == []
    assert rules(facts(late, proposed=REVOKE)) == ["N2"]
    assert rules(facts(late, proposed=REVOKE, deviation="提交时已知将不缴费")) == []
    assert rules(facts(proposed=END)) == ["N1"]
    assert rules(facts(proposed=END, deviation="无")) == ["N1"]
    assert rules(facts(falsehood=True, proposed=END)) == ["N2"]


@given(st.lists(st.dates(date(2025, 1, 1), TODAY), min_size=1, max_size=5))
def test_the_oldest_ground_decides_whatever_the_order(days):
    causes = tuple(Cause("G4", "", day) for day in days)
    expected = REVOKE if min(days) <= FILED else END
    assert suggest(facts(*causes)).kind == suggest(facts(*reversed(causes))).kind == expected
