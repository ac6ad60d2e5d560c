"""The audit trail: one event an act, in the act's own transaction. If it cannot be written, the act fails."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

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


def history(subject: models.Model) -> models.QuerySet[AuditEvent]:
    """Return the events about ``subject``, oldest first."""
    return AuditEvent.objects.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by("id")
