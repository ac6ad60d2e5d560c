"""The only place that changes a status: lock the row, ask the table, write, audit."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from core import audit
from core.lifecycle import Actor, IllegalStep
from core.models import Staged

Thing = TypeVar("Thing", bound=Staged)


def lock(thing: Thing) -> Thing:
    """Lock the row and return it as it stands now. Must run inside a transaction."""
    return type(thing)._base_manager.select_for_update(of=("self",)).get(pk=thing.pk)


@transaction.atomic
def advance(
    thing: Thing,
    event: str,
    *,
    by: Actor,
    at: datetime,
    fields: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> Thing:
    """Take one lawful step and return the thing as it stands afterwards.

    ``fields`` are columns that change together with the status, in the same UPDATE, so that constraints which
    tie them to the status hold. ``data`` goes into the audit event.

    Raises:
        IllegalStep: the lifecycle has no such event in the present state.
        WrongRole: the event is not for the actor's roles.
    """
    locked = lock(thing)
    before = locked.status
    row = locked.lifecycle.step(event, before, by.roles)
    changed = dict(fields or {})
    for name, value in changed.items():
        setattr(locked, name, value)
        setattr(thing, name, value)
    locked.status = row.target
    locked.save(update_fields=["status", *changed])
    audit.record(event, locked, by=by, at=at, basis=row.basis, data=data, from_status=before, to_status=row.target)
    thing.status = row.target
    return locked


@transaction.atomic
def advance_many(
    things: Sequence[Thing],
    event: str,
    *,
    by: Actor,
    at: datetime,
    fields: Mapping[str, Sequence[Any]],
    data: Sequence[Mapping[str, Any]] | None = None,
) -> None:
    """Take the same lawful step with many things that the caller has locked and that stand in one state.

    ``fields`` gives each further column its values, ``data`` each audit event its own, in the order of the things. One
    UPDATE and one INSERT, however many there are; the database's own triggers look at every row.

    Raises:
        IllegalStep: the lifecycle has no such event in their state, or one of them has left it.
        WrongRole: the event is not for the actor's roles.
    """
    if not things:
        return
    model, before = type(things[0]), things[0].status
    row = things[0].lifecycle.step(event, before, by.roles)
    meta = model._meta
    columns = {field.name: field for field in meta.concrete_fields if field.name in fields}
    kinds = [(columns[name].db_type(connection) or "").split("(")[0] for name in fields]
    named = [f"c{number}" for number in range(len(columns))]
    arrays = ", ".join(["%s::uuid[]", *(f"%s::{kind}[]" for kind in kinds)])
    changes = "".join(
        f", {field.column} = v.{name}" for field, name in zip((columns[name] for name in fields), named, strict=True)
    )
    sql = (
        f"UPDATE {meta.db_table} AS t SET status = %s{changes}"  # noqa: S608
        f" FROM unnest({arrays}) AS v (id{''.join(f', {name}' for name in named)})"
        " WHERE t.id = v.id AND t.status = %s"
    )
    ids = [thing.pk for thing in things]
    with connection.cursor() as cursor:
        cursor.execute(sql, [row.target, ids, *(list(values) for values in fields.values()), before])
        if cursor.rowcount != len(things):
            raise IllegalStep(things[0].lifecycle.name, event, before)
    for number, thing in enumerate(things):
        thing.status = row.target
        for name, values in fields.items():
            setattr(thing, columns[name].attname, values[number])
    audit.record_many(
        event, model, ids, by=by, at=at, basis=row.basis, data=data, from_status=before, to_status=row.target
    )
