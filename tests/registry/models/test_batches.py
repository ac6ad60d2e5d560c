"""What the database itself refuses of batches and their rows, by raw SQL past every check of the program."""

import pytest
from django.db import DatabaseError, connection, transaction

from registry.actions.batch_submitting import submit_batch
from registry.enums import BatchMode
from registry.facts import UNDERTAKINGS
from registry.models import Statement
from tests.cast import NOW
from tests.factories.spreadsheets import checked, deliver, row

pytestmark = pytest.mark.django_db
BATCH, ROW = "registry_statementbatch", "registry_batchrow"


def refuse(sql, *values):
    """Return what the database says when it refuses."""
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(refused.value)


@pytest.fixture
def batch(cast):
    return checked(cast.patentee, [row(cast.patent().number), row(cast.patent().number)])


@pytest.fixture
def submitted(cast, batch):
    undertakings = dict.fromkeys(UNDERTAKINGS, True)
    submit_batch(
        batch=batch, mode=BatchMode.GOOD, undertakings=undertakings, signed_name="Li", by=cast.patentee.actor, at=NOW
    )
    deliver()
    batch.refresh_from_db()
    return batch


def test_a_batch_is_submitted_under_a_signature(batch, submitted):
    for column, nothing in (
        ("signed_name", "''"),
        ("mode", "''"),
        ("submitted_by_id", "NULL"),
        ("submitted_at", "NULL"),
    ):
        said = refuse(f"UPDATE {BATCH} SET {column} = {nothing} WHERE id = %s", submitted.pk)
        assert "batch_submitted_is_signed" in said or "batch_ends_after_start" in said


def test_a_batch_ends_after_it_was_submitted(submitted):
    said = refuse(f"UPDATE {BATCH} SET finished_at = submitted_at - interval '1 second' WHERE id = %s", submitted.pk)
    assert "batch_ends_after_start" in said


def test_batches_and_rows_are_kept(batch):
    assert "Cannot delete rows" in refuse(f"DELETE FROM {BATCH} WHERE id = %s", batch.pk)
    assert "Cannot delete rows" in refuse(f"DELETE FROM {ROW} WHERE batch_id = %s", batch.pk)


def test_what_was_uploaded_and_read_is_never_changed(cast, batch):
    other = cast.co_owner.organisation.pk
    assert "Cannot update rows" in refuse(f"UPDATE {BATCH} SET organisation_id = %s WHERE id = %s", other, batch.pk)
    assert "Cannot update rows" in refuse(f"UPDATE {ROW} SET cells = '{{}}' WHERE batch_id = %s", batch.pk)
    assert "Cannot update rows" in refuse(f"UPDATE {ROW} SET number = 99 WHERE batch_id = %s AND number = 2", batch.pk)


def test_a_row_stands_once_in_its_batch(batch):
    first = batch.rows.get(number=2)
    sql = (
        f"INSERT INTO {ROW} (id, batch_id, number, cells, unreadable, outcome, findings, rules, signed_name)"
        " VALUES (gen_random_uuid(), %s, 2, '{}', '[]', 'good', '[]', '[]', '')"
    )
    assert "batch_row_once" in refuse(sql, first.batch_id)


def test_a_row_has_an_outcome_that_is_known(batch):
    assert "batch_row_of_known_outcome" in refuse(f"UPDATE {ROW} SET outcome = 'lost' WHERE batch_id = %s", batch.pk)


def test_a_row_stands_for_a_statement_exactly_where_it_is_done(submitted):
    said = refuse(f"UPDATE {ROW} SET outcome = 'good' WHERE batch_id = %s", submitted.pk)
    assert "batch_row_done_has_statement" in said


def test_a_row_is_done_once_and_a_statement_comes_of_one_row(cast, submitted):
    other = cast.draft()
    said = refuse(f"UPDATE {ROW} SET statement_id = %s WHERE batch_id = %s AND number = 2", other.pk, submitted.pk)
    assert "Cannot update rows" in said
    for signature in ("signed_name = 'Wang Fang'", "sent_by_id = NULL"):
        assert "Cannot update rows" in refuse(f"UPDATE {ROW} SET {signature} WHERE batch_id = %s", submitted.pk)
    rows = checked(cast.patentee, [row(cast.patent().number), row(cast.patent().number)])
    sql = f"UPDATE {ROW} SET outcome = 'drafted', statement_id = %s WHERE batch_id = %s"
    assert "batch_statement_once" in refuse(sql, Statement.objects.get(pk=other.pk).pk, rows.pk)


def test_a_version_is_corrected_once(cast, batch):
    checked(cast.patentee, [row(cast.patent().number)], replaces=batch)
    other = checked(cast.patentee, [row(cast.patent().number)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {BATCH} WHERE replaces_id = %s", [batch.pk])
        assert cursor.fetchone() == (1,)
    sql = (
        f"INSERT INTO {BATCH} (id, organisation_id, status, file_id, replaces_id, uploaded_by_id, uploaded_at, columns,"
        " ignored, row_count, trouble, attempt, mode, signed_name, check_round)"
        " SELECT gen_random_uuid(), organisation_id, 'checking',"
        f" file_id, %s, uploaded_by_id, uploaded_at, '{{}}', '[]', 0, '{{}}', 0, '', '', 1 FROM {BATCH} WHERE id = %s"
    )
    assert "replaces_id" in refuse(sql, batch.pk, other.pk)


def test_a_batch_begins_at_its_beginning(batch):
    sql = (
        f"INSERT INTO {BATCH} (id, organisation_id, status, file_id, uploaded_by_id, uploaded_at, columns, ignored,"
        " row_count, trouble, attempt, mode, signed_name, check_round)"
        " SELECT gen_random_uuid(), organisation_id, 'checked', file_id,"
        f" uploaded_by_id, uploaded_at, '{{}}', '[]', 0, '{{}}', 0, '', '', 1 FROM {BATCH} WHERE id = %s"
    )
    assert "Cannot insert rows" in refuse(sql, batch.pk)
