"""What the database refuses of consents: how long an agreement holds, and what a pledgee's consent is, by raw SQL."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from registry.models import OwnerConsent, PledgeeConsent, Statement
from tests.cast import NOW, TODAY
from tests.factories.files import StoredFileFactory
from tests.factories.patents import PatenteeFactory, PledgeFactory
from tests.registry.models.test_statement_constraints import SENT, change, kept, refused, run

pytestmark = pytest.mark.django_db
SEND = "status = 'submitted'"


def agreed(cast, *, until, binds=None):
    """A co-owned draft, complete and unsent, with an agreement that binds these holders, all by default."""
    statement = cast.draft(cast.co_owned_patent())
    Statement.objects.filter(pk=statement.pk).update(**SENT)
    holders = [cast.patentee.patentee, cast.co_owner.patentee] if binds is None else binds
    OwnerConsent.objects.create(
        statement=statement,
        patentee=cast.patentee.patentee,
        method="agreement",
        content_hash="b" * 64,
        binds=[str(holder.pk) for holder in holders],
        valid_until=until,
        paper=StoredFileFactory(),
        given_by=cast.patentee.user,
        given_at=NOW,
    )
    return statement


@pytest.mark.parametrize(("days", "lawful"), [(None, True), (1, True), (0, True), (-1, False)])
def test_an_agreement_holds_to_its_last_day_and_no_longer(cast, days, lawful):
    statement = agreed(cast, until=None if days is None else TODAY + timedelta(days=days))
    if lawful:
        kept(statement)
        run(change(statement, SEND))
        assert Statement.objects.get(pk=statement.pk).status == "submitted"
    else:
        refused(change(statement, SEND), "every patentee consents to exactly this text")


def test_an_agreement_binds_nobody_who_did_not_make_it(cast):
    statement = agreed(cast, until=None, binds=[cast.patentee.patentee, PatenteeFactory()])
    refused(change(statement, SEND), "every patentee consents to exactly this text")


@pytest.mark.parametrize(
    "values",
    [
        "'agreement', '[]', NULL",
        "'document', '[]', DATE '2027-01-01'",
        "'document', '[\"x\"]', NULL",
        "'online', '[]', DATE '2027-01-01'",
    ],
)
def test_only_an_agreement_binds_others_and_has_a_last_day(cast, values):
    agreed(cast, until=TODAY)
    refused(
        "INSERT INTO registry_ownerconsent (id, method, binds, valid_until, statement_id, patentee_id, content_hash,"
        " given_by_id, given_at, paper_id, content)"
        f" SELECT gen_random_uuid(), {values}, statement_id, patentee_id, repeat('c', 64), given_by_id, given_at,"
        " paper_id, content FROM registry_ownerconsent",
        "consent_agreement_binds_somebody",
    )


@pytest.mark.parametrize("column", ["valid_until = valid_until + 400", "binds = '[]'", "method = 'online'"])
def test_the_last_day_of_an_agreement_is_never_moved(cast, column):
    agreed(cast, until=TODAY)
    refused(f"UPDATE registry_ownerconsent SET {column}", "registry_ownerconsent")


@pytest.fixture
def consent(cast):
    statement = cast.draft()
    pledge = PledgeFactory(patent=statement.patent, pledgee="Harbor Bank")
    given = {"organisation": cast.rival.organisation, "given_by": cast.rival.user, "given_at": NOW}
    return PledgeeConsent.objects.create(statement=statement, pledge=pledge, content_hash="a" * 64, content={}, **given)


COLUMNS = "statement_id, pledge_id, organisation_id, content_hash, content, given_by_id, given_at"
INSERT = (
    f"INSERT INTO registry_pledgeeconsent (id, {COLUMNS}) SELECT gen_random_uuid(), {{}} FROM registry_pledgeeconsent"
)


@pytest.mark.parametrize(
    ("value", "in_place_of", "by"),
    [
        ("statement_id", "statement_id", "pledgee_consent_once"),
        ("'the text'", "content_hash", "pledgee_consent_to_exact_text"),
        ("repeat('A', 64)", "content_hash", "pledgee_consent_to_exact_text"),
        ("NULL", "pledge_id", "null value"),
        ("NULL", "organisation_id", "null value"),
        ("gen_random_uuid()", "pledge_id", "foreign key"),
    ],
)
def test_a_pledgee_consents_once_to_exactly_one_text(consent, value, in_place_of, by):
    statement = INSERT.format(COLUMNS.replace(in_place_of, value))
    with pytest.raises(DatabaseError, match=by), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_pledgee_consents_to_another_text_beside_it(consent):
    run(INSERT.format(COLUMNS.replace("content_hash", "repeat('b', 64)")))
    assert PledgeeConsent.objects.count() == 2


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_pledgeeconsent SET content_hash = repeat('c', 64)",
        "UPDATE registry_pledgeeconsent SET given_at = now()",
        "DELETE FROM registry_pledgeeconsent",
        "TRUNCATE registry_pledgeeconsent",
    ],
)
def test_a_pledgee_s_consent_is_kept_as_given(consent, sql):
    refused(sql, "registry_pledgeeconsent")


def test_the_pledge_that_was_consented_to_stays(consent):
    with pytest.raises(DatabaseError, match="foreign key"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM registry_pledge")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
