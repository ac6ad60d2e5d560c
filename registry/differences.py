"""Two texts of a statement side by side, field by field, what differs marked: pure.

Used for a corrected statement against what was submitted first, and for a new statement against the one it replaces.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# Words of Latin letters and figures stay whole; of Chinese every character counts by itself.
_TOKENS = re.compile(r"[0-9A-Za-z]+(?:[.,][0-9]+)*|\s+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that both sides share, or that only this side has."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field on both sides; None where a side does not have it."""

    name: str
    before: Any
    after: Any

    @property
    def differs(self) -> bool:
        """Whether the two sides say something else."""
        return bool(self.before != self.after)


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldPair]:
    """Return every field of either side, in the order of the first and then of what only the second has."""
    names = [*before, *(name for name in after if name not in before)]
    return [FieldPair(name, before.get(name), after.get(name)) for name in names]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldPair]:
    """Return only the fields that differ."""
    return [pair for pair in compare(before, after) if pair.differs]


def mark(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Return both texts cut into pieces, those that only one side has marked. Joined, each side is its text again."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        changed = kind != "equal"
        _add(left, old[i:j], changed)
        _add(right, new[k:m], changed)
    return left, right


def _add(pieces: list[Piece], tokens: Sequence[str], changed: bool) -> None:
    if tokens:
        pieces.append(Piece("".join(tokens), changed))
