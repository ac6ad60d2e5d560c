"""Events taken in: kept as received, entered in any order to the same register, parked where they contradict it."""

from datetime import UTC, date, datetime
from itertools import permutations

import pytest

from core import audit
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from registry.actions.events import Received, dismiss_parked, retry_parked, take_in_events
from registry.actions.importing import close_delivery, import_batch, open_delivery
from registry.enums import EventKind
from registry.intake.rows import PatentRow
from registry.models import Ownership, ParkedEvent, Patent, Patentee, Pledge, RegisterEvent
from registry.queries.register import register_state
from tests.cast import NOW
from tests.factories.patents import EncumbranceFactory, patent_number
from tests.factories.people import MembershipFactory

pytestmark = pytest.mark.django_db
BY = Actor.system("feed")


def received(patent, kind, on, *, ref=None, **details):
    number = patent if isinstance(patent, str) else patent.number
    details = {name.rstrip("_"): value for name, value in details.items()}
    return Received(number, EventKind(kind), date.fromisoformat(on), "gazette", ref or f"{kind} {on}", details)


def take_in(*events, at=NOW):
    return take_in_events(events=events, by=BY, at=at)


def rules(refusal):
    return [violation.rule for violation in refusal.value.violations]


def tables(patent):
    """Everything the projection says of the patent, ids and times left out."""
    patent = Patent.objects.get(pk=patent.pk)
    return (
        (patent.right_status, patent.annuity_state, str(patent.term_ends_on), str(patent.granted_on)),
        list(Ownership.objects.filter(patent=patent).values_list("patentee__name", "since_on", "position")),
        sorted(patent.pledges.values_list("pledgee", "since_on", "released_on", "consented_on")),
        sorted(patent.encumbrances.values_list("kind", "licensee", "since_on", "until_on")),
        sorted(patent.suspensions.values_list("ground", "since_on", "until_on")),
    )


def test_an_event_is_kept_as_received_and_entered(cast):
    patent = cast.patent()
    told = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    event = received(patent, "pledge", "2026-02-03", ref="Y7", pledgee="Bank", number="Y7")
    event = Received(event.patent_number, event.kind, event.effective_on, "gazette", "Y7", event.details, told)
    taken = take_in(event)
    row = RegisterEvent.objects.get()
    assert (row.patent_number, row.kind, row.effective_on) == (patent.number, "pledge", date(2026, 2, 3))
    assert (row.source, row.reference, row.as_of, row.received_at) == ("gazette", "Y7", told, NOW)
    assert (row.details, row.received_by) == ({"pledgee": "Bank", "number": "Y7"}, "feed")
    pledge = Pledge.objects.get()
    assert (pledge.pk, pledge.pledgee, pledge.number, pledge.since_on) == (row.pk, "Bank", "Y7", date(2026, 2, 3))
    assert [item.pk for item in taken.entered] == [row.pk]
    entered = audit.history(patent).get()
    assert (entered.event, entered.basis) == ("enter_event", "RULES 106")
    patent.refresh_from_db()
    assert patent.facts_as_of == told


def test_each_fact_knows_its_own_time_and_source(cast):
    patent = cast.patent()
    take_in(received(patent, "annuity_late", "2026-03-01"))
    state = register_state(patent)
    assert (state.known["annuity_state"].source, state.known["annuity_state"].as_of) == ("gazette", NOW)
    assert (state.known["right_status"].source, state.known["right_status"].as_of) == ("delivery", patent.facts_as_of)


STORY = [
    ("annuity_late", "2025-03-10", {"year": 5}),
    ("lapse", "2025-03-10", {}),
    ("restoration", "2025-11-02", {}),
    ("pledge", "2025-05-02", {"pledgee": "Bank"}),
    ("pledge_release", "2026-01-02", {"pledgee": "Bank"}),
    ("assignment", "2025-12-01", {"to": ["River Works"]}),
]


def test_any_order_of_arrival_makes_the_same_register(cast):
    reached = []
    for order in list(permutations(STORY))[::37]:
        patent = cast.patent()
        for kind, on, details in order:
            take_in(received(patent, kind, on, ref=f"{patent.number} {kind}", **details))
        reached.append(tables(patent))
    together = cast.patent()
    take_in(*(received(together, kind, on, ref=f"all {kind}", **details) for kind, on, details in STORY))
    assert all(found == tables(together) for found in reached)
    assert tables(together)[0][:2] == ("in_force", "paid")
    assert tables(together)[1] == [("River Works", date(2025, 12, 1), 1)]
    assert not ParkedEvent.objects.filter(applied_at=None).exists()


