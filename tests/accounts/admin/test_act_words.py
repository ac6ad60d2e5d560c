"""The audit log says in words what was done, and keeps the code beside them."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from accounts.admin.act_words import ACTS, act_words, status_words, subject_words
from core.models import AuditEvent
from tests.house import tree

AT = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
RECORDING = ("audit.record", "audit.record_many", "_record")


def logged(event="submit", subject_type="registry.statement", before="draft", after="submitted"):
    return AuditEvent(at=AT, event=event, subject_type=subject_type, from_status=before, to_status=after)


def recorded_codes() -> Iterator[str]:
    """Every code that is written out where something is recorded in the audit log."""
    for app in tree.APPS:
        for path in (tree.ROOT / app).rglob("*.py"):
            for call in ast.walk(ast.parse(path.read_text())):
                if isinstance(call, ast.Call) and ast.unparse(call.func) in RECORDING:
                    yield from (part.value for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))


def test_every_act_has_words():
    codes = set(recorded_codes())
    assert len(codes) > 50
    assert sorted(codes - set(ACTS)) == []


@pytest.mark.parametrize(("language", "said"), [("en", "Submit the statement"), ("zh-hans", "提交声明")])
def test_a_step_of_a_lifecycle_is_said_as_its_table_says_it(language, said):
    with override(language):
        assert str(act_words(logged())) == said


def test_a_code_of_another_table_is_said_by_that_table():
    with override("en"):
        assert str(act_words(logged(subject_type="licensing.filing", before=""))) == "Submitted"


def test_things_and_their_statuses_are_said_as_on_their_own_pages():
    with override("en"):
        assert subject_words(logged()) == "Statement"
        assert [str(status_words(logged(), status)) for status in ("draft", "submitted", "")] == [
            "Draft",
            "Submitted",
            "",
        ]


def test_what_the_registry_no_longer_knows_stands_for_itself():
    old = logged("sealed", subject_type="registry.scroll", before="rolled", after="sealed")
    assert (act_words(old), subject_words(old), status_words(old, "rolled")) == ("sealed", "registry.scroll", "rolled")
