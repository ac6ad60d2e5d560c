"""A corrected statement beside what was submitted first, and a statement beside the one it replaces."""

import pytest

from registry.differences import Piece
from registry.queries.versions import pairs_of
from tests.factories.statements import submitted
from tests.registry.models.test_versions import corrected

pytestmark = pytest.mark.django_db


def test_only_what_was_corrected_is_marked(cast):
    statement = corrected(cast)
    (pair,) = pairs_of(statement)
    changed = [row for row in pair.rows if row.differs]
    assert [row.label for row in changed] == ["Fixed amount"]
    assert [str(row.label) for row in pair.rows][:4] == [
        "Patent", "Patentee who files", "Fee mode", "Fixed amount"
    ]  # fmt: skip
    assert [piece for piece in changed[0].before if piece.changed] == [Piece("20,000.00", True)]
    assert [piece for piece in changed[0].after if piece.changed] == [Piece("28,000.00", True)]


def test_one_text_has_nothing_beside_it(cast):
    assert pairs_of(submitted(cast)) == []


def test_a_statement_stands_beside_the_one_it_replaces(cast):
    old = cast.statement_in("withdrawn")
    new = cast.draft(old.patent, fixed_amount="150000.00")
    new.replaces = old
    new.save(update_fields=["replaces"])
    (pair,) = pairs_of(new)
    assert pair.before_title == old.number
    assert [row.label for row in pair.rows if row.differs] == ["Fixed amount"]
