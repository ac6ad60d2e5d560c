"""What the table of filings decided on annulled events refuses, by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from licensing.models import FilingAftermath
from registry.models import RegisterEvent
from tests.cast import NOW
from tests.licensing.actions.test_aftermath import take_in

pytestmark = pytest.mark.django_db


def refused(sql, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.fixture
def item(scene):
    filing = scene.filing()
    take_in(filing, "annuity_late")
    take_in(filing, "pledge", ref="A1", pledgee="Bank")
    wrong, other = RegisterEvent.objects.get(reference="wrong"), RegisterEvent.objects.get(reference="A1")
    return FilingAftermath.objects.create(filing=filing, event=wrong, annulment=other, kind="refused", found_at=NOW)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Cannot update", "kind = 'revoked'"),
        ("Cannot update", "annulment_id = event_id"),
        ("Cannot update", "filing_id = event_id"),
        ("Cannot update", "found_at = now()"),
        ("filingaftermath_settled_with_note", "settled_at = now()"),
        ("filingaftermath_settled_with_note", "note = 'Done.'"),
    ],
)
def test_it_is_kept_as_found(item, name, change):
    refused(f"UPDATE licensing_filingaftermath SET {change}", match=name)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("filingaftermath_once", "event_id, filing_id, annulment_id, kind, found_at, note"),
        ("filingaftermath_of_another_event", "event_id, filing_id, event_id, kind, found_at, note"),
        ("filingaftermath_of_known_kind", "annulment_id, filing_id, event_id, 'lost', found_at, note"),
    ],
)
def test_it_is_well_formed(item, name, columns):
    refused(
        "INSERT INTO licensing_filingaftermath (id, event_id, filing_id, annulment_id, kind, found_at, note)"
        f" SELECT gen_random_uuid(), {columns} FROM licensing_filingaftermath",
        match=name,
    )


def test_it_is_settled_once_and_never_deleted(cast, item):
    refused("DELETE FROM licensing_filingaftermath", match="Cannot delete")
    FilingAftermath.objects.update(settled_at=NOW, settled_by=cast.examiner.user, note="Filed again.")
    refused("UPDATE licensing_filingaftermath SET note = 'Something else.'", match="Cannot update")
