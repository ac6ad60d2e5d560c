"""What a mandate lets an agency do: which acts, on which patents, from when until when, until it is revoked."""

from datetime import date, timedelta

import pytest

from accounts.actions.mandates import grant_mandate, revoke_mandate
from accounts.enums import MandateAct, OrganisationKind
from accounts.models import Organisation
from accounts.queries import may_act_for
from core import audit
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from registry.actions.correcting import cancel
from registry.actions.drafting import begin_draft
from registry.actions.ending_requests import request_withdrawal
from registry.actions.publishing import publish_issue
from registry.actions.submitting import submit
from registry.models import Statement
from registry.queries.statements import patents_to_file, statements_of
from tests.cast import NOW, TODAY

STATEMENTS, WITHDRAWALS, LICENSES, MEDIATION = MandateAct


def grant(cast, agency, **said):
    given = {"scope": "开放许可", "since_on": TODAY, "until_on": None, **said}
    return grant_mandate(agency=agency.organisation, by=cast.patentee.actor, at=NOW, **given)


@pytest.fixture
def agency(cast):
    return cast.member("New Agency", OrganisationKind.AGENCY)


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


@pytest.mark.parametrize("act", list(MandateAct))
def test_a_mandate_covers_the_acts_it_names(cast, agency, act):
    grant(cast, agency, acts=[act])
    principal = cast.patentee.organisation.pk
    covered = [item for item in MandateAct if may_act_for(agency.actor, principal, on=TODAY, act=item)]
    assert covered == [act]


def test_it_holds_from_its_first_to_its_last_day(cast, agency):
    grant(cast, agency, until_on=TODAY + timedelta(days=10))
    principal = cast.patentee.organisation.pk
    days = [TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=10), TODAY + timedelta(days=11)]
    assert [may_act_for(agency.actor, principal, on=day) for day in days] == [False, True, True, False]


def test_on_other_patents_than_those_named_the_agency_does_nothing(cast, agency):
    mine, other = cast.patent(), cast.patent()
    grant(cast, agency, acts=[STATEMENTS], patent_numbers=[mine.number])
    filed_by = cast.patentee.organisation
    draft = begin_draft(patent=mine, filed_by=filed_by, by=agency.actor, at=NOW)
    with pytest.raises(Organisation.DoesNotExist):
        begin_draft(patent=other, filed_by=filed_by, by=agency.actor, at=NOW)
    assert list(patents_to_file(agency.actor, on=TODAY)) == [mine]
    assert list(statements_of(agency.actor, on=TODAY)) == [draft]


def test_an_act_after_the_end_or_revocation_is_refused(cast, agency):
    mandate = grant(cast, agency)
    draft = cast.draft(by=agency)
    cast.consent_of_all(draft)
    revoke_mandate(mandate, by=cast.patentee.actor, at=NOW)
    with pytest.raises(Statement.DoesNotExist):
        submit(statement=draft, by=agency.actor, at=NOW)
    assert list(statements_of(agency.actor, on=TODAY)) == []


def test_what_was_sent_under_a_mandate_is_announced_after_it_ended_and_its_agency_does_no_more(cast):
    approved = cast.statement_in("approved", by=cast.agency)
    revoke_mandate(cast.agency.organisation.mandates_held.get(), by=cast.patentee.actor, at=NOW)
    with pytest.raises(Statement.DoesNotExist):
        cancel(statement=approved, by=cast.agency.actor, at=NOW)
    assert publish_issue(by=Actor.system("bulletin"), at=NOW) is not None
    approved.refresh_from_db()
    assert (approved.status, approved.hold_reasons) == ("announced", [])


def test_a_mandate_for_statements_does_not_cover_their_withdrawal(cast, agency):
    grant(cast, agency, acts=[STATEMENTS])
    statement = cast.statement_in("announced", by=agency)
    said = {"statement": statement, "grounds": "拟转让", "unconditional": True, "papers": (), "by": agency.actor}
    with pytest.raises(Refused) as refused:
        request_withdrawal(**said, at=NOW)
    assert rules(refused) == ["P10"]
    grant(cast, agency, acts=[WITHDRAWALS], patent_numbers=[statement.patent.number])
    assert request_withdrawal(**said, at=NOW).status == "prepared"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"acts": []}, "P16"),
        ({"acts": [LICENSES], "patent_numbers": ["202410000001.X"]}, "P17"),
        ({"until_on": date(2026, 3, 1)}, "P15"),
    ],
)
def test_a_mandate_that_says_nothing_clear_is_refused(cast, agency, said, rule):
    with pytest.raises(Refused) as refused:
        grant(cast, agency, **said)
    assert rules(refused) == [rule]


def test_a_mandate_goes_from_a_verified_organisation_to_another_agency_that_is(cast, agency):
    with pytest.raises(WrongRole):
        grant_mandate(
            agency=agency.organisation, scope="x", since_on=TODAY, until_on=None, by=cast.examiner.actor, at=NOW
        )
    for other in (
        cast.rival,
        cast.member("Unchecked", OrganisationKind.AGENCY, verification="pending", verified_at=None),
    ):
        with pytest.raises(Refused) as refused:
            grant(cast, other)
        assert rules(refused) == ["P13"]
    with pytest.raises(Refused) as refused:
        grant_mandate(agency=agency.organisation, scope="x", since_on=TODAY, until_on=None, by=agency.actor, at=NOW)
    assert rules(refused) == ["P14"]


def test_principal_or_agency_ends_it_once_and_nobody_else(cast, agency):
    mandate = grant(cast, agency)
    with pytest.raises(WrongRole):
        revoke_mandate(mandate, by=cast.rival.actor, at=NOW)
    first = revoke_mandate(mandate, by=agency.actor, at=NOW).revoked_at
    assert revoke_mandate(mandate, by=cast.patentee.actor, at=NOW + timedelta(days=1)).revoked_at == first
    assert audit.history(mandate).filter(event="revoke mandate").count() == 1
