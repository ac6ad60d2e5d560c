"""Changes of agency, met by raw SQL."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from accounts.enums import OrganisationKind
from accounts.models import Mandate
from registry.actions.representing import name_agency
from registry.models import AgencyChange, Patentee, Statement
from tests.cast import NOW
from tests.database import refusal_of
from tests.factories.people import MandateFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LAWFUL = "an agency is named under a mandate in force, or none by a patentee of the mainland"
NAMED = "the agency of a statement is the one that its patentee has named"


@pytest.fixture
def other(cast):
    person = cast.member("Harbor Patent Agency", OrganisationKind.AGENCY)
    MandateFactory(agency=person.organisation, principal=cast.patentee.organisation)
    return person


def insert(cast, statement, before, after, at=NOW) -> None:
    with transaction.atomic():
        AgencyChange.objects.create(
            statement=statement,
            before=before and before.organisation,
            after=after and after.organisation,
            named_by=cast.patentee.user,
            named_at=at,
        )


def update(statement, **columns) -> None:
    with connection.cursor() as cursor:
        for column, value in columns.items():
            cursor.execute(f"UPDATE registry_statement SET {column} = %s WHERE id = %s", [value, statement.pk])


def test_an_agency_is_named_only_under_a_mandate_in_force_on_that_day(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    Mandate.objects.filter(agency=other.organisation).update(revoked_at=NOW)
    parties = {"agency": other.organisation, "principal": cast.patentee.organisation}
    for without in ({"acts": ["licenses"]}, {"since_on": NOW.date() + timedelta(days=1)}):
        MandateFactory(**parties, **without)
        assert LAWFUL in refusal_of(lambda: insert(cast, statement, cast.agency, other))
    insert(cast, statement, cast.agency, other, at=NOW + timedelta(days=1))


def test_nobody_is_named_by_a_patentee_abroad(cast):
    statement = cast.statement_in("submitted", by=cast.agency)
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="HK")
    assert LAWFUL in refusal_of(lambda: insert(cast, statement, cast.agency, None))
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="CN")
    insert(cast, statement, cast.agency, None)


def test_a_change_starts_from_whoever_acts_on_a_statement_that_goes_on(cast, other):
    statement = cast.statement_in("submitted")
    assert LAWFUL in refusal_of(lambda: insert(cast, statement, cast.agency, other))
    insert(cast, statement, None, other)
    for status in ("draft", "canceled"):
        statement = cast.statement_in(status)
        assert LAWFUL in refusal_of(lambda: insert(cast, statement, None, other))  # noqa: B023


def test_a_change_changes_something(cast):
    statement = cast.statement_in("submitted", by=cast.agency)
    alone = cast.statement_in("submitted")
    assert "agency_change_changes_it" in refusal_of(lambda: insert(cast, statement, cast.agency, cast.agency))
    assert "agency_change_changes_it" in refusal_of(lambda: insert(cast, alone, None, None))


@pytest.mark.parametrize("status", ["submitted", "correction", "announced"])
def test_the_agency_of_what_was_sent_changes_only_as_it_was_named(cast, other, status):
    statement = cast.statement_in(status, by=cast.agency)
    assert NAMED in refusal_of(lambda: update(statement, agency_id=other.organisation.pk))
    insert(cast, statement, cast.agency, other)
    assert NAMED in refusal_of(lambda: update(statement, agency_id=None))
    update(statement, agency_id=other.organisation.pk)
    insert(cast, statement, other, cast.agency, at=NOW + timedelta(hours=1))
    assert NAMED in refusal_of(lambda: update(statement, agency_id=None))
    update(statement, agency_id=cast.agency.organisation.pk)


def test_the_agency_that_a_sent_text_names_never_changes(cast, other):
    statement = cast.statement_in("correction", by=cast.agency)
    name_agency(statement=statement, agency_id=other.organisation.pk, by=cast.patentee.actor, at=NOW)
    assert NAMED in refusal_of(lambda: update(statement, text_agency_id=other.organisation.pk))
    assert Statement.objects.get(pk=statement.pk).text_agency == cast.agency.organisation


def test_the_text_of_a_draft_names_the_agency_that_prepares_it(cast, other):
    draft = cast.draft(by=cast.agency)
    for wrong in (other.organisation.pk, None):
        assert "statement_draft_names_its_agency" in refusal_of(lambda: update(draft, text_agency_id=wrong))  # noqa: B023
    assert "statement_draft_names_its_agency" in refusal_of(
        lambda: update(cast.draft(), text_agency_id=cast.agency.organisation.pk)
    )


def test_nobody_of_an_agency_that_acted_before_examines(cast, other):
    statement = cast.statement_in("submitted", by=cast.agency)
    name_agency(statement=statement, agency_id=other.organisation.pk, by=cast.patentee.actor, at=NOW)
    MembershipFactory(organisation=cast.agency.organisation, user=cast.examiner.user)
    assert "nobody decides on a statement of their own organisation" in refusal_of(
        lambda: update(statement, examiner_id=cast.examiner.user.pk)
    )
