"""The only place that changes a status: lock the row, ask the table, write, audit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction

from core import audit
from core.lifecycle import Actor
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
