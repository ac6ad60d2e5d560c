"""What an annulled event had caused and cannot be undone is an examiner's task until one says what was done."""

from datetime import timedelta

import pytest

from core import audit
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.rules import Refused
from registry.actions import approving, examining
from registry.actions.aftermath import settle_aftermath
from registry.actions.ending import approve_ending, pass_ending, propose_ending, refuse_ending
from registry.actions.events import take_in_events
from registry.actions.publishing import publish_issue
from registry.enums import EndingKind
from registry.models import Aftermath, RegisterEvent
from registry.queries.work import work_items
from tests.cast import NOW
from tests.factories.people import MembershipFactory
from tests.registry.actions.test_annulling import annul, annulment
from tests.registry.actions.test_events import BY, rules
from tests.registry.actions.test_rechecking import LATER, take_in

pytestmark = pytest.mark.django_db
ISSUE = NOW + timedelta(days=8)
AFTER = NOW + timedelta(days=10)


def ended_by_office(cast, kind="annuity_late", **details):
    """A statement that the office ended on a ground which this event brought about."""
    statement = cast.statement_in("announced")
    take_in(statement.patent, kind, ref="wrong", **details)
    end(cast, statement, EndingKind.TERMINATION)
    return statement


def end(cast, statement, kind, at=ISSUE):
    ending = propose_ending(statement=statement, kind=kind, grounds="事由", by=cast.examiner.actor, at=at)
    pass_ending(ending=ending, by=cast.examiner.actor, at=at)
    approve_ending(ending=ending, by=cast.approver.actor, at=at)
    publish_issue(by=Actor.system("bulletin"), at=at)
    statement.refresh_from_db()


def wrong():
    return RegisterEvent.objects.get(reference="wrong")


def test_a_statement_that_ended_stays_ended_and_becomes_a_task(cast):
    statement = ended_by_office(cast)
    made = annul(cast, wrong(), at=AFTER)
    statement.refresh_from_db()
    assert statement.status == "ended"
    item = Aftermath.objects.get()
    assert (item.statement, item.kind, item.event, item.annulment) == (statement, "ended", wrong(), made)
    assert item.found_at == AFTER
    work = {entry.url: entry.count for entry in work_items(cast.examiner.actor, AFTER)}
    assert work["/examination/registry/aftermath/"] == 1
    assert statement.filed_by.inbox.filter(code="statement-annulled_ground").count() == 1
    assert (
        cast.examiner.user.inbox.get(code="statement-aftermath").url
        == f"/examination/registry/aftermath/{item.pk}/change/"
    )
    assert audit.history(statement).latest("id").event == "event_annulled"


def test_a_withdrawal_that_the_duty_called_for_is_one_too(cast):
    statement = cast.statement_in("announced")
    take_in(statement.patent, "pledge", ref="wrong", pledgee="Bank")
    cast._withdraw(statement, LATER)
    annul(cast, wrong(), at=AFTER)
    assert [(item.statement, item.kind) for item in Aftermath.objects.all()] == [(statement, "ended")]


def test_a_refusal_on_the_ground_is_one_too(cast):
    statement = cast.statement_in("examining")
    take_in(statement.patent, "pledge", ref="wrong", pledgee="Bank")
    examining.propose_refusal(statement=statement, reasons="Pledged.", by=cast.examiner.actor, at=AFTER)
    approving.refuse(statement=statement, by=cast.approver.actor, at=AFTER)
    annul(cast, wrong(), at=AFTER)
    assert [(item.statement, item.kind) for item in Aftermath.objects.all()] == [(statement, "refused")]


def test_what_ended_on_another_ground_or_before_is_none(cast):
    early, other = cast.statement_in("withdrawn"), cast.statement_in("announced", at=NOW + timedelta(days=1))
    take_in(early.patent, "pledge", ref="early", pledgee="Bank")
    take_in(other.patent, "annuity_late", "2026-03-04", ref="right", at=LATER)
    end(cast, other, EndingKind.TERMINATION)
    take_in(other.patent, "pledge", "2026-03-05", ref="late", at=AFTER, pledgee="Bank")
    for reference in ("early", "late"):
        annul(cast, RegisterEvent.objects.get(reference=reference), at=AFTER)
    assert not Aftermath.objects.exists()


def test_what_was_decided_while_the_event_was_parked_is_none(cast):
    statement = cast.statement_in("examining")
    take_in(statement.patent, "assignment", "2026-02-20", ref="right", at=NOW, to=["River Works"])
    parked = take_in(statement.patent, "assignment", "2026-02-22", ref="wrong", at=NOW, from_=["Hill Works"], to=["Up"])
    assert [item.code for item in parked.parked] == ["not_holder"]
    examining.propose_refusal(statement=statement, reasons="Assigned.", by=cast.examiner.actor, at=LATER)
    approving.refuse(statement=statement, by=cast.approver.actor, at=LATER)
    take_in(statement.patent, "assignment", "2026-02-21", ref="joins", at=ISSUE, to=["Hill Works"])
    assert wrong().parked.applied_at == ISSUE
    annul(cast, wrong(), at=AFTER)
    assert not Aftermath.objects.exists()
    annul(cast, RegisterEvent.objects.get(reference="right"), at=AFTER)
    assert [(item.statement, item.kind) for item in Aftermath.objects.all()] == [(statement, "refused")]


