"""An issue of the bulletin as a table: the fields of the one content that is hashed."""

from collections.abc import Iterator
from typing import Any

from registry.bulletin.fields import FIELDS, fields_of
from registry.models import BulletinIssue

ENTRY_HEADER = ("issue", "position", "kind", *FIELDS, "leaf")


def entry_rows(issue: BulletinIssue) -> Iterator[tuple[Any, ...]]:
    """Yield one row an entry as printed, columns as :data:`ENTRY_HEADER`; what a kind does not announce is empty."""
    for entry in issue.entries.order_by("position").iterator(chunk_size=500):
        said = fields_of(entry.content)
        values = (said.get(name, "") for name in FIELDS)
        yield str(issue), entry.position, entry.kind, *values, entry.content_hash
