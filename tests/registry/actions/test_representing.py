"""The patentee names the agency that acts on its statement, or acts without one; what was done and consented to stands."""

from datetime import timedelta

import pytest

from accounts.actions.mandates import revoke_mandate
from accounts.enums import OrganisationKind
from accounts.models import InboxMessage, Mandate
from core import audit
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.answering import consent_to_withdrawal
from registry.actions.conduct import belongs
from registry.actions.consenting import give_consent
from registry.actions.correcting import cancel, correct
from registry.actions.ending_requests import request_withdrawal
from registry.actions.examining import pull_next
from registry.actions.representing import name_agency
from registry.models import AgencyChange, Patentee, Statement
from registry.queries.acting import unattended
from registry.queries.content import content_hash
from registry.queries.statements import statements_of, violations_of
from registry.rules import blocking
from tests.cast import NOW, TODAY
from tests.factories.people import MandateFactory, MembershipFactory
from tests.factories.statements import ISSUE_DAY, publish

LATER = NOW + timedelta(hours=1)


def rules(refused) -> list[str]:
    return [item.rule for item in refused.value.violations]


@pytest.fixture
def other(cast):
    """Another agency, with a mandate of the university."""
    person = cast.member("Harbor Patent Agency", OrganisationKind.AGENCY)
    MandateFactory(agency=person.organisation, principal=cast.patentee.organisation)
    return person


def name(cast, statement, whom, *, by=None, at=LATER):
    agency_id = whom.organisation.pk if whom else None
    return name_agency(statement=statement, agency_id=agency_id, by=(by or cast.patentee).actor, at=at)


def reads(person, statement) -> bool:
    return statements_of(person.actor, on=TODAY).filter(pk=statement.pk).exists()


def move_abroad(cast) -> None:
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")


