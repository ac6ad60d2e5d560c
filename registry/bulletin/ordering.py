"""Order inside an issue: kind of matter, then main class, then application number (GL V-8 §1.3.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from registry.enums import EntryKind

KINDS = tuple(EntryKind)


@dataclass(frozen=True, slots=True)
class Matter:
    """Something ready to be announced: its kind, its patent, what it is about and the fields it announces."""

    kind: EntryKind
    patent_id: UUID
    subject_id: UUID
    content: dict[str, Any]
    corrects_id: UUID | None = None


def in_order(matters: Iterable[Matter]) -> list[Matter]:
    """Return the matters as an issue prints them; equal ones stay in the order of their subjects' ids."""
    return sorted(
        matters,
        key=lambda matter: (
            KINDS.index(EntryKind(matter.kind)),
            matter.content.get("main_class", ""),
            matter.content.get("patent_number", ""),
            str(matter.subject_id),
        ),
    )
