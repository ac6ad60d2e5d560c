"""A wrongly entered event is annulled: the register is as if it had never come, and everybody concerned is told."""

from datetime import date, timedelta
from itertools import permutations

import pytest

from core import audit
from core.lifecycle import WrongRole
from core.rules import Refused
from registry.actions.annulling import annul_event
from registry.actions.events import Received, take_in_events
from registry.actions.watching import watch
from registry.enums import EventKind
from registry.models import Ownership, ParkedEvent, Patent, Pledge, PledgeeConsent, RegisterEvent, WithdrawalDuty
from registry.queries.acceptance import acceptance_of
from registry.queries.duties import open_duty
from registry.queries.ending import office_end_facts
from tests.cast import NOW
from tests.factories.patents import patent_number
from tests.factories.people import MembershipFactory
from tests.registry.actions.test_events import BY, deliver, received, rules, tables
from tests.registry.actions.test_rechecking import BARRING, take_in, told

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=3)
AGAIN = NOW + timedelta(days=5)


def annulment(patent, reference, *, ref="A1", source="gazette", on="2026-03-05"):
    details = {"annuls": reference, "reason": "Wrong patent."}
    return Received(patent.number, EventKind.ANNULMENT, date.fromisoformat(on), source, ref, details)


def annul(cast, event=None, *, reason="Entered on the wrong patent.", at=AGAIN, by=None):
    event = event or RegisterEvent.objects.exclude(kind="annulment").get()
    return annul_event(event=event, reason=reason, by=(by or cast.examiner).actor, at=at)


def fresh(statement):
    return type(statement).objects.get(pk=statement.pk)


@pytest.mark.parametrize("rule", BARRING)
def test_each_bar_falls_with_its_event_and_the_duty_with_it(cast, rule):
    statement = cast.statement_in("announced")
    before = tables(statement.patent)
    kind, details = BARRING[rule]
    take_in(statement.patent, kind, **details)
    assert not acceptance_of(fresh(statement), at=LATER).open
    annul(cast)
    assert tables(statement.patent) == before
    assert acceptance_of(fresh(statement), at=AGAIN).open
    duty = WithdrawalDuty.objects.get()
    assert (duty.outcome, duty.closed_at) == ("removed", AGAIN)
    assert told(statement.filed_by, "statement-barred", "statement-resumed") == [
        "statement-barred",
        "statement-resumed",
    ]


