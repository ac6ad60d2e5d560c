"""The audit trail: one event an act, in the act's own transaction. If it cannot be written, the act fails."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from core.legal import Citation
from core.lifecycle import Actor
from core.models import AuditEvent


def record(
    event: str,
    subject: models.Model,
    *,
    by: Actor,
    at: datetime,
    basis: Iterable[Citation] = (),
    data: Mapping[str, Any] | None = None,
    from_status: str = "",
    to_status: str = "",
) -> AuditEvent:
    """Write one audit event about ``subject``. ``data`` must hold ids and public facts, never identity numbers."""
    return AuditEvent.objects.create(
        at=at,
        event=event,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        from_status=from_status,
        to_status=to_status,
        actor_label=by.label[:200],
        actor_roles=",".join(sorted(by.roles)),
        actor_user_id=by.user_id,
        organisation_id=by.organisation_id,
        basis="; ".join(citation.code for citation in basis)[:300],
        data=dict(data or {}),
    )


def record_many(
    event: str,
    model: type[models.Model],
    subject_ids: Iterable[UUID],
    *,
    by: Actor,
    at: datetime,
    basis: Iterable[Citation] = (),
    data: Iterable[Mapping[str, Any]] | None = None,
    from_status: str = "",
    to_status: str = "",
) -> None:
    """Write the same audit event about many subjects of one kind, in one statement; ``data`` is that of each."""
    columns: dict[str, Any] = {
        "at": at,
        "event": event,
        "subject_type": model._meta.label_lower,
        "from_status": from_status,
        "to_status": to_status,
        "actor_label": by.label[:200],
        "actor_roles": ",".join(sorted(by.roles)),
        "actor_user_id": by.user_id,
        "organisation_id": by.organisation_id,
        "basis": "; ".join(citation.code for citation in basis)[:300],
    }
    table, names = AuditEvent._meta.db_table, ", ".join(columns)
    types = {"actor_user_id": "::uuid", "organisation_id": "::uuid", "at": "::timestamptz"}
    values = ", ".join(f"%s{types.get(name, '')}" for name in columns)
    sql = (
        f"INSERT INTO {table} ({names}, subject_id, data, recorded_at)"  # noqa: S608
        f" SELECT {values}, said.id, said.data::jsonb, now() FROM unnest(%s::uuid[], %s::text[]) AS said (id, data)"
    )
    ids = list(subject_ids)
    told = ["{}"] * len(ids) if data is None else [json.dumps(one, ensure_ascii=False) for one in data]
    if len(told) != len(ids):
        raise ValueError("data for each subject, or for none")
    with connection.cursor() as cursor:
        cursor.execute(sql, [*columns.values(), ids, told])


def history(subject: models.Model) -> models.QuerySet[AuditEvent]:
    """Return the events about ``subject``, oldest first."""
    return AuditEvent.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("id")
