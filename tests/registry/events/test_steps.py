"""Each kind of event does what the register does with it, and each contradiction is found."""

from datetime import date

import pytest

from registry.enums import EventKind
from registry.events.contradictions import WORDS, sentence
from registry.events.fold import replay
from registry.events.state import LICENSE, OBSTACLE, PLEDGE, REPORT, SUSPENSION
from registry.events.steps import STEPS
from tests.registry.events.factory import baseline, entry, event


def after(*events, **fields):
    found = replay(baseline(**fields), events)
    assert [(item.kind, reason.code) for item, reason in found.parked] == []
    return found.state


def parked(*events, **fields):
    return [reason.code for _item, reason in replay(baseline(**fields), events).parked]


def held(state, table):
    return [(item.since.isoformat(), str(item.until or ""), *item.said.values()) for item in state.of(table)]


PLEDGED = event("pledge", "2025-02-03", pledgee="Bank", number="Y1")


def test_every_kind_has_its_step():
    assert set(STEPS) == set(EventKind) - {EventKind.ANNULMENT}  # which takes other events out of the fold


def test_annuities_by_year():
    late = [event("annuity_late", "2025-03-11", year=7), event("annuity_late", "2026-03-11", year=8)]
    assert after(*late).annuity_state == "late"
    assert after(*late, event("annuity_paid", "2026-04-01", year=7)).annuity_state == "late"
    assert after(*late, event("annuity_paid", "2026-04-01", year=8)).annuity_state == "paid"
    assert after(*late, event("annuity_paid", "2026-04-01")).annuity_state == "paid"


def test_a_right_lapses_and_is_restored_with_its_annuities_paid():
    events = [event("annuity_late", "2025-03-11", year=7), event("lapse", "2025-03-11")]
    lapsed = after(*events)
    assert (lapsed.right_status, lapsed.annuity_state) == ("lapsed", "late")
    restored = after(*events, event("restoration", "2025-12-01"))
    assert (restored.right_status, restored.annuity_state) == ("in_force", "paid")


def test_surrender():
    assert after(event("surrender", "2025-03-11")).right_status == "surrendered"


def test_a_right_expires_on_the_day_after_its_term_even_on_a_sunday():
    """Filed 2009-03-15: the last day is Thursday 2029-03-14. Filed 2006-01-01: expiry falls on New Year's Day."""
    state = baseline(filed_on=date(2006, 1, 1), granted_on=date(2008, 1, 4), term_ends_on=date(2025, 12, 31))
    assert replay(state, [event("expiry", "2026-01-01")]).state.right_status == "expired"
    moved = replay(state, [event("expiry", "2026-01-02")])
    assert [reason.code for _event, reason in moved.parked] == ["expiry_day"]


def test_a_compensated_term_ends_and_expires_by_so_many_days_later():
    grown = event("term_compensation", "2021-05-06", ground="grant_delay", days=100)
    assert after(grown).term_ends_on == date(2039, 6, 18)
    assert after(grown, event("expiry", "2039-06-19")).right_status == "expired"
    drug = event("term_compensation", "2022-05-06", ground="new_drug", days=365)
    assert after(grown, drug).term_ends_on == date(2040, 6, 17)


def test_a_delivery_that_has_the_compensation_in_it_already_is_not_compensated_twice():
    grown = event("term_compensation", "2021-05-06", ground="grant_delay", days=100)
    assert after(grown, term_ends_on=date(2039, 6, 18)).term_ends_on == date(2039, 6, 18)
    assert parked(grown, term_ends_on=date(2039, 6, 19)) == ["compensated_twice"]


def test_whole_and_partial_invalidation():
    assert after(event("invalidation", "2025-03-11", scope="partial")).right_status == "in_force"
    assert after(event("invalidation", "2025-03-11", scope="whole")).right_status == "invalidated"
    late = [event("invalidation", "2025-03-11", scope="whole"), event("lapse", "2024-03-11")]
    assert after(*late).right_status == "invalidated"


def test_a_pledge_its_consent_and_its_release():
    consent = event("pledgee_consent", "2025-04-01", pledgee="Bank")
    state = after(PLEDGED, consent, event("pledge_release", "2026-01-05", number="Y1"))
    assert held(state, PLEDGE) == [("2025-02-03", "2026-01-05", "Bank", "Y1")]
    assert [item.consented for item in state.of(PLEDGE)] == [date(2025, 4, 1)]


def test_what_a_delivery_knew_is_ended_by_an_event():
    known = entry(SUSPENSION, "2024-01-02", ground="ownership")
    state = after(event("suspension_end", "2025-01-02", ground="ownership"), entries=(known,))
    assert held(state, SUSPENSION) == [("2024-01-02", "2025-01-02", "ownership")]


def test_licenses_suspensions_and_obstacles_begin_and_end():
    state = after(
        event("license", "2024-02-01", license_kind="exclusive", licensee="River Works", until_on="2029-02-01"),
        event("license_end", "2025-02-01", licensee="River Works"),
        event("suspension", "2024-02-01", ground="preservation"),
        event("suspension_end", "2024-08-01"),
        event("obstacle", "2024-02-01", description="Being wound up."),
        event("obstacle_end", "2024-09-01"),
    )
    assert held(state, LICENSE) == [("2024-02-01", "2025-02-01", "exclusive", "River Works", "")]
    assert held(state, SUSPENSION) == [("2024-02-01", "2024-08-01", "preservation")]
    assert held(state, OBSTACLE) == [("2024-02-01", "2024-09-01", "Being wound up.")]


