"""The office ends a statement: the kind follows from the facts, two people, and the filer learns the remedies."""

from datetime import date, timedelta

import pytest

from accounts.models import InboxMessage
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.rules import Refused
from registry.actions.ending import approve_ending, pass_ending, propose_ending, refuse_ending, send_back_ending
from registry.actions.ending_requests import request_withdrawal, take_back
from registry.actions.publishing import publish_issue
from registry.enums import EndingKind
from registry.models import Ending
from registry.queries.progress import endings_told, remedies_of
from tests.cast import NOW
from tests.factories.patents import PledgeFactory

END, REVOKE = EndingKind.TERMINATION, EndingKind.REVOCATION
LATER = NOW + timedelta(days=8)


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def propose(cast, statement, kind=END, **said):
    return propose_ending(statement=statement, kind=kind, grounds="事由", by=cast.examiner.actor, at=LATER, **said)


def pledged(cast, since: date):
    statement = cast.statement_in("announced")
    return statement, PledgeFactory(patent=statement.patent, since_on=since)


def test_a_pledge_registered_later_ends_and_one_of_before_revokes(cast):
    statement, _pledge = pledged(cast, NOW.date() + timedelta(days=2))
    with pytest.raises(Refused) as refused:
        propose(cast, statement, REVOKE)
    assert rules(refused) == ["N2"]
    ending = propose(cast, statement, END)
    assert (ending.kind, ending.suggested_kind, ending.deviation) == (END, END, "")
    with pytest.raises(Refused) as refused:
        propose(cast, statement, END)
    assert rules(refused) == ["P7"]


def test_whoever_proposes_the_other_kind_says_why_and_it_is_kept(cast):
    statement, _pledge = pledged(cast, NOW.date())
    with pytest.raises(Refused) as refused:
        propose(cast, statement, END)
    assert rules(refused) == ["N2"]
    ending = propose(cast, statement, END, deviation="质权人曾口头同意。")
    assert (ending.kind, ending.suggested_kind, ending.deviation) == (END, REVOKE, "质权人曾口头同意。")


def test_without_a_ground_nothing_is_ended_but_a_falsehood_revokes(cast):
    statement = cast.statement_in("announced")
    with pytest.raises(Refused) as refused:
        propose(cast, statement, END)
    assert rules(refused) == ["N1"]
    assert propose(cast, statement, REVOKE, falsehood=True).falsehood


def test_a_ground_that_fell_away_stops_the_approval(cast):
    statement, pledge = pledged(cast, NOW.date() + timedelta(days=2))
    ending = pass_ending(ending=propose(cast, statement), by=cast.examiner.actor, at=LATER)
    pledge.released_on = LATER.date()
    pledge.save()
    with pytest.raises(Refused) as refused:
        approve_ending(ending=ending, by=cast.approver.actor, at=LATER)
    assert rules(refused) == ["N1"]


def test_the_filer_of_a_revoked_statement_reads_grounds_and_last_days(cast):
    statement = cast.statement_in("announced")
    ending = propose(cast, statement, REVOKE, falsehood=True)
    assert list(endings_told(statement)) == []
    pass_ending(ending=ending, by=cast.examiner.actor, at=LATER)
    approve_ending(ending=ending, by=cast.approver.actor, at=LATER)
    publish_issue(by=Actor.system("bulletin"), at=LATER)
    statement.refresh_from_db()
    assert (statement.status, statement.ended_on) == ("revoked", date(2026, 3, 10))
    told = InboxMessage.objects.get(code="statement-ended_by_office", organisation=cast.patentee.organisation)
    assert told.params["reconsideration_on"] == "2026-05-09"
    assert told.params["suit_on"] == "2026-09-10"
    assert list(endings_told(statement)) == [ending]
    assert remedies_of(statement).as_params() == {"reconsideration_on": "2026-05-09", "suit_on": "2026-09-10"}


def test_a_refused_withdrawal_names_reasons_and_remedies_and_the_statement_goes_on(cast):
    statement = cast.statement_in("announced")
    ending = request_withdrawal(
        statement=statement, grounds="拟转让", unconditional=True, papers=(), by=cast.patentee.actor, at=LATER
    )
    refuse_ending(ending=ending, reasons="未说明正当理由。", by=cast.examiner.actor, at=LATER)
    told = InboxMessage.objects.get(code="statement-ending_refused")
    assert (told.params["reconsideration_on"], told.params["suit_on"]) == ("2026-05-09", "2026-09-10")
    statement.refresh_from_db()
    assert statement.status == "announced"


def test_only_examiners_propose_with_grounds_an_end_of_an_announced_statement(cast):
    statement, _pledge = pledged(cast, NOW.date() + timedelta(days=2))
    given = {"statement": statement, "kind": END, "at": LATER}
    with pytest.raises(WrongRole):
        propose_ending(**given, grounds="事由", by=cast.approver.actor)
    with pytest.raises(Refused) as refused:
        propose_ending(**given, grounds="  ", by=cast.examiner.actor)
    assert refused.value.violations[0].field == "grounds"
    for other, kind in ((cast.statement_in("submitted"), END), (statement, EndingKind.WITHDRAWAL)):
        with pytest.raises(IllegalStep):
            propose_ending(statement=other, kind=kind, grounds="事由", by=cast.examiner.actor, at=LATER)


def test_an_end_that_was_passed_is_sent_back_or_dropped_only_with_reasons(cast):
    statement, _pledge = pledged(cast, NOW.date() + timedelta(days=2))
    ending = propose(cast, statement)
    pass_ending(ending=ending, by=cast.examiner.actor, at=LATER)
    with pytest.raises(Refused) as refused:
        send_back_ending(ending=ending, reasons=" ", by=cast.approver.actor, at=LATER)
    assert refused.value.violations[0].field == "reasons"
    back = send_back_ending(ending=ending, reasons="请核实质权登记日。", by=cast.approver.actor, at=LATER)
    assert (back.status, back.reasons) == ("requested", "请核实质权登记日。")
    with pytest.raises(Refused) as refused:
        refuse_ending(ending=ending, reasons="", by=cast.examiner.actor, at=LATER)
    assert refused.value.violations[0].field == "reasons"
    dropped = refuse_ending(ending=ending, reasons="质权人补交同意书。", by=cast.examiner.actor, at=LATER)
    assert dropped.status == "refused"
    assert not dropped.office_papers.exists()
    statement.refresh_from_db()
    assert statement.status == "announced"


def test_an_end_by_the_office_is_not_the_patentee_s_to_take_back(cast):
    statement, _pledge = pledged(cast, NOW.date() + timedelta(days=2))
    ending = propose(cast, statement)
    with pytest.raises(Ending.DoesNotExist):
        take_back(ending=ending, by=cast.patentee.actor, at=LATER)
