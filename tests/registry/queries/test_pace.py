"""Targets and ages: the queue by age, what was examined each week, how much of it in time."""

from datetime import timedelta

import pytest

from core.deadlines import law_date
from registry.actions import examining
from registry.queries.pace import examined_by_week, queue_by_age
from tests.cast import NOW
from tests.factories.statements import examining_now, submitted

pytestmark = pytest.mark.django_db


def rows(chart) -> dict:
    return {str(row[0]): row[1:] for row in chart.rows}


def test_the_queue_stands_by_working_days_since_receipt(cast):
    for days in (0, 3, 7, 14, 15):  # 0, 3, 5, 10, 11 working days before the day of the chart
        submitted(cast, at=NOW - timedelta(days=days))
    examining_now(cast, at=NOW - timedelta(days=1))
    found = rows(queue_by_age(on=law_date(NOW)))
    assert list(found) == ["0–2", "3–5", "6–8", "9–10", "11 days or more"]
    assert sum(int(count[0]) for count in found.values()) == 6
    assert found["0–2"] == ("3",)


def test_a_week_counts_the_first_decision_and_whether_it_came_in_time(cast):
    on_time = examining_now(cast)
    late = examining_now(cast)
    examining.pass_statement(statement=on_time, by=cast.examiner.actor, at=NOW + timedelta(days=14))
    examining.pass_statement(statement=late, by=cast.examiner.actor, at=NOW + timedelta(days=15))
    throughput, share = examined_by_week(on=law_date(NOW + timedelta(days=21)))
    assert rows(throughput)["03-16"] == ("2", "1")
    assert rows(share)["03-16"] == ("50",)
    assert rows(throughput)["03-09"] == ("0", "0")
    assert len(rows(throughput)) == 12
    assert list(rows(share)) == ["03-16"]