def test_an_event_that_was_parked_first_caused_what_was_decided_once_it_was_entered(cast):
    statement = cast.statement_in("examining")
    take_in(statement.patent, "assignment", "2026-02-22", ref="wrong", at=NOW, from_=["Hill Works"], to=["Up"])
    take_in(statement.patent, "assignment", "2026-02-21", ref="joins", at=LATER, to=["Hill Works"])
    assert wrong().parked.applied_at == LATER
    examining.propose_refusal(statement=statement, reasons="Assigned.", by=cast.examiner.actor, at=ISSUE)
    approving.refuse(statement=statement, by=cast.approver.actor, at=ISSUE)
    annul(cast, wrong(), at=AFTER)
    assert [(item.statement, item.kind, item.event) for item in Aftermath.objects.all()] == [
        (statement, "refused", wrong())
    ]


def test_an_event_that_was_parked_later_caused_what_was_decided_before(cast):
    statement = cast.statement_in("examining")
    take_in(statement.patent, "assignment", "2026-02-22", ref="wrong", at=NOW, from_=["Lakeside University"], to=["Up"])
    examining.propose_refusal(statement=statement, reasons="Assigned.", by=cast.examiner.actor, at=LATER)
    approving.refuse(statement=statement, by=cast.approver.actor, at=LATER)
    take_in(statement.patent, "assignment", "2026-02-21", ref="first", at=ISSUE, to=["Hill Works"])
    assert wrong().parked.parked_at == ISSUE
    annul(cast, RegisterEvent.objects.get(reference="first"), at=AFTER)  # and the other is entered again
    annul(cast, wrong(), at=AFTER)
    assert (statement, "refused", "wrong") in [
        (item.statement, item.kind, item.event.reference) for item in Aftermath.objects.all()
    ]


def test_an_event_that_was_annulled_before_it_came_has_caused_nothing(cast):
    statement = cast.statement_in("announced")
    take_in_events(events=[annulment(statement.patent, "wrong")], by=BY, at=LATER)
    take_in(statement.patent, "annuity_late", ref="wrong")
    cast._withdraw(statement, LATER)
    assert not Aftermath.objects.exists()


def test_a_second_annulment_names_nothing_twice(cast):
    statement = ended_by_office(cast)
    for reference in ("A2", "A3", "A1"):
        take_in_events(events=[annulment(statement.patent, "wrong", ref=reference)], by=BY, at=AFTER)
    assert Aftermath.objects.count() == 1
    assert statement.filed_by.inbox.filter(code="statement-annulled_ground").count() == 1


def test_an_end_that_was_approved_but_not_announced_is_held_back(cast):
    """Nothing has to be undone: the statement goes on, and the examiner sees the ending again."""
    statement = cast.statement_in("announced")
    take_in(statement.patent, "annuity_late", ref="wrong")
    ending = propose_ending(
        statement=statement, kind=EndingKind.TERMINATION, grounds="事由", by=cast.examiner.actor, at=LATER
    )
    pass_ending(ending=ending, by=cast.examiner.actor, at=LATER)
    approve_ending(ending=ending, by=cast.approver.actor, at=LATER)
    annul(cast, wrong(), at=ISSUE)
    assert publish_issue(by=Actor.system("bulletin"), at=ISSUE) is None
    statement.refresh_from_db()
    ending.refresh_from_db()
    assert (statement.status, ending.status, ending.decided_by) == ("announced", "requested", None)
    assert not Aftermath.objects.exists()
    assert statement.filed_by.inbox.filter(code="statement-end_held_back").count() == 1
    assert cast.examiner.user.inbox.filter(code="ending-held_back").count() == 1
    done = refuse_ending(ending=ending, reasons="登记有误。", by=cast.examiner.actor, at=AFTER)
    assert done.status == "refused"


def test_an_end_by_the_office_whose_ground_stands_is_announced(cast):
    assert ended_by_office(cast).status == "ended"


def test_an_examiner_who_is_no_party_settles_it_once_and_says_how(cast):
    ended_by_office(cast)
    annul(cast, wrong(), at=AFTER)
    item = Aftermath.objects.get()
    with pytest.raises(WrongRole):
        settle_aftermath(aftermath=item, note="Done.", by=cast.approver.actor, at=AFTER)
    with pytest.raises(Refused) as refusal:
        settle_aftermath(aftermath=item, note=" ", by=cast.examiner.actor, at=AFTER)
    assert rules(refusal) == ["E1"]
    MembershipFactory(user=cast.other_examiner.user, organisation=cast.patentee.organisation)
    with pytest.raises(Refused) as refusal:
        settle_aftermath(aftermath=item, note="Done.", by=cast.other_examiner.actor, at=AFTER)
    assert rules(refusal) == ["C1"]
    done = settle_aftermath(aftermath=item, note=" The patentee declares anew. ", by=cast.examiner.actor, at=AFTER)
    assert (done.settled_by, done.note, done.settled_at) == (cast.examiner.user, "The patentee declares anew.", AFTER)
    with pytest.raises(IllegalStep):
        settle_aftermath(aftermath=item, note="Again.", by=cast.examiner.actor, at=AFTER)
    assert "/examination/registry/aftermath/" not in {entry.url for entry in work_items(cast.examiner.actor, AFTER)}
