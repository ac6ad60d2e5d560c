"""What the database refuses of batches, their submissions and their rows, by raw SQL past every check of the program."""

from datetime import timedelta

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
SUBMISSION, END = "registry_batchsubmission", "registry_batchsubmissionend"
SAID = {"mode": BatchMode.GOOD, "undertakings": dict.fromkeys(UNDERTAKINGS, True), "signed_name": "Li"}


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
    submit_batch(batch=batch, **SAID, by=cast.patentee.actor, at=NOW)
    deliver()
    batch.refresh_from_db()
    return batch


def test_a_batch_is_submitted_under_a_signature(batch):
    said = refuse(f"UPDATE {BATCH} SET status = 'submitting' WHERE id = %s", batch.pk)
    assert "a batch is being submitted as long as its submission has no end" in said


def test_a_batch_is_submitted_until_its_submission_has_an_end(cast, batch):
    submit_batch(batch=batch, **SAID, by=cast.patentee.actor, at=NOW)
    for status in ("submitted", "checked"):
        said = refuse(f"UPDATE {BATCH} SET status = '{status}' WHERE id = %s", batch.pk)
        assert "a batch is being submitted as long as its submission has no end" in said
    sql = f"INSERT INTO {END} (id, submission_id, trouble, ended_at) VALUES (gen_random_uuid(), %s, '{{}}', %s)"
    assert "a submission ends after its start" in refuse(sql, batch.submissions.get().pk, NOW - timedelta(seconds=1))


@pytest.mark.parametrize(
    ("column", "value", "why"),
    [
        ("signed_name", "''", "batch_submission_is_signed"),
        ("mode", "'some'", "batch_submission_of_known_mode"),
        ("number", "0", "batch_submissions_start_with_one"),
        ("number", "1", "batch_submission_once"),
        ("undertakings", "undertakings - 'undertakes_keep_in_force'", "batch_submission_undertakes_all"),
        ("submitted_by_id", "NULL", "submitted_by_id"),
        ("submitted_at", "NULL", "submitted_at"),
    ],
)
def test_a_submission_says_who_signed_what(submitted, column, value, why):
    columns = {name: name for name in ("mode", "undertakings", "signed_name", "submitted_by_id", "submitted_at")}
    columns |= {"number": "2", column: value}
    sql = f"INSERT INTO {SUBMISSION} (id, batch_id, {', '.join(columns)}) SELECT gen_random_uuid(), batch_id, "
    assert why in refuse(f"{sql}{', '.join(columns.values())} FROM {SUBMISSION} WHERE batch_id = %s", submitted.pk)


@pytest.mark.parametrize("table", ["registry_batchsubmission", "registry_batchsubmissionend"])
def test_a_submission_and_its_end_are_never_changed(submitted, table):
    assert "Cannot update or delete rows" in refuse(f"UPDATE {table} SET id = gen_random_uuid()")
    assert "Cannot update or delete rows" in refuse(f"DELETE FROM {table}")
    assert "kept for ever" in refuse(f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE")


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
        f"INSERT INTO {ROW} (id, batch_id, number, cells, unreadable, outcome, findings, rules)"
        " VALUES (gen_random_uuid(), %s, 2, '{}', '[]', 'good', '[]', '[]')"
    )
    assert "batch_row_once" in refuse(sql, first.batch_id)


def test_a_row_has_an_outcome_that_is_known(batch):
    assert "batch_row_of_known_outcome" in refuse(f"UPDATE {ROW} SET outcome = 'lost' WHERE batch_id = %s", batch.pk)


def test_a_row_stands_for_a_statement_exactly_where_it_is_done(submitted):
    said = refuse(f"UPDATE {ROW} SET outcome = 'good' WHERE batch_id = %s", submitted.pk)
    assert "batch_row_done_has_statement" in said


def test_a_row_goes_out_under_a_submission_of_its_own_batch_and_what_went_before_under_none(cast, submitted):
    second = checked(cast.patentee, [row(one.patent.number) for one in submitted.rows.all()], replaces=submitted)
    assert {one.outcome for one in second.rows.all()} == {"before"}
    other = submitted.submissions.get().pk
    said = refuse(f"UPDATE {ROW} SET submission_id = %s WHERE batch_id = %s", other, second.pk)
    assert "Cannot update rows" in said
    said = refuse(f"UPDATE {ROW} SET outcome = 'before' WHERE batch_id = %s", submitted.pk)
    assert "batch_row_sent_under_a_submission" in said
    third = checked(cast.patentee, [row(cast.patent().number)])
    said = refuse(f"UPDATE {ROW} SET submission_id = %s WHERE batch_id = %s", other, third.pk)
    assert "a row goes out under a submission of its own batch" in said


def test_a_row_is_done_once_and_a_statement_comes_of_one_row(cast, submitted):
    other = cast.draft()
    said = refuse(f"UPDATE {ROW} SET statement_id = %s WHERE batch_id = %s AND number = 2", other.pk, submitted.pk)
    assert "Cannot update rows" in said
    assert "Cannot update rows" in refuse(f"UPDATE {ROW} SET submission_id = NULL WHERE batch_id = %s", submitted.pk)
    rows = checked(cast.patentee, [row(cast.patent().number), row(cast.patent().number)])
    sql = f"UPDATE {ROW} SET outcome = 'before', statement_id = %s WHERE batch_id = %s"
    assert "batch_statement_once" in refuse(sql, Statement.objects.get(pk=other.pk).pk, rows.pk)


def test_a_version_is_corrected_once(cast, batch):
    checked(cast.patentee, [row(cast.patent().number)], replaces=batch)
    other = checked(cast.patentee, [row(cast.patent().number)])
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {BATCH} WHERE replaces_id = %s", [batch.pk])
        assert cursor.fetchone() == (1,)
    sql = (
        f"INSERT INTO {BATCH} (id, organisation_id, status, file_id, replaces_id, uploaded_by_id, uploaded_at, columns,"
        " ignored, row_count, trouble, check_round)"
        " SELECT gen_random_uuid(), organisation_id, 'checking',"
        f" file_id, %s, uploaded_by_id, uploaded_at, '{{}}', '[]', 0, '{{}}', 1 FROM {BATCH} WHERE id = %s"
    )
    assert "replaces_id" in refuse(sql, batch.pk, other.pk)


def test_a_batch_begins_at_its_beginning(batch):
    sql = (
        f"INSERT INTO {BATCH} (id, organisation_id, status, file_id, uploaded_by_id, uploaded_at, columns, ignored,"
        " row_count, trouble, check_round)"
        " SELECT gen_random_uuid(), organisation_id, 'checked', file_id,"
        f" uploaded_by_id, uploaded_at, '{{}}', '[]', 0, '{{}}', 1 FROM {BATCH} WHERE id = %s"
    )
    assert "Cannot insert rows" in refuse(sql, batch.pk)
