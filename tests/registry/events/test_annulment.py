"""An annulment takes an event out of the fold: whichever came first, and of that source only."""

from datetime import timedelta

import pytest

from registry.events.fold import replay
from registry.events.state import PLEDGE
from tests.registry.events.factory import AS_OF, baseline, event


def annulment(reference, *, ref="", source="gazette", **details):
    return event(
        "annulment", "2026-01-02", ref=ref, source=source, annuls=reference, reason="Entered twice.", **details
    )


PLEDGED = event("pledge", "2025-02-03", ref="P", pledgee="Bank")
RELEASED = event("pledge_release", "2025-05-05", ref="Q", pledgee="Bank")


def codes(found):
    return [(item.reference, reason.code) for item, reason in found.parked]


@pytest.mark.parametrize("order", [1, -1])
def test_the_fold_goes_on_without_the_event_whichever_came_first(order):
    undone = annulment("P")
    found = replay(baseline(), [PLEDGED, undone][::order])
    assert (found.state.of(PLEDGE), found.parked, dict(found.annulled)) == ((), (), {PLEDGED.id: undone.id})


def test_what_rested_on_the_event_contradicts_the_register_then():
    assert codes(replay(baseline(), [PLEDGED, RELEASED])) == []
    assert codes(replay(baseline(), [PLEDGED, RELEASED, annulment("P")])) == [("Q", "no_entry")]


def test_an_annulled_end_lets_the_beginning_stand():
    found = replay(baseline(), [PLEDGED, RELEASED, annulment("Q")])
    assert [entry.until for entry in found.state.of(PLEDGE)] == [None]


def test_an_annulled_contradiction_waits_for_nobody():
    found = replay(baseline(), [RELEASED, annulment("Q")])
    assert (codes(found), list(found.annulled)) == ([], [RELEASED.id])


def test_an_annulment_of_what_has_not_come_waits_for_it():
    assert codes(replay(baseline(), [annulment("P", ref="A")])) == [("A", "annuls_unknown")]
    assert codes(replay(baseline(), [annulment("P", ref="A", source="annuities"), PLEDGED])) == [
        ("A", "annuls_unknown")
    ]


def test_the_office_annuls_an_event_of_another_source():
    found = replay(baseline(), [PLEDGED, annulment("P", source="office", annuls_source="gazette")])
    assert (found.state.of(PLEDGE), found.parked) == ((), ())


def test_an_annulment_stays_and_what_it_annulled_comes_again_under_a_new_reference():
    undone, again = annulment("P", ref="A"), annulment("A", ref="B")
    assert codes(replay(baseline(), [PLEDGED, undone, again])) == [("B", "annuls_annulment")]
    anew = event("pledge", "2025-02-03", ref="R", pledgee="Bank")
    assert [entry.id for entry in replay(baseline(), [PLEDGED, undone, anew]).state.of(PLEDGE)] == [anew.id]


def test_an_event_annulled_twice_is_annulled_once():
    found = replay(baseline(), [PLEDGED, annulment("P", ref="A"), annulment("P", ref="B")])
    assert (len(found.annulled), found.parked) == (1, ())


def test_the_register_speaks_as_of_the_annulment():
    later = AS_OF + timedelta(days=3)
    told = annulment("P")
    told = type(told)(told.id, told.kind, told.on, told.source, told.reference, later, told.details)
    assert replay(baseline(), [PLEDGED, told]).state.as_of == later
