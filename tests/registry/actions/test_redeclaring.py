"""Declaring anew: another price under another number, while the earlier statement is being withdrawn."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from core.lifecycle import Actor
from core.rules import Refused
from registry.actions import approving, examining
from registry.actions.drafting import save_draft
from registry.actions.ending import approve_ending, pass_ending, refuse_ending
from registry.actions.ending_requests import request_withdrawal, take_back
from registry.actions.publishing import publish_issue
from registry.actions.redeclaring import begin_successor
from registry.actions.submitting import submit
from registry.models import Statement
from registry.queries.changes import changes_from_earlier
from registry.queries.statements import violations_of
from tests.cast import COMPLETE, NOW, TODAY, Cast

NEXT = NOW + timedelta(days=1)  # a Tuesday
LATER = NOW + timedelta(days=4)  # a Friday
AGAIN = {name: COMPLETE[name] for name in COMPLETE if name.startswith("undertakes")} | {"signed_name": "Li Wei"}


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def withdraw(cast, statement, at=NEXT):
    by = cast.patentee.actor
    return request_withdrawal(statement=statement, grounds="拟调整价格", unconditional=True, papers=(), by=by, at=at)


def successor(cast, earlier, at=NEXT, **entries):
    by = cast.patentee.actor
    draft = begin_successor(earlier=earlier, filed_by=cast.patentee.organisation, by=by, at=at)
    return save_draft(statement=draft, entries={**AGAIN, **entries}, by=by, at=at)


def approved_successor(cast, earlier, at=NEXT, **entries):
    statement = submit(statement=successor(cast, earlier, at, **entries), by=cast.patentee.actor, at=at)
    examining.claim(statement=statement, by=cast.examiner.actor, at=at)
    examining.pass_statement(statement=statement, by=cast.examiner.actor, at=at)
    return approving.approve(statement=statement, by=cast.approver.actor, at=at)


def approve_end(cast, ending, at=NEXT):
    pass_ending(ending=ending, by=cast.examiner.actor, at=at)
    approve_ending(ending=ending, by=cast.approver.actor, at=at)


def publish(at):
    return publish_issue(by=Actor.system("bulletin"), at=at)


def states(*statements) -> list[tuple]:
    for statement in statements:
        statement.refresh_from_db()
    return [(statement.status, statement.effective_on, statement.ended_on) for statement in statements]


def test_the_draft_takes_over_the_text_and_nothing_that_is_given_anew(cast):
    earlier = cast.statement_in("announced")
    draft = begin_successor(earlier=earlier, filed_by=cast.patentee.organisation, by=cast.patentee.actor, at=NEXT)
    assert (draft.replaces, draft.fixed_amount, draft.explanation) == (
        earlier,
        earlier.fixed_amount,
        earlier.explanation,
    )
    assert (draft.signed_name, draft.undertakes_open_to_all) == ("", False)
    save_draft(statement=draft, entries={"fixed_amount": "150000", **AGAIN}, by=cast.patentee.actor, at=NEXT)
    draft.refresh_from_db()
    assert [(str(item.label), item.before, item.after) for item in changes_from_earlier(draft)] == [
        ("Fixed amount", "¥200,000.00", "¥150,000.00")
    ]


def test_a_new_patentee_takes_over_only_what_was_announced(cast):
    earlier = cast.statement_in("withdrawn")
    earlier.patent.ownerships.all().delete()
    earlier.patent.ownerships.create(patentee=cast.co_owner.patentee, position=1)
    with pytest.raises(Refused) as refused:
        begin_successor(earlier=earlier, filed_by=cast.patentee.organisation, by=cast.patentee.actor, at=LATER)
    assert rules(refused) == ["F11"]
    draft = begin_successor(earlier=earlier, filed_by=cast.co_owner.organisation, by=cast.co_owner.actor, at=LATER)
    assert (draft.fixed_amount, draft.term_months) == (earlier.fixed_amount, earlier.term_months)
    assert (draft.explanation, draft.payee_account, draft.contact_name) == (
        "",
        "",
        cast.co_owner.organisation.contact_name,
    )


def test_what_was_typed_before_stays(cast):
    earlier = cast.statement_in("withdrawn")
    mine = cast.draft(earlier.patent, at=LATER, fixed_amount="7")
    draft = begin_successor(earlier=earlier, filed_by=cast.patentee.organisation, by=cast.patentee.actor, at=LATER)
    assert (draft.pk, str(draft.fixed_amount), draft.replaces) == (mine.pk, "7.00", earlier)


@pytest.mark.parametrize("status", ["draft", "submitted", "approved", "refused"])
def test_what_was_never_announced_is_not_replaced(cast, status):
    with pytest.raises(Statement.DoesNotExist):
        successor(cast, cast.statement_in(status))


def test_it_is_sent_only_while_the_withdrawal_of_the_earlier_is_before_the_office(cast):
    earlier = cast.statement_in("announced")
    draft = successor(cast, earlier, fixed_amount="150000")
    with pytest.raises(Refused) as refused:
        submit(statement=draft, by=cast.patentee.actor, at=NEXT)
    assert rules(refused) == ["F12"]
    ending = withdraw(cast, earlier)
    sent = submit(statement=draft, by=cast.patentee.actor, at=NEXT)
    assert (sent.status, sent.number != earlier.number) == ("submitted", True)
    take_back(ending=ending, by=cast.patentee.actor, at=NEXT)
    assert [item.rule for item in violations_of(sent, on=NEXT.date()) if item.blocks] == ["F12"]


def test_another_statement_than_the_successor_is_refused_as_before(cast):
    earlier = cast.statement_in("announced")
    withdraw(cast, earlier)
    with pytest.raises(Refused) as refused:
        submit(statement=cast.draft(earlier.patent, at=NEXT), by=cast.patentee.actor, at=NEXT)
    assert rules(refused) == ["F12"]


def test_both_are_announced_in_one_issue_and_one_is_in_effect(cast):
    earlier = cast.statement_in("announced")
    ending = withdraw(cast, earlier)
    new = approved_successor(cast, earlier, fixed_amount="150000")
    approve_end(cast, ending)
    issue = publish(NEXT)
    assert [entry.kind for entry in issue.entries.order_by("kind")] == ["statement", "withdrawal"]
    assert states(earlier, new) == [
        ("withdrawn", TODAY, NEXT.date()),
        ("announced", NEXT.date(), None),
    ]


def test_it_waits_for_the_issue_that_announces_the_withdrawal(cast):
    earlier = cast.statement_in("announced")
    ending = withdraw(cast, earlier)
    new = approved_successor(cast, earlier)
    assert publish(NEXT) is None
    assert states(earlier, new) == [("announced", TODAY, None), ("approved", None, None)]
    approve_end(cast, ending, at=LATER)
    publish(LATER)
    assert states(earlier, new) == [("withdrawn", TODAY, LATER.date()), ("announced", LATER.date(), None)]


def test_it_is_held_back_if_the_withdrawal_is_refused(cast):
    earlier = cast.statement_in("announced")
    ending = withdraw(cast, earlier)
    new = approved_successor(cast, earlier)
    refuse_ending(ending=ending, reasons="未说明正当理由。", by=cast.examiner.actor, at=NEXT)
    publish(NEXT)
    new.refresh_from_db()
    assert (new.status, [item["rule"] for item in new.hold_reasons]) == ("held", ["F12"])


@pytest.mark.django_db(transaction=True)
def test_taking_the_withdrawal_back_and_publishing_at_once_leave_one_in_effect():
    cast = Cast()
    earlier = cast.statement_in("announced")
    ending = pass_ending(ending=withdraw(cast, earlier), by=cast.examiner.actor, at=NEXT)
    new = approved_successor(cast, earlier)
    barrier, filer, approver = threading.Barrier(3), cast.patentee.actor, cast.approver.actor
    acts = [
        lambda: take_back(ending=ending, by=filer, at=NEXT),
        lambda: approve_ending(ending=ending, by=approver, at=NEXT),
        lambda: publish(NEXT),
    ]

    def run(act):
        barrier.wait()
        try:
            act()
        except Exception:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Statement.objects.filter(patent=new.patent, status="announced").count() == 1


def test_a_draft_tied_to_the_earlier_statement_comes_back_as_it_is(cast):
    earlier = cast.statement_in("announced")
    given = {"earlier": earlier, "filed_by": cast.patentee.organisation, "by": cast.patentee.actor, "at": LATER}
    draft = begin_successor(**given)
    save_draft(statement=draft, entries={"contact_name": "另一人"}, by=cast.patentee.actor, at=LATER)
    again = begin_successor(**given)
    assert (again.pk, again.contact_name, again.replaces_id) == (draft.pk, "另一人", earlier.pk)
