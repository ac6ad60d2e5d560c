"""The finders see what they look for, so that a tree without offences means something."""

import ast
from collections.abc import Callable

import pytest

from tests.house import finders


def lines(find: Callable, text: str) -> list[int]:
    return list(find(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "statement.status = 'announced'",
        "self.statement.status: str = 'x'",
        "del thing.status",
        "setattr(thing, 'status', new)",
        "Statement.objects.filter(pk=1).update(status='x')",
        "Statement.objects.bulk_update(rows, ['number', 'status'])",
        "a, b.status = 1, 2",
    ],
)
def test_a_status_written_by_hand_is_seen(text):
    assert lines(finders.status_writes, text) == [1]


@pytest.mark.parametrize(
    "text", ["if thing.status == 'x': pass", "render(request, page, status=404)", "Notice.objects.filter(status='x')"]
)
def test_reading_a_status_is_no_offence(text):
    assert lines(finders.status_writes, text) == []


@pytest.mark.parametrize("text", ["task.delay()", "task.apply_async(args=[1])", "app.send_task('name')"])
def test_a_task_sent_past_the_outbox_is_seen(text):
    assert lines(finders.broker_calls, text) == [1]


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils.timezone import now\nnow()",
        "from django.utils.timezone import now as moment\nmoment()",
        "from datetime import datetime\ndatetime.now(UTC)",
        "import datetime\ndatetime.datetime.now()",
        "import datetime as dt\ndt.date.today()",
        "from datetime import date as day\nday.today()",
        "import time\ntime.time()",
        "from django.utils import timezone\ntimezone.localdate()",
    ],
)
def test_a_read_of_the_clock_is_seen(text):
    assert lines(finders.clock_reads, text) == [2]


@pytest.mark.parametrize("text", ["timezone.localdate(at)", "at.date()", "time.monotonic()", "facts.now"])
def test_what_reads_no_clock_is_no_offence(text):
    assert lines(finders.clock_reads, text) == []


@pytest.mark.parametrize("text", ["fee = 0.15", "float(amount)", "price = models.FloatField()"])
def test_a_float_is_seen(text):
    assert lines(finders.floats, text) == [1]


@pytest.mark.parametrize("text", ["fee = Decimal('0.15')", "count = 15", "isinstance(value, float)"])
def test_exact_numbers_are_no_offence(text):
    assert lines(finders.floats, text) == []


def test_signals_safe_marks_and_queries_are_seen():
    assert lines(finders.signals, "from django.db.models.signals import post_save") == [1]
    assert lines(finders.signals, "signals.post_delete.connect(f)") == [1]
    assert lines(finders.safe_marks, "from django.utils.safestring import mark_safe") == [1]
    assert lines(finders.queries, "Patent.objects.get(pk=1)") == [1]


def test_chinese_is_seen_in_strings_but_not_in_docstrings():
    text = '"""备案 is a filing."""\ndef f():\n    """备案"""\n    return f"{x}备案"\n'
    assert lines(finders.chinese_strings, text) == [4]


def test_a_long_function_is_seen_with_its_length():
    text = "def f():\n" + "    x = 1\n" * 50
    assert list(finders.long_functions(ast.parse(text), 50)) == [(1, "f (51 lines)")]
    assert list(finders.long_functions(ast.parse(text), 51)) == []
