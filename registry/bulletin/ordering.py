"""Order inside an issue: kind of matter, then main class, then application number (GL V-8 §1.3.2)."""

import re
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
            class_key(matter.content.get("main_class", "")),
            number_key(matter.content.get("patent_number", "")),
            str(matter.subject_id),
        ),
    )


def class_key(main_class: str) -> tuple[str, int, str]:
    """Return what orders a main class: A61K9/00 before A61K31/00; subgroups read as decimals, as the IPC does."""
    found = re.fullmatch(r"([A-H]\d{2}[A-Z]) ?(\d+)/(\d+)", main_class)
    return (found[1], int(found[2]), found[3]) if found else (main_class, 0, "")


def number_key(number: str) -> tuple[int, str]:
    """Return what orders a patent number: those of eight digits are older than those of twelve."""
    return len(number), number
