"""Requests for withdrawal, with their papers, and taking them back."""

import re

import pytest

from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.ending_requests import request_withdrawal, take_back
from registry.models import Statement
from tests.cast import NOW


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def ask_to_withdraw(cast, statement, *, papers=(), grounds="专利将要转让。", unconditional=True):
    by = cast.filer_of(statement)
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


def test_an_invisible_character_in_the_ground_is_refused_with_a_sentence(cast):
    statement = cast.statement_in("announced")
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, grounds="转\u202e让")
    assert re.search(r"U\+202E", str(refused.value.violations[0].message))


def test_only_an_announced_statement_can_be_withdrawn(cast):
    with pytest.raises(IllegalStep):
        ask_to_withdraw(cast, cast.statement_in("approved"))


def test_a_request_taken_back_makes_room_for_another(cast):
    statement = cast.statement_in("announced")
    ending = ask_to_withdraw(cast, statement)
    with pytest.raises(Statement.DoesNotExist):
        take_back(ending=ending, by=cast.rival.actor, at=NOW)
    assert take_back(ending=ending, by=cast.patentee.actor, at=NOW).status == "canceled"
    assert ask_to_withdraw(cast, statement).status == "requested"
