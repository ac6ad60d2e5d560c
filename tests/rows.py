"""Rows written by raw SQL: lawful ones that the database takes, and the same with one thing wrong, which it refuses."""

from collections.abc import Callable
from typing import Any

from django.db import connection, models, transaction

from tests.database import refusal_of


class TakenBack(Exception):
    """The row was lawful; its transaction is rolled back so that the next case begins as this one did."""


def insert(row: models.Model, *, past_triggers: bool = False, **columns: Any) -> None:
    """INSERT the values of an unsaved row, some columns replaced; the database alone decides.

    ``past_triggers`` switches the triggers off that would refuse first, so that the constraint itself is met.
    """
    fields = row._meta.concrete_fields
    values = [
        field.get_db_prep_save(columns.get(field.column, getattr(row, field.attname)), connection) for field in fields
    ]
    names, places = ", ".join(f'"{field.column}"' for field in fields), ", ".join("%s" for _ in fields)
    with transaction.atomic(), connection.cursor() as cursor:
        if past_triggers:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(f'INSERT INTO "{row._meta.db_table}" ({names}) VALUES ({places})', values)


def refused(row: Callable[[], models.Model], by: str, *, past_triggers: bool = False, **columns: Any) -> None:
    """See the row taken as it is, and refused by the named constraint with some columns replaced."""
    _seen_taken(row(), past_triggers)
    said = refusal_of(lambda: insert(row(), past_triggers=past_triggers, **columns))
    assert by in said, said


def refused_twice(row: Callable[[], models.Model], by: str, *, past_triggers: bool = False, **columns: Any) -> None:
    """See the row taken once, and a second one, some columns replaced, refused by the named constraint."""
    _seen_taken(row(), past_triggers)

    def both() -> None:
        insert(row(), past_triggers=past_triggers)
        insert(row(), past_triggers=past_triggers, **columns)

    said = refusal_of(both)
    assert by in said, said


def refused_sql(sql: str, *values: Any, by: str) -> None:
    """See the constraint itself refuse what a trigger would have refused first."""

    def act() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, values)

    said = refusal_of(act)
    assert by in said, said


def _seen_taken(row: models.Model, past_triggers: bool) -> None:
    try:
        with transaction.atomic():
            insert(row, past_triggers=past_triggers)
            raise TakenBack
    except TakenBack:
        pass