def test_a_duplicate_changes_nothing(cast):
    patent = cast.patent()
    event = received(patent, "pledge", "2026-02-03", pledgee="Bank")
    take_in(event, event)
    before = (tables(patent), RegisterEvent.objects.count(), Patent.objects.get(pk=patent.pk).facts_as_of)
    again = take_in(event, at=NOW.replace(day=3))
    assert (tables(patent), RegisterEvent.objects.count(), Patent.objects.get(pk=patent.pk).facts_as_of) == before
    assert (again.entered, again.parked, again.known, again.reused) == ([], [], [event], [])
    assert audit.history(patent).count() == 1


def test_a_reference_used_again_for_something_else_is_sent_back(cast):
    patent = cast.patent()
    take_in(received(patent, "pledge", "2026-02-03", ref="Y7", pledgee="Bank"))
    other = received(patent, "pledge", "2026-02-03", ref="Y7", pledgee="Another bank")
    assert take_in(other).reused == [other]
    assert Pledge.objects.get().pledgee == "Bank"
    both = [received(patent, "lapse", "2026-02-03", ref="Y8"), received(patent, "surrender", "2026-02-03", ref="Y8")]
    assert take_in(*both).reused == [both[1]]


def test_a_contradiction_is_parked_and_entered_once_it_fits(cast):
    patent = cast.patent()
    taken = take_in(received(patent, "pledge_release", "2026-02-20", pledgee="Bank"))
    parked = ParkedEvent.objects.get()
    assert ([item.pk for item in taken.parked], taken.entered) == ([parked.pk], [])
    assert (parked.code, parked.parked_at, str(parked.reason)[-1]) == ("no_entry", NOW, ".")
    take_in(received(patent, "pledge", "2026-02-03", pledgee="Bank"))
    parked.refresh_from_db()
    assert parked.applied_at == NOW
    assert Pledge.objects.get().released_on == date(2026, 2, 20)


def test_an_event_of_an_unknown_patent_waits_for_the_patent(cast):
    number = patent_number(77)
    take_in(received(number, "annuity_late", "2026-02-20"))
    parked = ParkedEvent.objects.get()
    assert (parked.code, parked.params) == ("unknown_patent", {"number": number})
    deliver(number)
    parked.refresh_from_db()
    assert parked.applied_at is not None
    assert Patent.objects.get(number=number).annuity_state == "late"


def deliver(number, *, at=NOW, patentees=("Lakeside University",), **fields):
    row = PatentRow(
        line=1,
        number=number,
        kind="invention",
        title="Coolant loop",
        patentees=tuple(patentees),
        filed_on=date(2021, 3, 10),
        granted_on=date(2022, 6, 7),
        term_ends_on=date(2041, 3, 9),
        **fields,
    )
    delivery = open_delivery(name="file", as_of=None, vouched=False, by=BY, at=at)
    taken = import_batch(delivery=delivery, rows=[row], by=BY, at=at)
    close_delivery(delivery=delivery, by=BY, at=at)
    return taken


def test_a_parked_event_says_why_it_waits_now(cast):
    """The reason of the day on which it came may be gone while another one stands."""
    number = patent_number(79)
    take_in(received(number, "pledge_release", "2026-02-20", pledgee="Bank"))
    deliver(number, at=NOW.replace(day=3))
    parked = ParkedEvent.objects.get()
    assert (parked.code, parked.params, parked.parked_at, parked.applied_at) == ("no_entry", {}, NOW, None)
    pledges = [received(number, "pledge", "2026-02-03", ref=ref, pledgee="Bank") for ref in "12"]
    take_in(*pledges, at=NOW.replace(day=4))
    parked.refresh_from_db()
    assert (parked.code, parked.parked_at) == ("several_entries", NOW)


def test_an_event_that_was_entered_and_contradicts_the_register_now_waits_again(cast):
    patent = cast.patent()
    take_in(received(patent, "pledge_release", "2026-02-20", pledgee="Bank"))
    take_in(received(patent, "pledge", "2026-02-03", pledgee="Bank"))
    assert ParkedEvent.objects.get().applied_at == NOW
    take_in(received(patent, "pledge", "2026-02-04", pledgee="Bank"))
    assert (ParkedEvent.objects.get().code, ParkedEvent.objects.get().applied_at) == ("several_entries", None)


def test_a_delivery_that_is_silent_about_the_holders_leaves_those_of_the_baseline(cast):
    number = patent_number(80)
    deliver(number, patentees=["A", "B"])
    patent = Patent.objects.get(number=number)
    take_in(received(patent, "change_of_name", "2026-02-20", from_="B", to="B Group"))
    deliver(number, at=NOW.replace(day=5), patentees=["A", "B"], annuity_state="late")
    assert tables(patent)[0][1] == "late"
    assert [name for name, _since, _position in tables(patent)[1]] == ["A", "B Group"]
    take_in(annulment_of("change_of_name 2026-02-20", patent))
    assert [name for name, _since, _position in tables(patent)[1]] == ["A", "B"]


def annulment_of(reference, patent):
    return received(patent, "annulment", "2026-02-21", annuls=reference, reason="Wrong patent.")