def test_the_agency_named_acts_and_the_one_before_is_a_stranger_at_once(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    assert name(cast, statement, other).agency == other.organisation
    assert (reads(other, statement), reads(cast.agency, statement), reads(cast.patentee, statement)) == (
        True,
        False,
        True,
    )
    with pytest.raises(Statement.DoesNotExist):
        cancel(statement=statement, by=cast.agency.actor, at=LATER)
    assert cancel(statement=statement, by=other.actor, at=LATER).status == "canceled"


def test_the_change_is_kept_audited_with_its_articles_and_told_to_both(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    name(cast, statement, other)
    change = AgencyChange.objects.get()
    assert (change.statement, change.before, change.after, change.named_by, change.named_at) == (
        statement,
        cast.agency.organisation,
        other.organisation,
        cast.patentee.user,
        LATER,
    )
    event = audit.history(statement).last()
    assert (event.event, event.at, event.organisation_id) == ("name_agency", LATER, cast.patentee.organisation.pk)
    assert "LAW 18" in event.basis
    assert event.data == {"before": str(cast.agency.organisation.pk), "after": str(other.organisation.pk)}
    told = InboxMessage.objects.filter(code__startswith="statement-agency_").order_by("code")
    assert [(one.code, one.organisation) for one in told] == [
        ("statement-agency_named", other.organisation),
        ("statement-agency_replaced", cast.agency.organisation),
    ]


@pytest.mark.parametrize("status", ["submitted", "examining", "passed", "approved", "announced"])
def test_text_consents_and_receipt_are_not_touched(cast, other, status):
    statement = cast.statement_in(status, cast.co_owned_patent(), by=cast.agency)
    before = (statement.content_hash, content_hash(statement))
    changed = name(cast, statement, other)
    assert (changed.content_hash, content_hash(changed)) == before
    assert blocking(violations_of(changed, on=TODAY)) == []


def test_a_correction_of_the_agency_named_needs_no_consent_to_an_unchanged_text(cast, other):
    statement = cast.statement_in("correction", cast.co_owned_patent(), by=cast.agency)
    revoke_mandate(Mandate.objects.get(agency=cast.agency.organisation), by=cast.patentee.actor, at=NOW)
    name(cast, statement, other)
    assert correct(statement=statement, by=other.actor, at=LATER).status == "examining"


def test_an_agency_that_corrects_what_the_patentee_sent_itself_brings_its_consent(cast, other):
    statement = cast.statement_in("correction")
    name(cast, statement, other)
    with pytest.raises(Refused) as refused:
        correct(statement=statement, by=other.actor, at=LATER)
    assert rules(refused) == ["F6"]
    Statement.objects.filter(pk=statement.pk).update(consents_asked_at=LATER)
    give_consent(statement=statement, read_hash=content_hash(statement), by=cast.patentee.actor, at=LATER)
    assert correct(statement=statement, by=other.actor, at=LATER).status == "examining"


@pytest.mark.parametrize("sent_by", ["agency", "patentee"])
def test_what_was_approved_is_announced_after_a_change(cast, other, sent_by):
    statement = cast.statement_in("approved", by=getattr(cast, sent_by))
    name(cast, statement, other)
    publish()
    statement.refresh_from_db()
    assert (statement.status, statement.agency) == ("announced", other.organisation)


def test_a_patentee_of_the_mainland_acts_without_an_agency(cast):
    statement = cast.statement_in("announced", by=cast.agency)
    assert name(cast, statement, None).agency is None
    assert not reads(cast.agency, statement)
    said = {"grounds": "专利将要转让。", "unconditional": True, "papers": ()}
    assert request_withdrawal(statement=statement, **said, by=cast.patentee.actor, at=LATER).status == "requested"


def test_a_patentee_that_moved_abroad_is_not_stuck(cast, other):
    statement = cast.statement_in("correction")
    move_abroad(cast)
    with pytest.raises(Refused):
        correct(statement=statement, by=cast.patentee.actor, at=NOW)
    assert list(unattended(cast.patentee.actor, on=TODAY)) == [statement]
    name(cast, statement, other)
    assert list(unattended(cast.patentee.actor, on=TODAY)) == []
    assert cancel(statement=statement, by=other.actor, at=LATER).status == "canceled"


def test_a_patentee_abroad_replaces_its_agency_by_another_and_never_by_none(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    move_abroad(cast)
    with pytest.raises(Refused) as refused:
        name(cast, statement, None)
    assert rules(refused) == ["P12"]
    assert name(cast, statement, other).agency == other.organisation


@pytest.mark.parametrize(
    "without",
    [
        {"since_on": TODAY + timedelta(days=1)},
        {"until_on": TODAY - timedelta(days=1)},
        {"acts": ["withdrawals"]},
        {"acts": ["statements"], "patent_numbers": ["202110000099.X"]},
    ],
    ids="-".join,
)
def test_only_an_agency_with_a_mandate_for_the_patent_in_force_is_named(cast, without):
    statement = cast.statement_in("submitted")
    agency = cast.member("Harbor Patent Agency", OrganisationKind.AGENCY)
    MandateFactory(agency=agency.organisation, principal=cast.patentee.organisation, **without)
    with pytest.raises(Refused) as refused:
        name(cast, statement, agency)
    assert rules(refused) == ["P11"]


def test_naming_whoever_acts_already_changes_nothing(cast):
    for by, whom in ((cast.agency, cast.agency), (cast.patentee, None)):
        with pytest.raises(Refused) as refused:
            name(cast, cast.statement_in("submitted", by=by), whom)
        assert rules(refused) == ["P13"]
    assert AgencyChange.objects.count() == 0


@pytest.mark.parametrize("who", ["agency", "co_owner", "rival"])
def test_only_the_patentee_who_filed_names_an_agency(cast, other, who):
    statement = cast.statement_in("submitted", cast.co_owned_patent(), by=cast.agency)
    with pytest.raises(Statement.DoesNotExist):
        name(cast, statement, other, by=getattr(cast, who))


@pytest.mark.parametrize("status", ["draft", "canceled", "withdrawn", "refused"])
def test_of_a_draft_and_of_what_is_over_nothing_is_named(cast, other, status):
    with pytest.raises(IllegalStep):
        name(cast, cast.statement_in(status), other)


def test_people_of_an_agency_that_acted_before_do_not_decide(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    MembershipFactory(organisation=cast.agency.organisation, user=cast.examiner.user)
    name(cast, statement, other)
    statement.refresh_from_db()
    assert belongs(cast.examiner.user.pk, statement)
    assert pull_next(by=cast.examiner.actor, at=LATER) is None
    assert pull_next(by=cast.other_examiner.actor, at=LATER) == statement


def test_a_withdrawal_that_waited_for_the_filer_alone_goes_on_when_no_agency_acts(cast):
    statement = cast.statement_in("announced", cast.co_owned_patent(), by=cast.agency)
    said = {"grounds": "专利将要转让。", "unconditional": True, "papers": ()}
    ending = request_withdrawal(statement=statement, **said, by=cast.agency.actor, at=ISSUE_DAY)
    consent_to_withdrawal(ending=ending, read_hash=ending.content_hash, by=cast.co_owner.actor, at=ISSUE_DAY)
    ending.refresh_from_db()
    assert ending.status == "prepared"
    name(cast, statement, None, at=ISSUE_DAY)
    ending.refresh_from_db()
    assert ending.status == "requested"


def test_the_workbench_knows_the_statements_on_which_nobody_acts(cast, other):
    ended, kept = cast.statement_in("submitted", by=cast.agency), cast.statement_in("submitted", by=other)
    own, over = cast.statement_in("submitted"), cast.statement_in("canceled", by=cast.agency)
    assert list(unattended(cast.patentee.actor, on=TODAY)) == []
    revoke_mandate(Mandate.objects.get(agency=cast.agency.organisation), by=cast.patentee.actor, at=NOW)
    assert list(unattended(cast.patentee.actor, on=TODAY)) == [ended]
    assert {kept, own, over, ended} == set(statements_of(cast.patentee.actor, on=TODAY))
    assert list(unattended(cast.agency.actor, on=TODAY)) == []
    renewed = {"agency": cast.agency.organisation, "principal": cast.patentee.organisation}
    MandateFactory(**renewed, acts=["statements"], patent_numbers=["202110000099.X"])
    assert list(unattended(cast.patentee.actor, on=TODAY)) == [ended]
    MandateFactory(**renewed, acts=["statements"], patent_numbers=[ended.patent.number])
    assert list(unattended(cast.patentee.actor, on=TODAY)) == []
