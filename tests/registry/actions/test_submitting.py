"""Submission: every rule once more, a number without gaps, the hash, the notice."""

from datetime import timedelta
from functools import partial

import pytest

from accounts.actions.mandates import revoke_mandate
from accounts.models import InboxMessage, Mandate
from core.audit import history
from core.lifecycle import WrongRole
from core.rules import Refused
from registry.actions.answering import ask_pledgees
from registry.actions.correcting import cancel, correct
from registry.actions.drafting import discard
from registry.actions.ending_requests import add_withdrawal_consent, request_withdrawal, take_back
from registry.actions.extending import extend_correction
from registry.actions.submitting import submit
from registry.enums import AnnuityState
from registry.models import Ending, Patent, Patentee, Statement
from registry.queries.content import content_hash
from tests.cast import NOW
from tests.factories.patents import EncumbranceFactory
from tests.factories.people import MandateFactory


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def test_submission_numbers_without_gaps_hashes_audits_and_tells(cast):
    numbers = []
    for statement in (cast.draft(), cast.draft(signed_name=""), cast.draft()):
        try:
            numbers.append(submit(statement=statement, by=cast.patentee.actor, at=NOW).number)
        except Refused:
            numbers.append("")
    assert numbers == ["OL2026000001", "", "OL2026000002"]
    sent = Statement.objects.get(number=numbers[0])
    assert sent.content_hash == content_hash(sent)
    assert [event.event for event in history(sent)] == ["begin", "submit", "serve_paper"]
    told = InboxMessage.objects.filter(organisation=cast.patentee.organisation, code="statement-submitted")
    assert told.count() == 2


def test_submission_names_every_bar_and_defect_at_once(cast):
    statement = cast.draft(explanation="", contact_name="", fixed_amount="20000000.01")
    EncumbranceFactory(patent=statement.patent)
    Patent.objects.filter(pk=statement.patent.pk).update(annuity_state=AnnuityState.LATE)
    statement.patent.refresh_from_db()
    with pytest.raises(Refused) as refused:
        submit(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["G1", "G3", "F2", "F7", "F8"]


def test_what_changed_in_the_register_since_the_draft_was_loaded_counts(cast):
    statement = cast.draft()
    Patent.objects.filter(pk=statement.patent.pk).update(annuity_state=AnnuityState.LATE)
    with pytest.raises(Refused) as refused:
        submit(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["G3"]


def test_one_statement_at_a_time_on_a_patent(cast):
    first = cast.statement_in("submitted")
    second = cast.draft(first.patent)
    with pytest.raises(Refused) as refused:
        submit(statement=second, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F12"]


def test_an_official_cannot_submit_even_with_the_object_in_hand(cast):
    statement = cast.draft()
    with pytest.raises((Statement.DoesNotExist, WrongRole)):
        submit(statement=statement, by=cast.examiner.actor, at=NOW)


def test_a_patentee_abroad_is_told_to_use_an_agency(cast):
    cast.patentee.patentee.residence = "XX"
    cast.patentee.patentee.save()
    with pytest.raises(Refused) as refused:
        submit(statement=cast.draft(), by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F6"]


def move_abroad(cast) -> None:
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")


def withdraw(*, statement, by, at):
    return request_withdrawal(
        statement=statement, grounds="专利将要转让。", unconditional=True, papers=(), by=by, at=at
    )


def extend(*, statement, by, at):
    return extend_correction(statement=statement, months=1, reasons="等待检索结果。", by=by, at=at)


ACTS = [
    pytest.param("draft", submit, id="submit"),
    pytest.param("correction", correct, id="correct"),
    pytest.param("correction", extend, id="extend"),
    pytest.param("submitted", cancel, id="cancel"),
    pytest.param("approved", cancel, id="cancel what is approved"),
    pytest.param("announced", withdraw, id="withdraw"),
]


@pytest.mark.parametrize(("status", "act"), ACTS)
def test_a_patentee_abroad_does_nothing_at_the_office_by_itself_and_its_agency_does(cast, status, act):
    statement = cast.statement_in(status, by=cast.agency)
    move_abroad(cast)
    with pytest.raises(Refused) as refused:
        act(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["P9"]
    before = statement.status
    done = act(statement=statement, by=cast.agency.actor, at=NOW)
    assert isinstance(done, Ending) or done.status != before or done.correction_extended_months == 1


@pytest.mark.parametrize(("status", "act"), ACTS)
def test_a_patentee_of_the_mainland_acts_beside_its_agency(cast, status, act):
    statement = cast.statement_in(status, by=cast.agency)
    act(statement=statement, by=cast.patentee.actor, at=NOW)


@pytest.mark.parametrize(("status", "act"), ACTS)
def test_an_agency_does_only_what_its_mandate_covers(cast, status, act):
    statement = cast.statement_in(status, by=cast.agency)
    revoke_mandate(Mandate.objects.get(), by=cast.patentee.actor, at=NOW)
    other = "statements" if act is withdraw else "withdrawals"
    MandateFactory(agency=cast.agency.organisation, principal=cast.patentee.organisation, acts=[other])
    with pytest.raises(Refused) as refused:
        act(statement=statement, by=cast.agency.actor, at=NOW)
    assert rules(refused)[0] == "P10"


def test_a_withdrawal_asked_for_by_an_agency_is_not_the_patentees_abroad_to_complete_or_take_back(cast, clean_pdf):
    ending = withdraw(statement=cast.statement_in("announced", by=cast.agency), by=cast.agency.actor, at=NOW)
    move_abroad(cast)
    for act in (partial(add_withdrawal_consent, file=clean_pdf), take_back):
        with pytest.raises(Refused) as refused:
            act(ending=ending, by=cast.patentee.actor, at=NOW)
        assert rules(refused) == ["P9"]
    assert take_back(ending=ending, by=cast.agency.actor, at=NOW).status == "canceled"


def test_what_never_reached_the_office_is_discarded_and_pledgees_are_asked_by_a_patentee_abroad_too(cast):
    draft, submitted = cast.draft(), cast.statement_in("submitted")
    move_abroad(cast)
    assert discard(statement=draft, by=cast.patentee.actor, at=NOW).status == "discarded"
    assert ask_pledgees(statement=submitted, by=cast.patentee.actor, at=NOW + timedelta(hours=1)) == []