@pytest.mark.parametrize("first", ["delivery", "events"])
def test_events_stand_on_top_of_deliveries_whatever_comes_first(cast, first):
    number = patent_number(78)
    deliver(number, annuity_state="paid", patentees=["A", "B"])
    patent = Patent.objects.get(number=number)
    acts = [
        lambda: deliver(number, at=NOW.replace(day=5), annuity_state="paid", patentees=["A", "B", "C"]),
        lambda: take_in(
            received(patent, "annuity_late", "2026-02-20"),
            received(patent, "assignment", "2026-02-21", from_=["B"], to=["X"]),
        ),
    ]
    for act in acts if first == "delivery" else reversed(acts):
        act()
    assert tables(patent)[0][1] == "late"
    assert [name for name, _since, _position in tables(patent)[1]] == ["A", "X", "C"]
    again = deliver(number, at=NOW.replace(day=6), annuity_state="paid", patentees=["A", "B", "C"])
    assert (again.updated, again.unchanged) == (0, 1)


def test_what_was_entered_before_there_were_events_stays(cast):
    patent = cast.patent()
    contract = EncumbranceFactory(patent=patent)
    take_in(received(patent, "annuity_late", "2026-02-20"))
    take_in(received(patent, "license_end", "2026-02-25", licensee="River Works"))
    contract.refresh_from_db()
    assert contract.until_on == date(2026, 2, 25)


def test_a_renamed_holder_stays_the_organisation_that_files(cast):
    patent = cast.patent()
    take_in(received(patent, "change_of_name", "2026-02-20", from_="Lakeside University", to="Lakeside Technical"))
    owner = Patentee.objects.get(ownerships__patent=patent)
    assert (owner.name, owner.organisation) == ("Lakeside Technical", cast.patentee.organisation)
    assert Patentee.objects.get(name="Lakeside University").organisation == cast.patentee.organisation


def test_new_holders_are_found_by_name_as_deliveries_find_them(cast):
    patent, other = cast.patent(), cast.patent()
    take_in(
        received(patent, "assignment", "2026-02-20", ref="1", to=["Hillside Institute"]),
        received(other, "assignment", "2026-02-20", ref="2", to=["Nobody Known Ltd"]),
    )
    assert [held.patentee for held in patent.ownerships.all()] == [Patentee.objects.get(name="Hillside Institute")]
    assert [held.patentee.organisation for held in other.ownerships.all()] == [None]


def test_a_person_tries_a_parked_event_again_or_sets_it_aside_with_a_reason(cast):
    patent = cast.patent()
    take_in(received(patent, "pledge_release", "2026-02-20", pledgee="Bank"))
    parked = ParkedEvent.objects.get()
    examiner = cast.examiner.actor
    assert retry_parked(parked=parked, by=examiner, at=NOW).applied_at is None
    with pytest.raises(Refused) as refusal:
        dismiss_parked(parked=parked, reason="  ", by=examiner, at=NOW)
    assert rules(refusal) == ["R11"]
    done = dismiss_parked(parked=parked, reason="The bank never had a pledge.", by=examiner, at=NOW)
    assert (done.dismissed_by, done.dismissal_reason) == (cast.examiner.user, "The bank never had a pledge.")
    take_in(received(patent, "pledge", "2026-02-03", pledgee="Bank"))
    assert Pledge.objects.get().released_on is None
    assert retry_parked(parked=parked, by=examiner, at=NOW).applied_at == NOW
    assert Pledge.objects.get().released_on == date(2026, 2, 20)
    with pytest.raises(Refused) as refusal:
        dismiss_parked(parked=parked, reason="Too late.", by=examiner, at=NOW)
    assert rules(refusal) == ["R11"]
    assert [item.event for item in audit.history(parked.event)] == ["retry_event", "dismiss_event", "retry_event"]


def test_only_feeds_and_the_office_take_events_in(cast):
    event = received(cast.patent(), "lapse", "2026-02-20")
    for person in (cast.patentee, cast.approver, cast.auditor, cast.officer):
        with pytest.raises(WrongRole):
            take_in_events(events=[event], by=person.actor, at=NOW)
    assert take_in_events(events=[event], by=cast.examiner.actor, at=NOW).entered


def test_who_decides_on_parked_events(cast):
    patent = cast.patent()
    take_in(received(patent, "restoration", "2026-02-20"))
    parked = ParkedEvent.objects.get()
    for person in (cast.patentee, cast.approver, cast.auditor, cast.officer):
        with pytest.raises(WrongRole):
            dismiss_parked(parked=parked, reason="No.", by=person.actor, at=NOW)
    MembershipFactory(user=cast.examiner.user, organisation=cast.patentee.organisation)
    with pytest.raises(Refused) as refusal:
        retry_parked(parked=parked, by=cast.examiner.actor, at=NOW)
    assert rules(refusal) == ["R10"]
