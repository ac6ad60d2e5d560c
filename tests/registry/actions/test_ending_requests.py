"""Requests for withdrawal, with their papers, and taking them back."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from accounts.actions.mandates import revoke_mandate
from accounts.models import Mandate
from core import audit
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.answering import consent_to_withdrawal
from registry.actions.ending import propose_ending
from registry.actions.ending_requests import (
    add_withdrawal_consent,
    missing_consents,
    request_withdrawal,
    take_back,
)
from registry.actions.events import take_in_events
from registry.models import Ending, Statement
from registry.queries.asking import withdrawals_wanted
from tests.cast import NOW
from tests.factories.people import MandateFactory
from tests.registry.actions.test_events import BY, deliver, received


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def ask_to_withdraw(cast, statement, *, papers=(), grounds="专利将要转让。", unconditional=True, by=None):
    by = by or cast.filer_of(statement)
    return request_withdrawal(
        statement=statement, grounds=grounds, unconditional=unconditional, papers=papers, by=by, at=NOW
    )


def test_a_withdrawal_needs_ground_and_no_condition_and_there_is_one_at_a_time(cast, clean_pdf):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, grounds="  ", unconditional=False)
    assert rules(refused) == ["P4", "P5"]
    ending = ask_to_withdraw(cast, statement, papers=[("withdrawal_consent", clean_pdf)])
    assert (ending.status, ending.papers.get().kind) == ("requested", "withdrawal_consent")
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, papers=[("withdrawal_consent", clean_pdf)])
    assert rules(refused) == ["P7"]


def test_a_patentee_abroad_withdraws_through_its_agency(cast):
    statement = cast.statement_in("announced")
    cast.patentee.patentee.residence = "XX"
    cast.patentee.patentee.save()
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement)
    assert rules(refused) == ["P9"]


def test_a_patentee_abroad_does_not_withdraw_by_itself_what_its_agency_filed(cast):
    statement = cast.statement_in("announced", by=cast.agency)
    cast.patentee.patentee.residence = "XX"
    cast.patentee.patentee.save()
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, by=cast.patentee.actor)
    assert rules(refused) == ["P9"]
    assert ask_to_withdraw(cast, statement, by=cast.agency.actor).status == "prepared"


def test_an_invisible_character_in_the_ground_is_refused_with_a_sentence(cast):
    statement = cast.statement_in("announced")
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, grounds="转\u202e让")
    assert re.search(r"U\+202E", str(refused.value.violations[0].message))


def test_only_an_announced_statement_can_be_withdrawn(cast):
    with pytest.raises(IllegalStep):
        ask_to_withdraw(cast, cast.statement_in("approved"))


def add(cast, ending, file, by=None):
    return add_withdrawal_consent(ending=ending, file=file, by=by or cast.filer_of(ending.statement), at=NOW)


def test_a_paper_that_the_others_signed_sends_a_waiting_request(cast, clean_pdf):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    ending = ask_to_withdraw(cast, statement)
    assert (ending.status, [owner.name for owner in missing_consents(ending)]) == ("prepared", ["Hillside Institute"])
    done = add(cast, ending, clean_pdf)
    assert (done.status, done.papers.get().kind, done.papers.get().added_at) == ("requested", "withdrawal_consent", NOW)
    assert statement.filed_by.inbox.filter(code="statement-withdrawal_requested").count() == 1
    assert audit.history(ending).filter(event="add_paper").get().data["sha256"] == clean_pdf.sha256
    with pytest.raises(IllegalStep):
        add(cast, ending, clean_pdf)


def test_nobody_but_the_filer_adds_a_paper_and_only_while_the_request_waits(cast, clean_pdf):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    ending = ask_to_withdraw(cast, statement)
    for stranger in (cast.rival, cast.co_owner):
        with pytest.raises(Statement.DoesNotExist):
            add(cast, ending, clean_pdf, by=stranger.actor)
    take_back(ending=ending, by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        add(cast, ending, clean_pdf)


def test_a_paper_is_not_added_while_the_office_ends_the_statement(cast, clean_pdf):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    ending = ask_to_withdraw(cast, statement)
    propose_ending(
        statement=statement, kind="revocation", grounds="虚假", falsehood=True, by=cast.examiner.actor, at=NOW
    )
    with pytest.raises(Refused) as refused:
        add(cast, ending, clean_pdf)
    assert rules(refused) == ["P7"]
    assert not ending.papers.exists()


def test_a_paper_is_added_by_an_agency_only_under_a_mandate_that_covers_it(cast, clean_pdf):
    statement = cast.statement_in("announced", by=cast.agency)
    ending = ask_to_withdraw(cast, statement)
    assert ending.status == "prepared"
    revoke_mandate(Mandate.objects.get(), by=cast.patentee.actor, at=NOW)
    MandateFactory(agency=cast.agency.organisation, principal=cast.patentee.organisation, acts=["statements"])
    with pytest.raises(Refused) as refused:
        add(cast, ending, clean_pdf)
    assert rules(refused) == ["P10"]


def test_a_request_taken_back_makes_room_for_another(cast):
    statement = cast.statement_in("announced")
    ending = ask_to_withdraw(cast, statement)
    with pytest.raises(Statement.DoesNotExist):
        take_back(ending=ending, by=cast.rival.actor, at=NOW)
    assert take_back(ending=ending, by=cast.patentee.actor, at=NOW).status == "canceled"
    assert ask_to_withdraw(cast, statement).status == "requested"


@pytest.mark.parametrize("kind", ["assignment", "merger"])
def test_after_a_transfer_the_former_patentee_withdraws_and_the_new_one_is_not_asked(cast, kind):
    """The register entered the transfer before the withdrawal that Guidelines V-11, section 9 want first."""
    statement = cast.statement_in("announced")
    transfer(statement.patent, kind, to=[cast.co_owner.organisation.name])
    ending = ask_to_withdraw(cast, statement)
    assert (ending.status, missing_consents(ending)) == ("requested", [])
    assert not cast.co_owner.organisation.inbox.filter(code="withdrawal-consent-wanted").exists()


def test_after_the_filer_s_transfer_who_declared_with_it_is_asked_and_nobody_else(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    newcomer = cast.member("River Works", holds=True)
    transfer(statement.patent, "assignment", from_=["Lakeside University"], to=["River Works"])
    ending = ask_to_withdraw(cast, statement)
    assert (ending.status, [owner.name for owner in missing_consents(ending)]) == ("prepared", ["Hillside Institute"])
    assert [list(withdrawals_wanted(who.actor)) for who in (cast.co_owner, newcomer)] == [[ending], []]
    done = consent_to_withdrawal(ending=ending, read_hash=ending.content_hash, by=cast.co_owner.actor, at=NOW)
    assert done.status == "requested"


def test_a_new_co_owner_consents_while_the_filer_holds_the_patent_too(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    newcomer = cast.member("River Works", holds=True)
    transfer(statement.patent, "assignment", from_=["Hillside Institute"], to=["River Works"])
    ending = ask_to_withdraw(cast, statement)
    assert [owner.name for owner in missing_consents(ending)] == ["River Works"]
    assert list(withdrawals_wanted(newcomer.actor)) == [ending]
    with pytest.raises(DatabaseError, match="every patentee consents"), transaction.atomic():
        Ending.objects.filter(pk=ending.pk).update(status="requested")


def transfer(patent, kind, **names):
    event = received(patent, kind, "2026-03-03", **names)
    assert take_in_events(events=[event], by=BY, at=NOW + timedelta(days=1)).parked == []


def test_a_co_owner_named_by_a_delivery_consents_while_the_filer_holds_the_patent_too(cast):
    statement = cast.statement_in("announced")
    newcomer = cast.member("River Works", holds=True)
    deliver(statement.patent.number, at=NOW + timedelta(days=1), patentees=["Lakeside University", "River Works"])
    ending = ask_to_withdraw(cast, statement)
    assert [owner.name for owner in missing_consents(ending)] == ["River Works"]
    assert list(withdrawals_wanted(newcomer.actor)) == [ending]


def test_whom_a_delivery_names_in_the_filer_s_place_is_not_asked(cast):
    """The statement is the former patentee's own, and theirs to withdraw (GL V-11 §9)."""
    statement = cast.statement_in("announced")
    newcomer = cast.member("River Works", holds=True)
    deliver(statement.patent.number, at=NOW + timedelta(days=1), patentees=["River Works"])
    ending = ask_to_withdraw(cast, statement)
    assert (ending.status, missing_consents(ending)) == ("requested", [])
    assert list(withdrawals_wanted(newcomer.actor)) == []
