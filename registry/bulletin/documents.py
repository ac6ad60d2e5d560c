"""What the bulletin hands out as data: an entry as it is hashed, an issue as one canonical document."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.bulletin.canonical import canonical
from registry.bulletin.merkle import Log, leaf_hash
from registry.bulletin.notes import Checkpoint

FORMAT = "open-license-bulletin/1"


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry as printed: the issue it stands in, its place there, what kind of matter it is, what it says."""

    issue: str
    position: int
    kind: str
    content: Mapping[str, Any]

    @property
    def document(self) -> dict[str, Any]:
        """The entry as data. Exactly this is hashed."""
        return {"issue": self.issue, "position": self.position, "kind": self.kind, "content": dict(self.content)}

    @property
    def leaf(self) -> str:
        """The entry's leaf hash in the log."""
        return leaf_hash(canonical(self.document))


def issue_document(checkpoint: Checkpoint, signed: str, before: Log, entries: Iterable[PrintedEntry]) -> dict[str, Any]:
    """Return an issue as data: its entries, the log before it, and the signed checkpoint after it."""
    return {
        "format": FORMAT,
        "issue": checkpoint.issue,
        "serial": checkpoint.serial,
        "issued_on": checkpoint.issued_on,
        "published_at": checkpoint.published_at,
        "log_before": {"size": before.size, "root": before.root, "frontier": list(before.frontier)},
        "log_after": {"size": checkpoint.size, "root": checkpoint.root},
        "entries": [{**entry.document, "leaf": entry.leaf} for entry in entries],
        "checkpoint": signed,
    }
