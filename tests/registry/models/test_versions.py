"""What was sent is kept word for word: by the acts, and by the database against every path."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from registry.actions import correcting, drafting, examining
from registry.models import StatementVersion
from tests.cast import NOW
from tests.factories.statements import examining_now, submitted

pytestmark = pytest.mark.django_db


def hash_of(content) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def corrected(cast):
    return corrected_at(cast, NOW)


def corrected_at(cast, at):
    """Return a statement corrected two days after it was submitted."""
    statement = examining_now(cast, at=at)
    by, later = cast.patentee.actor, at + timedelta(days=2)
    examining.request_correction(statement=statement, reasons="费用过低。", by=cast.examiner.actor, at=at)
    drafting.save_draft(statement=statement, entries={"fixed_amount": "28000"}, by=by, at=later)
    return correcting.correct(statement=statement, by=by, at=later)


def test_submission_and_correction_each_leave_their_text_with_its_hash(cast):
    statement = corrected(cast)
    first, second = statement.versions.order_by("number")
    assert (first.number, first.content["fixed_amount"], first.sent_at) == (1, "20000.00", NOW)
    assert (second.number, second.content["fixed_amount"]) == (2, "28000.00")
    assert second.sent_at == NOW + timedelta(days=2)
    assert [hash_of(first.content), hash_of(second.content)] == [first.content_hash, second.content_hash]
    assert statement.content_hash == second.content_hash
    assert second.signed_name == "陆湖"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_statementversion SET content = '{}'",
        "UPDATE registry_statementversion SET content_hash = repeat('0', 64)",
        "DELETE FROM registry_statementversion",
        "TRUNCATE registry_statementversion",
    ],
)
def test_a_version_never_changes(cast, sql):
    submitted(cast)
    before = list(StatementVersion.objects.values())
    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)|kept for ever"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    assert list(StatementVersion.objects.values()) == before
