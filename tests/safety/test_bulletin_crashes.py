"""Publishing killed at every step and at random (safety.md S7): nothing lost, nothing doubled, no gap, soon back.

``make battery`` asks for 500 random kills (KILLS=500).
"""

import json
import os
import random
import subprocess
import sys
import time
from datetime import timedelta
from itertools import accumulate

import pytest
from django.db import connection

from core.models import AuditEvent
from registry.enums import StatementStatus
from registry.models import BulletinEntry, BulletinIssue, Statement
from registry.queries.log_audit import problems
from tests import live
from tests.cast import Cast
from tests.factories.statements import ISSUE_DAY, approved

KILLS = int(os.environ.get("KILLS", "12"))


class Publisher:
    """The process that forks publishers and kills them."""

    def __init__(self):
        said = connection.settings_dict
        url = f"postgresql://{said['USER']}:{said['PASSWORD']}@{said['HOST']}:{said['PORT']}/{said['NAME']}"
        environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.safety.publishing_process"],
            cwd=live.ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.heard()

    def heard(self) -> dict:
        return json.loads(self.process.stdout.readline())

    def publish(self, at, **how) -> dict:
        self.process.stdin.write(json.dumps({"at": at.isoformat(), **how}) + "\n")
        self.process.stdin.flush()
        return self.heard()


@pytest.fixture
def publisher(transactional_db):
    running = Publisher()
    with running.process:
        yield running


def whole(total: int) -> int:
    """Check that every statement waits or is announced once, in an unbroken row of issues; return how many wait."""
    issues = list(BulletinIssue.objects.order_by("serial"))
    assert [issue.serial for issue in issues] == list(range(1, len(issues) + 1))
    for year in {issue.year for issue in issues}:  # numbers begin anew with the year
        numbers = [issue.number for issue in issues if issue.year == year]
        assert numbers == list(range(1, len(numbers) + 1))
    assert [issue.tree_size for issue in issues] == list(accumulate(issue.entry_count for issue in issues))
    announced = Statement.objects.filter(status=StatementStatus.ANNOUNCED)
    waiting = Statement.objects.filter(status=StatementStatus.APPROVED)
    assert announced.count() + waiting.count() == total
    assert BulletinEntry.objects.count() == announced.count() == sum(issue.entry_count for issue in issues)
    assert announced.exclude(announced_in__subject_id__in=announced.values("pk")).count() == 0
    assert AuditEvent.objects.filter(event="announce").count() == announced.count()
    return waiting.count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_after_every_statement_to_the_database_nothing_is_lost_doubled_or_skipped(publisher):
    cast = Cast()
    for _ in range(3):
        approved(cast)
    step = 0
    while whole(3) == 3:
        step += 1
        assert publisher.publish(ISSUE_DAY, after=step)["killed"]
        assert step < 200
    assert step > 20  # the last kill came after the commit: the issue stands, and nothing else happens
    assert publisher.publish(ISSUE_DAY)["killed"] is False
    assert (whole(3), BulletinIssue.objects.count(), list(problems())) == (0, 1, [])


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_killed_at_random_nothing_is_lost_doubled_or_skipped_and_it_is_back_soon(publisher):
    cast, chance = Cast(), random.Random(20260302)
    total, day, longest, killed = 0, ISSUE_DAY, 0.0, 0
    usual = 0.3
    while killed < KILLS:
        if whole(total) == 0:
            total, day = total + 2, day + timedelta(days=1)
            for _ in range(2):
                approved(cast)
        said = publisher.publish(day, within=chance.uniform(0, 1.3 * usual))
        killed += said["killed"]
        if killed % 4 == 0 and whole(total):
            began = time.monotonic()
            usual = publisher.publish(day)["seconds"]
            longest = max(longest, time.monotonic() - began)
            assert whole(total) == 0
    publisher.publish(day)
    assert (whole(total), list(problems())) == (0, [])
    assert longest < 120
    print(f"{killed} kills, {BulletinIssue.objects.count()} issues, back within {longest:.1f} s")
