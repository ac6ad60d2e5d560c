"""What every table promises of its rows, asked of a bare row by raw SQL: kept, unchanged, no number below zero, once.

All other constraints of the table are out of the way, so that the one that is asked answers.
"""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from tests.house import tree

pytestmark = pytest.mark.django_db
OURS = [model for app in tree.APPS for model in apps.get_app_config(app).get_models()]
UPDATE = 'UPDATE "{table}" SET {pk} = {pk}'
DELETE = 'DELETE FROM "{table}"'
TRUNCATE = 'TRUNCATE "{table}" CASCADE'


def promises():
    """Return each trigger that refuses an act whatever the row holds, with the act."""
    for model in OURS:
        for trigger in getattr(model._meta, "triggers", ()):
            if trigger.name.endswith("_append_only"):
                yield model, trigger.name, UPDATE
                yield model, trigger.name, DELETE
            elif trigger.name.endswith("_no_truncate"):
                yield model, trigger.name, TRUNCATE
            elif trigger.name.endswith("_kept") and trigger.condition is None and not trigger.func:
                yield model, trigger.name, DELETE


def value_of(field: models.Field) -> object:
    """Return a value that the column can hold."""
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(kind, models.UUIDField):
        return uuid.UUID(int=5)
    if isinstance(kind, models.DateTimeField):
        return datetime(2026, 3, 2, tzinfo=UTC)
    if isinstance(kind, models.DateField):
        return date(2026, 3, 2)
    return 5 if isinstance(kind, models.IntegerField) else "5"


def bare_row(cursor, model: type[models.Model], *, but_for: str = "", **columns: object) -> None:
    """Put a row with nothing but its key and ``columns`` into the table, past every other constraint and trigger."""
    table = model._meta.db_table
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
    for (name,) in cursor.fetchall():
        if name != but_for:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    keys = model._meta.pk_fields
    for field in model._meta.concrete_fields:
        if field not in keys and not field.null:
            cursor.execute(f'ALTER TABLE "{table}" ALTER COLUMN "{field.column}" DROP NOT NULL')
    given = {field.column: uuid.uuid4() if isinstance(field, models.UUIDField) else value_of(field) for field in keys}
    given |= columns
    cursor.execute("SET LOCAL session_replication_role = replica")
    names, places = ", ".join(f'"{name}"' for name in given), ", ".join(["%s"] * len(given))
    cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({places})', list(given.values()))
    cursor.execute("SET LOCAL session_replication_role = origin")


def what_refuses(model, prepare, sql: str, *values: object) -> str:
    """Return the constraint or trigger that refuses the SQL, '' where nothing does. Everything is rolled back."""
    said = ""
    with transaction.atomic():
        with connection.cursor() as cursor:
            prepare(cursor)
            try:
                cursor.execute(sql, values)
            except DatabaseError as error:
                diagnosis = error.__cause__.diag
                said = f"{diagnosis.constraint_name or ''} {diagnosis.context or ''}"
        transaction.set_rollback(True)
    return said


PROMISES = list(promises())


@pytest.mark.parametrize(("model", "trigger", "act"), PROMISES, ids=[f"{name}-{act[:8]}" for _, name, act in PROMISES])
def test_what_is_kept_is_neither_changed_nor_removed(model, trigger, act):
    sql = act.format(table=model._meta.db_table, pk=model._meta.pk_fields[0].column)
    said = what_refuses(model, lambda cursor: bare_row(cursor, model), sql)
    assert f"pgtrigger_{trigger}_" in said


def test_no_table_is_left_out():
    assert len(PROMISES) > 100


NO_PATH_BACK = [
    ("registry", "PendingEntry", {"entry_id": uuid.UUID(int=5)}, "entry_id = NULL", "pending_entry_frozen"),
    ("registry", "PendingEntry", {"kind": "filing"}, "kind = 'rectification'", "pending_entry_frozen"),
    (
        "mediation",
        "Session",
        {"canceled_at": datetime(2026, 3, 2, tzinfo=UTC)},
        "canceled_at = NULL",
        "session_canceled_once",
    ),
    ("licensing", "FilingChange", {"status": "recorded"}, "status = 'requested'", "filing_change_lifecycle"),
    ("licensing", "FilingChange", {"status": "taken_back"}, "status = 'recorded'", "filing_change_lifecycle"),
]


@pytest.mark.parametrize(
    ("app", "name", "row", "change", "trigger"), NO_PATH_BACK, ids=[f"{one[1]}-{one[3]}" for one in NO_PATH_BACK]
)
def test_what_is_done_has_no_path_back(app, name, row, change, trigger):
    model = apps.get_model(app, name)
    sql = f'UPDATE "{model._meta.db_table}" SET {change}'
    assert f"pgtrigger_{trigger}_" in what_refuses(model, lambda cursor: bare_row(cursor, model, **row), sql)


def test_papers_of_the_office_are_numbered_without_gaps():
    model = apps.get_model("registry", "OfficePaper")
    sql = "INSERT INTO registry_officepaper (id, kind, year, serial) VALUES (%s, 'acceptance', 2026, %s)"

    def with_the_first(cursor):
        bare_row(cursor, model, kind="acceptance", year=2026, serial=1)

    for serial, before in ((2, lambda cursor: None), (1, with_the_first), (3, with_the_first)):
        assert "pgtrigger_office_paper_no_gap_" in what_refuses(model, before, sql, uuid.uuid4(), serial)
    assert "pgtrigger_" not in what_refuses(model, with_the_first, sql, uuid.uuid4(), 2)


NUMBERS = [
    (model, field.column)
    for model in OURS
    for field in model._meta.local_fields
    if isinstance(
        field, models.PositiveIntegerField | models.PositiveSmallIntegerField | models.PositiveBigIntegerField
    )
    and not field.primary_key
]


@pytest.mark.parametrize(("model", "column"), NUMBERS, ids=[f"{model.__name__}.{column}" for model, column in NUMBERS])
def test_no_count_is_below_zero(model, column):
    def prepare(cursor):
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c' AND conname LIKE %s",
            [model._meta.db_table, f"%{column}_check"],
        )
        (name,) = cursor.fetchone()
        bare_row(cursor, model, but_for=name)
        cursor.execute("SET LOCAL session_replication_role = replica")

    said = what_refuses(model, prepare, f'UPDATE "{model._meta.db_table}" SET "{column}" = -1')
    assert f"{column}_check" in said


ONCE = [
    (model, field) for model in OURS for field in model._meta.local_fields if field.unique and not field.primary_key
]


@pytest.mark.parametrize(("model", "field"), ONCE, ids=[f"{model.__name__}.{field.name}" for model, field in ONCE])
def test_what_is_once_is_not_twice(model, field):
    def prepare(cursor):
        bare_row(cursor, model, **{field.column: value_of(field)})
        cursor.execute("SET LOCAL session_replication_role = replica")

    table, pk = model._meta.db_table, model._meta.pk
    key = uuid.uuid4() if isinstance(pk, models.UUIDField) else 6
    said = what_refuses(
        model, prepare, f'INSERT INTO "{table}" ("{pk.column}", "{field.column}") VALUES (%s, %s)', key, value_of(field)
    )
    assert f"{field.column}" in said and "_key" in said
