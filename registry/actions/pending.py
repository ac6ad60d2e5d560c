"""Matters of other apps that the next issue announces."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from core import audit
from core.lifecycle import Actor
from registry.bulletin.canonical import canonical
from registry.enums import EntryKind
from registry.models import BulletinEntry, Patent, PendingEntry


@transaction.atomic
def queue_entry(
    *,
    kind: EntryKind,
    patent: Patent,
    subject_id: UUID,
    content: Mapping[str, Any],
    by: Actor,
    at: datetime,
    corrects: BulletinEntry | None = None,
) -> PendingEntry:
    """Have the next issue announce a matter. ``content`` needs ``main_class`` and ``patent_number`` for its place.

    Raises:
        TypeError: the content holds something that has no canonical form (a date or Decimal not written as text).
        KeyError: the content has no place in the order.
    """
    fields = dict(content)
    canonical(fields)
    for name in ("main_class", "patent_number"):
        fields[name]
    pending = PendingEntry.objects.create(
        kind=kind, patent=patent, subject_id=subject_id, content=fields, ready_at=at, corrects=corrects
    )
    audit.record("queue_entry", pending, by=by, at=at, data={"kind": str(kind), "subject": str(subject_id)})
    return pending
