"""Same events, same state: whatever the order of arrival, however often each one comes."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.enums import EventKind
from registry.events.fold import replay
from registry.events.state import from_data, to_data
from tests.registry.events.factory import FILED, baseline, event

NAMES = ("Lakeside University", "Hillside Institute", "River Works")
DETAILS = {
    "grant_found": st.just({}),
    "term_compensation": st.fixed_dictionaries(
        {"ground": st.sampled_from(["grant_delay", "new_drug"]), "days": st.integers(1, 400)}
    ),
    "change_of_name": st.fixed_dictionaries({"from": st.sampled_from(NAMES), "to": st.sampled_from(NAMES)}),
    "merger": st.fixed_dictionaries({"from": st.just(NAMES[:1]), "to": st.lists(st.sampled_from(NAMES), min_size=1)}),
    "assignment": st.fixed_dictionaries(
        {"from": st.lists(st.sampled_from(NAMES), max_size=2), "to": st.lists(st.sampled_from(NAMES), min_size=1)}
    ),
    "license": st.fixed_dictionaries(
        {"license_kind": st.sampled_from(["sole", "ordinary"]), "licensee": st.sampled_from("PQ")}
    ),
    "license_end": st.fixed_dictionaries({"licensee": st.sampled_from("PQ")}),
    "pledge": st.fixed_dictionaries({"pledgee": st.sampled_from("AB")}),
    "pledgee_consent": st.fixed_dictionaries({"pledgee": st.sampled_from("AB")}),
    "pledge_release": st.fixed_dictionaries({"pledgee": st.sampled_from(["A", "B", ""])}),
    "suspension": st.fixed_dictionaries({"ground": st.sampled_from(["ownership", "preservation"])}),
    "suspension_end": st.just({}),
    "obstacle": st.just({"description": "Being wound up."}),
    "obstacle_end": st.just({}),
    "evaluation_report": st.just({"report_number": "PJ1", "conclusion": "positive"}),
    "annuity_late": st.fixed_dictionaries({"year": st.integers(6, 8)}),
    "annuity_paid": st.fixed_dictionaries({"year": st.integers(0, 8)}),
    "lapse": st.just({}),
    "restoration": st.just({}),
    "surrender": st.just({}),
    "expiry": st.just({}),
    "invalidation": st.fixed_dictionaries({"scope": st.sampled_from(["whole", "partial"])}),
}


@st.composite
def some_event(draw):
    kind = draw(st.sampled_from(sorted(DETAILS)))
    day = FILED + timedelta(days=draw(st.integers(-5, 40)) * 60)  # many share a day
    details = draw(DETAILS[kind])
    reference = draw(st.uuids()).hex
    return event(kind, day.isoformat(), ref=reference, **details)


@st.composite
def some_events(draw, most=12):
    """Some events, and some annulments of them: of events twice, of events that never came, of annulments."""
    events = draw(st.lists(some_event(), max_size=most))
    for _number in range(draw(st.integers(0, 4))):
        meant = draw(st.sampled_from([*(item.reference for item in events), "never came"]))
        day = FILED + timedelta(days=draw(st.integers(0, 40)) * 60)
        events.append(
            event("annulment", day.isoformat(), ref=draw(st.uuids()).hex, annuls=meant, reason="Wrong patent.")
        )
    return events


@given(some_events(), st.data(), st.sampled_from(["invention", "utility_model"]))
@settings(max_examples=400, deadline=None)
def test_any_order_and_any_repetition_makes_the_same_state(events, data, kind):
    first, second = baseline(kind, holders=NAMES[:2]).holders
    start = replace(baseline(kind), holders=(first, replace(second, since=FILED + timedelta(days=600))))
    in_order = replay(start, sorted(events, key=lambda item: item.order))
    shuffled = data.draw(
        st.permutations([*events, *data.draw(st.lists(st.sampled_from(events) if events else st.nothing()))])
    )
    found = replay(start, shuffled)
    assert found.state == in_order.state
    assert [(item.id, reason.code) for item, reason in found.parked] == [
        (item.id, reason.code) for item, reason in in_order.parked
    ]
    assert found.annulled == in_order.annulled


@given(some_events())
@settings(max_examples=300, deadline=None)
def test_an_annulled_event_is_as_if_it_had_never_come(events):
    start = baseline(holders=NAMES[:2])
    found = replay(start, events)
    kept = [item for item in events if item.id not in found.annulled and item.kind != EventKind.ANNULMENT]
    without = replay(start, kept)
    assert replace(found.state, as_of=without.state.as_of) == without.state
    waiting = [item for item, _reason in found.parked if item.kind != EventKind.ANNULMENT]
    assert waiting == [item for item, _reason in without.parked]
    named = {item.details["annuls"] for item in events if item.kind == EventKind.ANNULMENT}
    assert set(found.annulled) == {
        item.id for item in events if item.reference in named and item.kind != EventKind.ANNULMENT
    }


@given(some_events(most=10))
@settings(max_examples=200, deadline=None)
def test_what_is_parked_changes_nothing(events):
    start = baseline(holders=NAMES[:2])
    found = replay(start, events)
    waiting = {item.id for item, _reason in found.parked}
    assert replay(start, [item for item in events if item.id not in waiting]).state == found.state


@given(some_events(most=10))
@settings(max_examples=200, deadline=None)
def test_a_patent_always_has_a_holder_a_known_right_and_periods_in_order(events):
    state = replay(baseline(holders=NAMES[:2]), events).state
    assert state.holders
    assert len({holder.name for holder in state.holders}) == len(state.holders)
    assert all(item.until is None or item.since <= item.until for item in state.entries)
    assert state.term_ends_on >= date(2039, 3, 10)


def test_a_chain_of_assignments_on_one_day_holds_together_in_every_order():
    chain = [
        event("assignment", "2025-01-02", ref="Z", from_=["Lakeside University"], to=["B"]),
        event("assignment", "2025-01-02", ref="Y", from_=["B"], to=["C"]),
        event("assignment", "2025-01-02", ref="X", from_=["C"], to=["D"]),
    ]
    for order in permutations(chain):
        found = replay(baseline(), order)
        assert ([holder.name for holder in found.state.holders], found.parked) == (["D"], ())


def test_an_end_that_comes_before_its_beginning_waits_for_it():
    release = event("pledge_release", "2025-05-05", pledgee="Bank")
    assert [reason.code for _item, reason in replay(baseline(), [release]).parked] == ["no_entry"]
    both = replay(baseline(), [release, event("pledge", "2025-01-05", pledgee="Bank")])
    assert both.parked == ()
    assert [str(item.until) for item in both.state.entries] == ["2025-05-05"]


def test_a_baseline_is_kept_as_data_and_read_back():
    events = [
        event("pledge", "2025-01-05", pledgee="Bank"),
        event("assignment", "2025-02-05", from_=[NAMES[1]], to=["B"]),
    ]
    state = replay(baseline(holders=NAMES[:2]), events).state
    kept = from_data(to_data(state), number=state.number, kind=state.kind, filed_on=FILED, source="delivery")
    assert to_data(kept) == to_data(state)
    assert [holder.since for holder in kept.holders] == [None, date(2025, 2, 5)]
    assert [(item.id, dict(item.said)) for item in kept.entries] == [
        (item.id, dict(item.said)) for item in state.entries
    ]
