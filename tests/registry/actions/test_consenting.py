"""Consents of co-owners and of the principal: to exactly one text, by exactly the right people."""

from datetime import timedelta

import pytest

from core.rules import Refused
from registry.actions.consenting import ask_consents, attach_consent, give_consent
from registry.actions.drafting import save_draft
from registry.actions.submitting import submit
from registry.enums import ConsentMethod
from registry.models import Statement
from registry.queries.content import content_hash
from tests.cast import NOW
from tests.factories.patents import PatenteeFactory


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


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


@pytest.mark.parametrize(
    ("until", "newcomer", "rule"),
    [(NOW.date(), False, None), (NOW.date() - timedelta(days=1), False, "F5"), (None, True, "F5")],
)
def test_an_agreement_binds_those_who_made_it_until_its_last_day(cast, clean_pdf, until, newcomer, rule):
    statement = cast.draft(cast.co_owned_patent())
    attach_consent(
        statement=statement,
        patentee_id=cast.patentee.patentee.pk,
        method=ConsentMethod.AGREEMENT,
        file=clean_pdf,
        by=cast.patentee.actor,
        at=NOW,
        valid_until=until,
    )
    if newcomer:
        statement.patent.ownerships.create(patentee=PatenteeFactory(), position=3)
    if rule is None:
        assert submit(statement=statement, by=cast.patentee.actor, at=NOW).status == "submitted"
        return
    with pytest.raises(Refused) as refused:
        submit(statement=statement, by=cast.patentee.actor, at=NOW)
    assert rules(refused) == [rule]


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


def test_a_paper_is_a_document_or_an_agreement_and_binds_only_as_an_agreement(cast, clean_pdf):
    statement = cast.draft(cast.co_owned_patent())
    given = {"statement": statement, "file": clean_pdf, "by": cast.patentee.actor, "at": NOW}
    with pytest.raises(ValueError, match="on paper"):
        attach_consent(patentee_id=cast.co_owner.patentee.pk, method=ConsentMethod.ONLINE, **given)
    kept = attach_consent(
        patentee_id=cast.co_owner.patentee.pk, method=ConsentMethod.DOCUMENT, valid_until=NOW.date(), **given
    )
    assert (kept.binds, kept.valid_until) == ([], None)
