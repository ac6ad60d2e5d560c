"""The bulletin's task on a real worker: killed in the middle, it loses nothing and doubles nothing."""

import os
import signal
import threading
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import connection, connections, transaction
from django.db.models import Count
from django.utils import timezone

from core.models import AuditEvent
from registry.actions.batch_submitting import submit_batch
from registry.actions.batch_uploading import upload_batch
from registry.enums import BatchMode, BatchStatus, StatementStatus
from registry.facts import UNDERTAKINGS
from registry.models import BulletinEntry, BulletinIssue, Statement, StatementBatch
from tests import live
from tests.cast import Cast
from tests.factories.spreadsheets import clean, deliver, row, xlsx
from tests.factories.statements import approved


def wait_for(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def publishers_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0]


def announced_once(count: int) -> None:
    issue = BulletinIssue.objects.get()
    assert (issue.number, issue.serial, issue.entry_count) == (1, 1, count)
    assert BulletinEntry.objects.count() == count
    assert Statement.objects.filter(status=StatementStatus.ANNOUNCED).count() == count
    assert AuditEvent.objects.filter(event="announce").count() == count


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_it_publishes_loses_nothing_and_doubles_nothing(valkey, no_worker):
    cast = Cast()
    before = timezone.now() - timedelta(hours=1)
    statements = [approved(cast, at=before) for _ in range(3)]
    held, release = threading.Event(), threading.Event()

    def hold_the_last_statement():
        try:
            with transaction.atomic():
                list(Statement.objects.select_for_update().filter(pk=max(item.pk for item in statements)))
                held.set()
                release.wait(60)
        finally:
            connections.close_all()

    holder = threading.Thread(target=hold_the_last_statement)
    holder.start()
    held.wait(10)
    with live.celery_worker(concurrency=1) as worker:
        current_app.send_task("registry.publish_bulletin", kwargs={"extra": True})
        wait_for(lambda: publishers_waiting() == 1)
        os.killpg(worker.process.pid, signal.SIGKILL)
        worker.process.wait(10)
    release.set()
    holder.join()
    assert BulletinIssue.objects.count() == 0
    valkey.flushdb()
    with live.celery_worker(concurrency=1):
        for _ in range(3):
            current_app.send_task("registry.publish_bulletin", kwargs={"extra": True})
        wait_for(lambda: BulletinIssue.objects.exists() and valkey.llen("celery") == 0)
        time.sleep(0.5)
    announced_once(3)


def submitted_so_far(batch):
    return batch.rows.filter(outcome="submitted").count()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_while_it_submits_a_batch_loses_no_row_and_doubles_none(valkey, no_worker):
    cast = Cast()
    patents = [cast.patent() for _ in range(240)]
    batch = upload_batch(
        file=clean(xlsx([row(one.number) for one in patents])), by=cast.patentee.actor, at=timezone.now()
    )
    with live.celery_worker(concurrency=1) as worker:
        current_app.send_task("core.deliver_outbox")
        wait_for(batch.rows.exists)  # read, and in the midst of the check
        kill(worker)
    # The database lets go of what a killed worker held in its own time; until then nobody else is given it.
    wait_for(lambda: deliver() > 0)
    batch.refresh_from_db()
    assert dict(batch.rows.values_list("outcome").annotate(n=Count("pk"))) == {"good": 240}
    undertakings = dict.fromkeys(UNDERTAKINGS, True)
    submit_batch(
        batch=batch,
        mode=BatchMode.GOOD,
        undertakings=undertakings,
        signed_name="陆湖",
        by=cast.patentee.actor,
        at=timezone.now(),
    )
    seen = []
    for _attempt in range(3):
        before = submitted_so_far(batch)
        with live.celery_worker(concurrency=1) as worker:
            current_app.send_task("core.deliver_outbox")
            wait_for(lambda before=before: submitted_so_far(batch) > before)
            kill(worker)
        seen.append(submitted_so_far(batch))
        valkey.flushdb()
    assert seen == sorted(set(seen))
    with live.celery_worker(concurrency=2):
        for _ in range(4):
            current_app.send_task("core.deliver_outbox")
        wait_for(lambda: StatementBatch.objects.get(pk=batch.pk).status == BatchStatus.SUBMITTED)
    numbers = sorted(Statement.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == list(range(1, 241))
    assert set(Statement.objects.values_list("patent_id", flat=True)) == {one.pk for one in patents}
    assert AuditEvent.objects.filter(event="submit", subject_type="registry.statement").count() == 240
    assert submitted_so_far(batch) == 240


def kill(worker) -> None:
    os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.wait(10)
