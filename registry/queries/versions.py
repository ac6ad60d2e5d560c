"""Texts of a statement side by side, in the reader's words: version against version, statement against its successor."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Organisation
from core.rules import Text
from registry.differences import Piece, compare, mark
from registry.models import Statement, StatementVersion
from registry.queries.changes import label_of, words_of
from registry.queries.content import TEXT_COLUMNS, canonical_content

_PARTIES = ("filed_by", "agency")
# The database gives a kept text back in no order of its own.
_ORDER = {name: place for place, name in enumerate(("patent", "filed_by", "agency", *TEXT_COLUMNS))}


@dataclass(frozen=True, slots=True)
class Row:
    """One field on both sides, cut into what is shared and what is not."""

    label: Text
    before: list[Piece]
    after: list[Piece]
    differs: bool


def side_by_side(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Row]:
    """Return every field of two texts with its differences marked."""
    rows = []
    for pair in sorted(compare(before, after), key=lambda pair: _ORDER.get(pair.name, len(_ORDER))):
        old, new = _shown(pair.name, pair.before), _shown(pair.name, pair.after)
        left, right = mark(old, new)
        if (old or new) and pair.name != "replaces":
            rows.append(Row(label_of(pair.name), left, right, pair.differs))
    return rows


@dataclass(frozen=True, slots=True)
class Numbered:
    """A text that was sent, with what it is called."""

    title: str
    row: StatementVersion


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts side by side with what each is called."""

    before_title: str
    after_title: str
    rows: list[Row]

    @property
    def changed(self) -> bool:
        """Whether anything differs."""
        return any(row.differs for row in self.rows)


def numbered(statement: Statement) -> list[Numbered]:
    """Return every text that was sent, the submission first."""
    return [
        Numbered(_("As submitted") if row.number == 1 else _("Correction %(n)s") % {"n": row.number - 1}, row)
        for row in statement.versions.order_by("number")
    ]


def pairs_of(statement: Statement) -> list[Pair]:
    """Return each text beside the one before it, and the statement beside the one it replaces."""
    texts = numbered(statement)
    pairs = [Pair(a.title, b.title, side_by_side(a.row.content, b.row.content)) for a, b in pairwise(texts)]
    if len(texts) > 2:
        first, last = texts[0], texts[-1]
        pairs.insert(0, Pair(first.title, last.title, side_by_side(first.row.content, last.row.content)))
    if statement.replaces is not None:
        old = statement.replaces
        pairs.append(Pair(str(old), str(statement), side_by_side(text_of(old), text_of(statement))))
    return pairs


def since_sent(statement: Statement) -> Pair | None:
    """Return the fields in which the text, as it stands now, differs from the one that was sent last, if one was."""
    texts = numbered(statement)
    if not texts:
        return None
    rows = side_by_side(texts[-1].row.content, canonical_content(statement))
    return Pair(texts[-1].title, _("As it stands now"), [row for row in rows if row.differs])


def text_of(statement: Statement) -> dict[str, Any]:
    """Return the text that was sent last, or as it stands in a draft."""
    last: StatementVersion | None = statement.versions.order_by("-number").first()
    return last.content if last is not None else canonical_content(statement)


def _shown(name: str, value: Any) -> str:
    """A value as people read it; organisations by name."""
    if name in _PARTIES and value:
        found = Organisation.objects.filter(pk=UUID(value)).first()
        return found.name if found else str(value)
    return str(words_of(name, value))
