"""Drafting, submitting, correcting, canceling and asking to withdraw, as acts."""

import re
from datetime import timedelta

import pytest

from accounts.models import InboxMessage, Organisation
from core.audit import history
from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused
from core.validation.files import CleanFile, FileKind
from registry.actions.consenting import ask_consents, attach_consent, give_consent
from registry.actions.correcting import cancel, correct
from registry.actions.drafting import add_paper, begin_draft, discard, remove_paper, save_draft
from registry.actions.ending_requests import request_withdrawal, take_back
from registry.actions.submitting import submit
from registry.enums import AnnuityState, ConsentMethod, PaperKind
from registry.models import Patent, Statement
from registry.queries.content import content_hash
from registry.queries.statements import shown_statements_of
from tests.cast import NOW, TODAY
from tests.factories.patents import EncumbranceFactory, PatentFactory


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


def test_a_draft_takes_the_contact_from_the_organisation_and_is_begun_once(cast):
    patent, by = cast.patent(), cast.patentee
    first = begin_draft(patent=patent, filed_by=by.organisation, by=by.actor, at=NOW)
    again = begin_draft(patent=patent, filed_by=by.organisation, by=by.actor, at=NOW)
    assert (first.contact_name, first.contact_address) == ("Wang Fang", "1 Lake Road, Hangzhou")
    assert again == first


def test_nobody_drafts_for_an_organisation_they_do_not_act_for(cast):
    with pytest.raises(Organisation.DoesNotExist):
        begin_draft(patent=cast.patent(), filed_by=cast.patentee.organisation, by=cast.rival.actor, at=NOW)


def test_nobody_drafts_on_a_strangers_patent(cast):
    with pytest.raises(Refused) as refused:
        begin_draft(patent=PatentFactory(), filed_by=cast.rival.organisation, by=cast.rival.actor, at=NOW)
    assert rules(refused) == ["F11"]
    assert Statement.objects.count() == 0


def test_a_field_that_statements_do_not_have_is_an_error(cast):
    with pytest.raises(LookupError):
        save_draft(statement=cast.draft(), entries={"status": "announced"}, by=cast.patentee.actor, at=NOW)


def test_a_stranger_cannot_save_send_or_discard(cast):
    statement, stranger = cast.draft(), cast.rival.actor
    for act in (submit, discard, cancel, correct, ask_consents):
        with pytest.raises(Statement.DoesNotExist):
            act(statement=statement, by=stranger, at=NOW)
    with pytest.raises(Statement.DoesNotExist):
        save_draft(statement=statement, entries={"signed_name": "x"}, by=stranger, at=NOW)


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
    assert [event.event for event in history(sent)] == ["begin", "submit"]
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


