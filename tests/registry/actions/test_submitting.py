"""Submission: every rule once more, a number without gaps, the hash, the notice."""

import pytest

from accounts.models import InboxMessage
from core.audit import history
from core.lifecycle import WrongRole
from core.rules import Refused
from registry.actions.submitting import submit
from registry.enums import AnnuityState
from registry.models import Patent, Statement
from registry.queries.content import content_hash
from tests.cast import NOW
from tests.factories.patents import EncumbranceFactory


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