def test_the_evaluation_report_of_a_utility_model():
    report = event("evaluation_report", "2024-02-01", report_number="PJ1", conclusion="positive")
    assert held(after(report, kind="utility_model"), REPORT) == [("2024-02-01", "", "PJ1", "positive")]
    assert parked(report) == ["report_of_invention"]
    again = event("evaluation_report", "2024-03-01", report_number="PJ2", conclusion="negative")
    assert parked(report, again, kind="utility_model") == ["report_twice"]


def test_the_day_of_the_grant():
    assert after(event("grant_found", "2020-06-02"), granted_on=None).granted_on == date(2020, 6, 2)
    assert parked(event("grant_found", "2020-06-09")) == ["other_grant"]


def names(state):
    return [(holder.name, str(holder.since or "")) for holder in state.holders]


def test_an_assignment_puts_the_new_holders_in_the_place_of_the_old():
    three = {"holders": ("A", "B", "C")}
    assert names(after(event("assignment", "2025-01-02", from_=["B"], to=["X", "Y"]), **three)) == [
        ("A", ""),
        ("X", "2025-01-02"),
        ("Y", "2025-01-02"),
        ("C", ""),
    ]
    assert names(after(event("assignment", "2025-01-02", to=["X"]), **three)) == [("X", "2025-01-02")]
    assert names(after(event("assignment", "2025-01-02", from_=["B"], to=["A"]), **three)) == [("A", ""), ("C", "")]
    assert names(after(event("merger", "2025-01-02", from_=["A", "C"], to=["Z"]), **three)) == [
        ("Z", "2025-01-02"),
        ("B", ""),
    ]


def test_a_change_of_name_changes_nobody():
    state = after(event("change_of_name", "2025-01-02", from_="A", to="A Group"), holders=("A", "B"))
    assert names(state) == [("A Group", ""), ("B", "")]
    assert [holder.patentee_id for holder in state.holders] == ["id of A", "id of B"]
    assert [(item.kind, item.left, item.came) for item in state.history] == [("change_of_name", ("A",), ("A Group",))]


@pytest.mark.parametrize(
    ("code", "events"),
    [
        ("before_filing", [event("pledge", "2019-03-10", pledgee="Bank")]),
        ("before_grant", [event("lapse", "2020-06-01")]),
        ("before_grant", [event("invalidation", "2020-06-01", scope="partial")]),
        ("no_entry", [event("pledge_release", "2025-01-02", pledgee="Bank")]),
        ("no_entry", [PLEDGED, event("pledge_release", "2025-03-02", pledgee="Another bank")]),
        ("no_entry", [PLEDGED, event("pledge_release", "2025-02-02", pledgee="Bank")]),
        ("no_entry", [event("pledgee_consent", "2025-01-02", pledgee="Bank")]),
        ("no_entry", [event("license_end", "2025-01-02", licensee="River Works")]),
        ("no_entry", [event("suspension_end", "2025-01-02")]),
        ("no_entry", [event("obstacle_end", "2025-01-02")]),
        (
            "several_entries",
            [PLEDGED, event("pledge", "2025-02-04", pledgee="Bank"), event("pledge_release", "2025-05-05")],
        ),
        ("not_holder", [event("assignment", "2025-01-02", from_=["Somebody"], to=["X"])]),
        ("not_holder", [event("merger", "2025-01-02", from_=["Somebody"], to=["X"])]),
        ("not_holder", [event("change_of_name", "2025-01-02", from_="Somebody", to="X")]),
        ("same_holder", [event("assignment", "2025-01-02", to=["Lakeside University"])]),
        ("same_holder", [event("change_of_name", "2025-01-02", from_="Lakeside University", to="Lakeside University")]),
        ("not_lapsed", [event("restoration", "2025-01-02")]),
        ("not_lapsed", [event("surrender", "2025-01-01"), event("restoration", "2025-01-02")]),
        ("right_over", [event("lapse", "2025-01-01"), event("surrender", "2025-01-02")]),
        ("right_over", [event("surrender", "2025-01-01"), event("lapse", "2025-01-02")]),
        ("invalidated", [event("invalidation", "2025-01-01", scope="whole"), event("lapse", "2025-01-02")]),
        (
            "invalidated",
            [event("invalidation", "2025-01-01", scope="whole"), event("pledge", "2025-01-02", pledgee="Bank")],
        ),
        (
            "invalidated",
            [event("invalidation", "2025-01-01", scope="whole"), event("assignment", "2025-01-02", to=["X"])],
        ),
        (
            "invalidated",
            [event("invalidation", "2025-01-01", scope="whole"), event("invalidation", "2025-01-02", scope="partial")],
        ),
        ("expiry_day", [event("expiry", "2025-01-02")]),
        (
            "compensated_twice",
            [
                event("term_compensation", "2021-05-06", ground="new_drug", days=10),
                event("term_compensation", "2021-05-07", ground="new_drug", days=10),
            ],
        ),
    ],
)
def test_what_contradicts_the_register_is_parked_with_its_reason(code, events):
    assert parked(*events) == [code]


def test_only_inventions_are_compensated():
    grown = event("term_compensation", "2021-05-06", ground="grant_delay", days=100)
    assert parked(grown, kind="utility_model") == ["not_compensable"]


def test_every_reason_is_a_sentence():
    params = {"number": "1", "day": "2025-01-01", "name": "X", "reference": "PJ1", "source": "gazette"}
    assert all(str(sentence(code, params)).endswith(".") for code in WORDS)