def test_worked_example_8_two_co_owners(cast, clean_pdf):
    statement = cast.draft(cast.co_owned_patent())
    with pytest.raises(Refused) as refused:
        submit(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F5"]
    cast.consent_of_all(statement)
    assert submit(statement=statement, by=cast.patentee.actor, at=NOW).status == "submitted"
    other = cast.draft(cast.co_owned_patent())
    attach_consent(
        statement=other,
        patentee_id=cast.patentee.patentee.pk,
        method=ConsentMethod.AGREEMENT,
        file=clean_pdf,
        by=cast.patentee.actor,
        at=NOW,
    )
    assert submit(statement=other, by=cast.patentee.actor, at=NOW).status == "submitted"


def test_a_consent_falls_when_the_text_changes_and_stands_when_it_comes_back(cast):
    statement = cast.draft(cast.co_owned_patent())
    cast.consent_of_all(statement)
    save_draft(statement=statement, entries={"fixed_amount": "1"}, by=cast.patentee.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        submit(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F5"]
    save_draft(statement=statement, entries={"fixed_amount": "200000"}, by=cast.patentee.actor, at=NOW)
    assert submit(statement=statement, by=cast.patentee.actor, at=NOW).status == "submitted"


def test_the_filer_cannot_consent_in_the_co_owners_place(cast):
    statement = cast.draft(cast.co_owned_patent())
    ask_consents(statement=statement, by=cast.patentee.actor, at=NOW)
    for person in (cast.patentee, cast.rival, cast.agency):
        with pytest.raises(Statement.DoesNotExist):
            give_consent(statement=statement, read_hash=content_hash(statement), by=person.actor, at=NOW)


def test_a_consent_is_given_once(cast):
    statement = cast.draft(cast.co_owned_patent())
    cast.consent_of_all(statement)
    with pytest.raises(Refused) as refused:
        give_consent(statement=statement, read_hash=content_hash(statement), by=cast.co_owner.actor, at=NOW)
    assert rules(refused) == ["P2"]


def test_an_agency_needs_the_sole_patentees_consent_too(cast):
    statement = cast.draft(by=cast.agency)
    with pytest.raises(Refused) as refused:
        submit(statement=statement, by=cast.agency.actor, at=NOW)
    assert rules(refused) == ["F6"]
    cast.consent_of_all(statement)
    assert submit(statement=statement, by=cast.agency.actor, at=NOW).agency == cast.agency.organisation


def test_one_statement_at_a_time_on_a_patent(cast):
    first = cast.statement_in("submitted")
    second = cast.draft(first.patent)
    with pytest.raises(Refused) as refused:
        submit(statement=second, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F12"]


def test_a_sent_statement_cannot_be_saved_or_sent_again(cast):
    statement = cast.statement_in("submitted")
    with pytest.raises(IllegalStep):
        save_draft(statement=statement, entries={"fixed_amount": "1"}, by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        submit(statement=statement, by=cast.patentee.actor, at=NOW)


def test_a_correction_is_checked_hashed_anew_and_told_to_the_examiner(cast):
    statement = cast.statement_in("correction")
    before = statement.content_hash
    save_draft(statement=statement, entries={"contact_name": ""}, by=cast.patentee.actor, at=NOW)
    with pytest.raises(Refused) as refused:
        correct(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F2"]
    save_draft(statement=statement, entries={"contact_name": "Zhao Min"}, by=cast.patentee.actor, at=NOW)
    done = correct(statement=statement, by=cast.patentee.actor, at=NOW)
    assert (done.status, done.content_hash != before) == ("examining", True)
    assert InboxMessage.objects.get(user=cast.examiner.user).code == "statement-corrected"


def test_a_correction_is_in_time_on_its_last_day_and_late_on_the_next(cast):
    statement = cast.statement_in("correction")
    last = NOW + (statement.correction_due_on - NOW.date())
    with pytest.raises(Refused) as refused:
        correct(statement=statement, by=cast.patentee.actor, at=last + timedelta(days=1))
    assert rules(refused) == ["P3"]
    assert correct(statement=statement, by=cast.patentee.actor, at=last).status == "examining"


@pytest.mark.parametrize("status", ["draft", "announced", "refused", "lapsed", "expired"])
def test_what_is_not_under_way_cannot_be_canceled(cast, status):
    statement = cast.statement_in(status)
    with pytest.raises(IllegalStep):
        cancel(statement=statement, by=cast.patentee.actor, at=NOW)


@pytest.mark.parametrize("status", ["submitted", "examining", "correction", "passed", "approved", "held"])
def test_what_is_under_way_can_be_canceled_even_half_corrected(cast, status):
    statement = cast.statement_in(status)
    if status == "correction":
        save_draft(statement=statement, entries={"fee_mode": ""}, by=cast.patentee.actor, at=NOW)
    assert cancel(statement=statement, by=cast.patentee.actor, at=NOW).status == "canceled"


def test_a_discarded_draft_is_kept_and_gone_from_the_list(cast):
    statement = cast.draft()
    assert discard(statement=statement, by=cast.patentee.actor, at=NOW).status == "discarded"
    assert list(shown_statements_of(cast.patentee.actor, on=TODAY)) == []
    with pytest.raises(IllegalStep):
        discard(statement=statement, by=cast.patentee.actor, at=NOW)


def ask_to_withdraw(cast, statement, *, papers=(), grounds="专利将要转让。", unconditional=True):
    by = cast.filer_of(statement)
    return request_withdrawal(
        statement=statement, grounds=grounds, unconditional=unconditional, papers=papers, by=by, at=NOW
    )


def test_a_withdrawal_needs_ground_no_condition_and_all_owners_paper(cast, clean_pdf):
    statement = cast.statement_in("announced", cast.co_owned_patent())
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, grounds="  ", unconditional=False)
    assert rules(refused) == ["P4", "P5", "P6"]
    ending = ask_to_withdraw(cast, statement, papers=[("withdrawal_consent", clean_pdf)])
    assert (ending.status, ending.papers.get().kind) == ("requested", "withdrawal_consent")
    with pytest.raises(Refused) as refused:
        ask_to_withdraw(cast, statement, papers=[("withdrawal_consent", clean_pdf)])
    assert rules(refused) == ["P7"]


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


def test_an_official_cannot_submit_even_with_the_object_in_hand(cast):
    statement = cast.draft()
    with pytest.raises((Statement.DoesNotExist, WrongRole)):
        submit(statement=statement, by=cast.examiner.actor, at=NOW)


def test_a_paper_of_a_sent_statement_stays(cast, clean_pdf):
    statement = cast.draft()
    paper = add_paper(statement=statement, kind=PaperKind.OTHER, file=clean_pdf, by=cast.patentee.actor, at=NOW)
    submit(statement=statement, by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        remove_paper(paper=paper, by=cast.patentee.actor, at=NOW)
    assert statement.papers.count() == 1


def test_a_patentee_abroad_is_told_to_use_an_agency(cast):
    cast.patentee.patentee.residence = "XX"
    cast.patentee.patentee.save()
    with pytest.raises(Refused) as refused:
        submit(statement=cast.draft(), by=cast.patentee.actor, at=NOW)
    assert rules(refused) == ["F6"]


@pytest.fixture
def clean_pdf():
    return CleanFile(content=b"%PDF-1.7 signed", kind=FileKind.PDF, name="signed.pdf", sha256="d" * 64)