def test_a_bar_whose_end_is_annulled_stands_again_and_the_clock_starts_anew(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late")
    take_in(statement.patent, "annuity_paid", "2026-03-04", at=LATER + timedelta(days=1))
    assert open_duty(statement) is None
    annul(cast, RegisterEvent.objects.get(kind="annuity_paid"))
    assert (open_duty(statement).rules, open_duty(statement).opened_at) == (["G3"], AGAIN)


def test_an_annulled_event_dates_no_ground(cast):
    """The lapse that counts is the second; the annulled one was said to be newer."""
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late", "2026-03-05", ref="wrong", at=AGAIN)
    take_in(statement.patent, "annuity_late", "2026-03-03", ref="right", at=AGAIN)
    annul(cast, RegisterEvent.objects.get(reference="wrong"))
    facts = office_end_facts(fresh(statement), on=date(2026, 3, 7))
    assert [(cause.rule, cause.arose_on) for cause in facts.causes] == [("G3", date(2026, 3, 3))]


def test_the_event_stays_as_received_and_the_annulment_is_the_offices(cast):
    patent = cast.patent()
    take_in(patent, "pledge", pledgee="Bank")
    event = RegisterEvent.objects.get()
    made = annul(cast)
    event.refresh_from_db()
    assert (event.kind, event.details) == ("pledge", {"pledgee": "Bank"})
    assert (made.source, made.kind, made.effective_on) == ("office", "annulment", date(2026, 3, 7))
    assert made.details == {
        "annuls": event.reference,
        "annuls_source": "gazette",
        "reason": "Entered on the wrong patent.",
    }
    entered = audit.history(patent).latest("id")
    assert (entered.event, entered.data["kind"], entered.basis) == ("enter_event", "annulment", "RULES 106")


EVENTS = [
    ("pledge", "2025-05-02", {"pledgee": "Bank"}),
    ("assignment", "2025-12-01", {"to": ["River Works"]}),
    ("lapse", "2025-03-10", {}),
]


def test_any_order_of_arrival_makes_the_same_register(cast):
    reached = []
    for order in permutations(["pledge", "assignment", "lapse", "annul pledge", "annul assignment"]):
        if len(reached) == 12:
            break
        patent = cast.patent()
        said = {
            kind: received(patent, kind, on, ref=f"{patent.number} {kind}", **details) for kind, on, details in EVENTS
        }
        for name in reversed(order):
            kind = name.removeprefix("annul ")
            undone = annulment(patent, f"{patent.number} {kind}", ref=f"{patent.number} {name}")
            take_in_events(events=[undone if name != kind else said[kind]], by=BY, at=LATER)
        reached.append(tables(patent))
    assert all(found == reached[0] for found in reached)
    assert reached[0][0][0] == "lapsed"
    assert (reached[0][1][0][0], reached[0][2]) == ("Lakeside University", [])
    assert not ParkedEvent.objects.filter(applied_at=None, annulled_at=None).exists()


def test_an_annulment_that_comes_first_waits_for_its_event_and_nobody_hears_of_either(cast):
    statement = cast.statement_in("announced")
    watch(thing=statement.patent, by=cast.rival.actor, at=NOW)
    taken = take_in_events(events=[annulment(statement.patent, "P7")], by=BY, at=LATER)
    assert [item.code for item in taken.parked] == ["annuls_unknown"]
    take_in(statement.patent, "pledge", ref="P7", at=AGAIN, pledgee="Bank")
    assert ParkedEvent.objects.get().applied_at == AGAIN
    assert not Pledge.objects.exists()
    assert (told(cast.rival.organisation, "watched-event"), told(statement.filed_by, "statement-barred")) == ([], [])


def test_whoever_watches_hears_of_the_annulment(cast):
    statement = cast.statement_in("announced")
    watch(thing=statement.patent, by=cast.rival.actor, at=NOW)
    take_in(statement.patent, "lapse")
    annul(cast)
    codes = [message.code for message in cast.rival.organisation.inbox.order_by("at", "code")]
    assert codes == ["watched-barred", "watched-event", "watched-annulled", "watched-resumed"]
    assert cast.rival.organisation.inbox.get(code="watched-annulled").params["effective_on"] == "2026-03-03"


def test_an_annulled_change_of_name_gives_the_holder_the_name_back(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "change_of_name", from_="Lakeside University", to="Lakeside Technical")
    annul(cast)
    held = Ownership.objects.get(patent=statement.patent)
    assert held.patentee == cast.patentee.patentee
    changes = [message.params["change"] for message in statement.filed_by.inbox.filter(code="statement-holder_renamed")]
    assert sorted(changes) == ["Lakeside Technical → Lakeside University.", "Lakeside University → Lakeside Technical."]


@pytest.mark.parametrize("together", [True, False])
def test_an_assignment_that_was_entered_as_a_change_of_name_goes_to_who_bears_the_name(cast, together):
    """The mistaken name leaves no row behind that gives the patents of River Works to the university."""
    patent = cast.patent()
    take_in(patent, "change_of_name", ref="wrong", from_="Lakeside University", to="River Works")
    right = received(patent, "assignment", "2026-03-03", ref="right", to=["River Works"])
    for events in [[annulment(patent, "wrong"), right]] if together else [[annulment(patent, "wrong")], [right]]:
        take_in_events(events=events, by=BY, at=AGAIN)
    holder = patent.owners.get()
    assert (holder.name, holder.organisation) == ("River Works", None)


def test_a_delivery_finds_who_bears_a_name_that_was_another_s_by_mistake(cast):
    take_in(cast.patent(), "change_of_name", ref="wrong", from_="Lakeside University", to="River Works")
    annul(cast, RegisterEvent.objects.get())
    deliver(patent_number(90), patentees=["River Works"])
    holder = Patent.objects.get(number=patent_number(90)).owners.get()
    assert (holder.name, holder.organisation) == ("River Works", None)


def test_a_contradiction_that_is_annulled_is_settled_and_not_entered(cast):
    patent = cast.patent()
    take_in(patent, "pledge_release", ref="Y7", pledgee="Bank")
    take_in_events(events=[annulment(patent, "Y7")], by=BY, at=AGAIN)
    parked = ParkedEvent.objects.get()
    assert (parked.applied_at, parked.annulled_at) == (None, AGAIN)
    take_in(patent, "pledge", "2026-01-05", at=AGAIN, pledgee="Bank")
    assert Pledge.objects.get().released_on is None


def test_only_the_office_annuls_here_with_a_reason_once_and_nothing_of_its_own(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "lapse")
    for person in (cast.patentee, cast.approver, cast.auditor, cast.officer):
        with pytest.raises(WrongRole):
            annul(cast, by=person)
    with pytest.raises(Refused) as refusal:
        annul(cast, reason=" ")
    assert rules(refusal) == ["R12"]
    made = annul(cast)
    for again in (RegisterEvent.objects.get(kind="lapse"), made):
        with pytest.raises(Refused) as refusal:
            annul(cast, again)
        assert rules(refusal) == ["R12"]
    take_in(statement.patent, "restoration", "2026-03-06", at=AGAIN)
    with pytest.raises(Refused) as refusal:
        annul(cast, RegisterEvent.objects.get(kind="restoration"))
    assert rules(refusal) == ["R12"]  # it is parked: nothing has lapsed
    take_in(statement.patent, "surrender", "2026-03-06", at=AGAIN)
    MembershipFactory(user=cast.examiner.user, organisation=cast.patentee.organisation)
    with pytest.raises(Refused) as refusal:
        annul(cast, RegisterEvent.objects.get(kind="surrender"))
    assert rules(refusal) == ["R10"]
    assert Patent.objects.get(pk=statement.patent_id).right_status == "surrendered"


def test_a_pledge_that_was_answered_stays_without_ever_having_held(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "pledge", pledgee=cast.rival.organisation.name)
    pledge = Pledge.objects.get()
    given = {"organisation": cast.rival.organisation, "given_by": cast.rival.user, "given_at": LATER}
    PledgeeConsent.objects.create(statement=statement, pledge=pledge, content_hash="0" * 64, content={}, **given)
    annul(cast)
    pledge.refresh_from_db()
    assert (pledge.since_on, pledge.released_on) == (date(2026, 3, 3), date(2026, 3, 3))
    assert acceptance_of(fresh(statement), at=AGAIN).open
    take_in(statement.patent, "annuity_late", "2026-03-06", at=AGAIN)
    pledge.refresh_from_db()
    assert pledge.released_on == date(2026, 3, 3)


def test_an_event_that_is_annulled_a_second_time_is_told_of_once(cast):
    statement = cast.statement_in("announced")
    watch(thing=statement.patent, by=cast.rival.actor, at=NOW)
    names = {"from_": "Lakeside University", "to": "Lakeside Technical"}
    take_in(statement.patent, "change_of_name", ref="wrong", **names)
    for reference, at in (("A2", AGAIN), ("A1", AGAIN + timedelta(days=1)), ("A3", AGAIN + timedelta(days=2))):
        take_in_events(events=[annulment(statement.patent, "wrong", ref=reference)], by=BY, at=at)
    assert told(cast.rival.organisation, "watched-annulled") == ["watched-annulled"]
    assert statement.filed_by.inbox.filter(code="statement-holder_renamed").count() == 2
