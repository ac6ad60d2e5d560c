"""Drafts: begun once, saved by their filer alone, kept when discarded."""

import pytest

from accounts.models import Organisation
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.consenting import ask_consents
from registry.actions.correcting import cancel, correct
from registry.actions.drafting import add_paper, begin_draft, discard, remove_paper, save_draft
from registry.actions.submitting import submit
from registry.enums import PaperKind
from registry.models import Statement
from registry.queries.statements import shown_statements_of
from tests.cast import NOW, TODAY
from tests.factories.patents import PatentFactory


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


def test_a_sent_statement_cannot_be_saved_or_sent_again(cast):
    statement = cast.statement_in("submitted")
    with pytest.raises(IllegalStep):
        save_draft(statement=statement, entries={"fixed_amount": "1"}, by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        submit(statement=statement, by=cast.patentee.actor, at=NOW)


def test_a_discarded_draft_is_kept_and_gone_from_the_list(cast):
    statement = cast.draft()
    assert discard(statement=statement, by=cast.patentee.actor, at=NOW).status == "discarded"
    assert list(shown_statements_of(cast.patentee.actor, on=TODAY)) == []
    with pytest.raises(IllegalStep):
        discard(statement=statement, by=cast.patentee.actor, at=NOW)


def test_a_paper_of_a_sent_statement_stays(cast, clean_pdf):
    statement = cast.draft()
    paper = add_paper(statement=statement, kind=PaperKind.OTHER, file=clean_pdf, by=cast.patentee.actor, at=NOW)
    submit(statement=statement, by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep):
        remove_paper(paper=paper, by=cast.patentee.actor, at=NOW)
    assert statement.papers.count() == 1


def test_instalments_that_add_up_to_more_than_the_register_holds_stay_as_typed(cast):
    """Each instalment fits its column, their sum does not: nothing typed is lost, nothing overflows."""
    rows = [{"due_months": str(months), "amount": "999999999999.99"} for months in (0, 12)]
    statement = cast.draft(fee_mode="instalments", instalments=rows)
    statement.refresh_from_db()
    assert (statement.instalments, statement.fixed_amount) == ([], None)
    assert statement.typed["instalments"] == rows
