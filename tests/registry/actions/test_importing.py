"""Deliveries of register data: by the system alone, and since when those hold whom they name. What the rows become is tested
by the command."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from core.deadlines import law_date
from core.lifecycle import Actor, WrongRole
from registry.actions.importing import close_delivery, import_batch, open_delivery
from registry.models import Delivery, Ownership, Patent, PatentBaseline, Statement
from registry.queries.acceptance import acceptance_of
from registry.queries.duties import open_duty
from registry.queries.ending import office_end_facts
from registry.queries.public import acceptable, public_statements
from registry.queries.register import register_state
from registry.rules.office_end import suggest
from tests.cast import NOW
from tests.factories.patents import patent_number
from tests.registry.actions.test_events import deliver, received, take_in

pytestmark = pytest.mark.django_db


def test_no_person_takes_a_delivery_in(cast):
    delivery = open_delivery(name="may.csv", as_of=None, vouched=False, by=Actor.system("import_patents"), at=NOW)
    for person in (cast.patentee, cast.examiner, cast.administrator):
        with pytest.raises(WrongRole):
            open_delivery(name="own.csv", as_of=None, vouched=True, by=person.actor, at=NOW)
        with pytest.raises(WrongRole):
            import_batch(delivery=delivery, rows=[], by=person.actor, at=NOW)
        with pytest.raises(WrongRole):
            close_delivery(delivery=delivery, by=person.actor, at=NOW)
    assert [(made.name, made.finished_at) for made in Delivery.objects.all()] == [("may.csv", None)]


def held(patent):
    """The holders as tables and replay say; both always say the same."""
    rows = list(Ownership.objects.filter(patent=patent).values_list("patentee__name", "since_on"))
    state = register_state(Patent.objects.get(pk=patent.pk))
    assert [(holder.name, holder.since) for holder in state.holders] == rows
    return rows


def test_whom_a_delivery_is_the_first_to_name_holds_since_its_day(cast):
    """The first delivery tells who holds from the start; a later one who came, by the day of Shanghai to which it speaks."""
    late_evening = datetime(2026, 3, 5, 16, 30, tzinfo=UTC)  # the 6th in Shanghai
    number = patent_number(81)
    deliver(number, patentees=["A", "B"])
    patent = Patent.objects.get(number=number)
    assert held(patent) == [("A", None), ("B", None)]
    deliver(number, at=late_evening, patentees=["C", "B", "A"])
    assert held(patent) == [("C", date(2026, 3, 6)), ("B", None), ("A", None)]
    again = deliver(number, at=late_evening + timedelta(days=5), patentees=["C", "B", "A"])
    deliver(number, at=late_evening + timedelta(days=9), patentees=["A", "C", "D"])
    assert (again.updated, again.unchanged) == (0, 1)
    assert held(patent) == [("A", None), ("C", date(2026, 3, 6)), ("D", date(2026, 3, 15))]


def in_every_order(number, *acts):
    """Run the acts in every order, each time on a patent of its own; return the one register they make."""
    made = []
    for place, order in enumerate(permutations(acts)):
        deliver(patent_number(number + place), patentees=["A", "B"])
        patent = Patent.objects.get(number=patent_number(number + place))
        for act in order:
            act(patent)
        made.append(held(patent))
    assert made == [made[0]] * len(made)
    return made[0]


def test_events_and_a_delivery_in_any_order_give_the_holders_one_day(cast):
    """An unrelated event, an exact day, and a delivery that names two: whichever comes first."""
    assert in_every_order(
        200,
        lambda patent: take_in(received(patent, "annuity_late", "2026-02-20", ref=f"L{patent.number}")),
        lambda patent: take_in(
            received(patent, "assignment", "2026-02-21", ref=f"A{patent.number}", from_=["B"], to=["C"])
        ),
        lambda patent: deliver(patent.number, at=NOW + timedelta(days=5), patentees=["A", "C", "D"]),
    ) == [("A", None), ("C", date(2026, 2, 21)), ("D", law_date(NOW + timedelta(days=5)))]


def test_a_new_name_that_a_delivery_repeats_makes_no_new_holder(cast):
    assert in_every_order(
        220,
        lambda patent: take_in(
            received(patent, "change_of_name", "2026-02-21", ref=f"N{patent.number}", from_="B", to="B Group")
        ),
        lambda patent: deliver(patent.number, at=NOW + timedelta(days=5), patentees=["A", "B Group"]),
    ) == [("A", None), ("B Group", None)]


@pytest.mark.parametrize("place", range(3))
def test_a_holder_whom_a_delivery_first_named_keeps_the_day_under_a_new_name(cast, place):
    """Whenever the new name is told: before the delivery that named them, after it, or after one that has the new name."""
    number, joined = patent_number(240), law_date(NOW - timedelta(days=20))
    deliver(number, at=NOW - timedelta(days=30), patentees=["A"])
    patent = Patent.objects.get(number=number)
    acts = [
        lambda: deliver(number, at=NOW - timedelta(days=20), patentees=["A", "B"]),
        lambda: deliver(number, at=NOW + timedelta(days=5), patentees=["A", "B Group"]),
    ]
    event = received(patent, "change_of_name", law_date(NOW - timedelta(days=9)).isoformat(), from_="B", to="B Group")
    acts.insert(place, lambda: take_in(event))
    for act in acts:
        act()
    assert held(patent) == [("A", None), ("B Group", joined)]
    deliver(number, at=NOW + timedelta(days=6), patentees=["B Group", "A"])
    assert held(patent) == [("B Group", joined), ("A", None)]


def test_a_baseline_of_before_holders_had_days_is_read(cast):
    number = patent_number(82)
    deliver(number, patentees=["A"])
    patent = Patent.objects.get(number=number)
    take_in(received(patent, "annuity_late", "2026-02-20"))
    kept = PatentBaseline.objects.get(patent=patent)
    for holder in kept.data["holders"]:
        del holder["since"]
    kept.save()
    assert deliver(number, at=NOW + timedelta(days=4), patentees=["A"]).unchanged == 1
    deliver(number, at=NOW + timedelta(days=5), patentees=["A", "B"])
    assert held(patent) == [("A", None), ("B", law_date(NOW + timedelta(days=5)))]


def test_a_co_owner_named_by_a_delivery_stops_acceptance_as_one_by_an_event_does(cast):
    """Who did not declare the statement is not bound by it (Patent Law 50(1); GL V-11 §9): nobody can accept it, and the
    time to withdraw it starts, in the transaction that takes the delivery in."""
    statement = cast.statement_in("announced")
    later = NOW + timedelta(days=3)
    deliver(statement.patent.number, at=later, patentees=["Lakeside University", "River Works"])
    statement = Statement.objects.get(pk=statement.pk)
    assert [item.rule for item in acceptance_of(statement, at=later).bars] == ["A4"]
    assert not public_statements().filter(acceptable(law_date(later))).exists()
    assert open_duty(statement).rules == ["A4"]
    assert statement.filed_by.inbox.filter(code="statement-barred").count() == 1
    facts = office_end_facts(statement, on=law_date(later))
    assert [(cause.rule, cause.arose_on) for cause in facts.causes] == [("A4", law_date(later))]
    assert open_duty(statement).consequence == suggest(facts).kind == "termination"
    deliver(statement.patent.number, at=later + timedelta(days=1), patentees=["Lakeside University"])
    assert open_duty(statement) is None


def test_an_assignment_of_before_the_filing_is_not_why_a_delivery_stops_acceptance(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    take_in(received(statement.patent, "assignment", "2024-02-21", from_=["Hillside Institute"], to=["Upland Works"]))
    later = NOW + timedelta(days=3)
    deliver(statement.patent.number, at=later, patentees=["Lakeside University", "Hillside Institute", "River Works"])
    statement = Statement.objects.get(pk=statement.pk)
    facts = office_end_facts(statement, on=law_date(later))
    assert [(cause.rule, cause.arose_on) for cause in facts.causes] == [("A4", law_date(later))]


def test_a_delivery_that_repeats_the_holders_stops_nothing(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    names = ["Hillside Institute", "Lakeside University"]
    deliver(statement.patent.number, at=NOW + timedelta(days=3), patentees=names)
    assert [name for name, _since in held(statement.patent)] == names
    assert open_duty(statement) is None


def test_the_examiner_hears_of_a_co_owner_named_by_a_delivery(cast):
    statement = cast.statement_in("examining")
    deliver(statement.patent.number, at=NOW + timedelta(days=3), patentees=["Lakeside University", "River Works"])
    assert cast.examiner.user.inbox.filter(code="statement-register_changed").count() == 1
    assert Statement.objects.get(pk=statement.pk).status == "examining"
