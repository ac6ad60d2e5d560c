"""Halting publication: who may, with what, and that it holds against a publisher at work."""

import threading
import time
from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from core.lifecycle import WrongRole
from core.models import AuditEvent
from core.rules import Refused
from registry.actions import halting, publishing
from registry.enums import StatementStatus
from registry.models import BulletinEntry, BulletinIssue, PublicationHalt
from registry.queries.halts import standing_halt
from tests.cast import NOW
from tests.factories.statements import ISSUE_DAY, announced, approved, publish

pytestmark = pytest.mark.django_db


def rules(refusal) -> list[str]:
    return [item.rule for item in refusal.value.violations]


def halt(cast, who="approver", reason="印刷文件有误。", at=NOW):
    return halting.halt_publication(reason=reason, by=getattr(cast, who).actor, at=at)


def propose(cast, who="administrator"):
    return halting.propose_resumption(reason="文件已更正。", by=getattr(cast, who).actor, at=NOW)


@pytest.mark.parametrize("who", ["approver", "administrator"])
def test_one_approver_or_administrator_halts(cast, who):
    halted = halt(cast, who)
    assert standing_halt() == halted
    assert (halted.halted_by, halted.reason) == (getattr(cast, who).user, "印刷文件有误。")
    event = AuditEvent.objects.get(event="halt_publication")
    assert (event.subject_id, event.data) == (halted.pk, {"reason": "印刷文件有误。"})


@pytest.mark.parametrize("who", ["examiner", "auditor", "officer", "mediator", "patentee"])
def test_nobody_else_halts(cast, who):
    with pytest.raises(WrongRole):
        halt(cast, who)
    assert standing_halt() is None


def test_a_halt_needs_a_reason_and_stands_once(cast):
    with pytest.raises(Refused) as refusal:
        halt(cast, reason="  ")
    assert rules(refusal) == ["H1"]
    halt(cast)
    with pytest.raises(Refused) as refusal:
        halt(cast, "administrator")
    assert rules(refusal) == ["H2"]


def test_to_resume_takes_two_persons_of_whom_the_second_is_an_approver(cast):
    halt(cast)
    with pytest.raises(Refused) as refusal:
        halting.resume_publication(by=cast.approver.actor, at=NOW)
    assert rules(refusal) == ["H3"]
    propose(cast, "approver")
    with pytest.raises(Refused) as refusal:
        halting.resume_publication(by=cast.approver.actor, at=NOW)
    assert rules(refusal) == ["H3"]
    with pytest.raises(WrongRole):
        halting.resume_publication(by=cast.administrator.actor, at=NOW)
    propose(cast)
    resumed = halting.resume_publication(by=cast.approver.actor, at=NOW)
    assert (resumed.proposed_by, resumed.resumed_by) == (cast.administrator.user, cast.approver.user)
    assert standing_halt() is None
    assert [event.event for event in AuditEvent.objects.filter(subject_id=resumed.pk).order_by("id")] == [
        "halt_publication", "propose_resumption", "propose_resumption", "resume_publication",
    ]  # fmt: skip


def test_nothing_is_resumed_that_is_not_halted(cast):
    with pytest.raises(Refused) as refusal:
        propose(cast)
    assert rules(refusal) == ["H2"]


def test_while_halted_nothing_is_published_and_afterwards_everything_is(cast):
    statement = approved(cast)
    halt(cast)
    with pytest.raises(halting.PublicationHalted, match="印刷文件有误"):
        publish()
    with pytest.raises(CommandError, match="publication is halted"):
        call_command("publish_bulletin", "--extra")
    statement.refresh_from_db()
    assert (statement.status, BulletinIssue.objects.count()) == (StatementStatus.APPROVED, 0)
    propose(cast)
    halting.resume_publication(by=cast.approver.actor, at=NOW)
    issue = publish()
    assert (issue.number, issue.entry_count) == (1, 1)


def test_the_database_refuses_an_issue_while_halted(cast):
    announced(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the issue that came out before
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    halt(cast)
    issue = BulletinIssue.objects.get()
    entry = BulletinEntry.objects.get()
    issue.pk = entry.pk = None
    entry.subject_id = uuid4()
    issue.number, issue.serial, issue.issued_on = 2, 2, issue.issued_on + timedelta(days=1)
    issue.tree_size, issue.previous_root = issue.tree_size + issue.entry_count, issue.root_hash
    with pytest.raises(DatabaseError, match="publication is halted"), transaction.atomic():
        (entry.issue,) = BulletinIssue.objects.bulk_create([issue])
        BulletinEntry.objects.bulk_create([entry])
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert BulletinIssue.objects.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_publicationhalt SET reason = 'another'",
        "UPDATE registry_publicationhalt SET halted_at = halted_at - interval '1 day'",
        "UPDATE registry_publicationhalt SET resumed_at = now()",
        "UPDATE registry_publicationhalt SET resumed_at = now(), resumed_by_id = halted_by_id",
        "UPDATE registry_publicationhalt SET proposed_at = now(), proposed_by_id = halted_by_id",
        "UPDATE registry_publicationhalt SET proposed_at = now(), proposed_by_id = halted_by_id,"
        " resume_reason = 'x', resumed_at = now(), resumed_by_id = halted_by_id",
        "DELETE FROM registry_publicationhalt",
        "TRUNCATE registry_publicationhalt",
    ],
)
def test_a_halt_is_not_lifted_by_raw_sql_of_one_person(cast, sql):
    halt(cast)
    with pytest.raises(DatabaseError, match=r"halt_|Cannot|kept for ever"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(sql)
    assert standing_halt() is not None


def test_a_resumed_halt_never_changes_again(cast):
    halt(cast)
    propose(cast)
    halting.resume_publication(by=cast.approver.actor, at=NOW)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        PublicationHalt.objects.update(resumed_at=None, resumed_by=None)


@pytest.mark.django_db(transaction=True)
def test_a_halt_between_two_batches_stops_a_publisher_at_work_within_five_seconds(cast):
    """A publisher announces batch after batch, each on its day; the halt comes while it runs."""
    batches = 60
    approved(cast)
    first_out, ended = threading.Event(), []

    def publisher():
        try:
            for day in range(batches):
                at = ISSUE_DAY + timedelta(days=day)
                publish(at)
                first_out.set()
                approved(cast, at=at)
        except halting.PublicationHalted:
            ended.append(time.monotonic())
        finally:
            first_out.set()
            connections.close_all()

    thread = threading.Thread(target=publisher)
    thread.start()
    assert first_out.wait(60)
    begun = time.monotonic()
    halt(cast)
    issues = BulletinIssue.objects.count()
    thread.join(60)
    assert ended, "the publisher was not stopped"
    assert max(ended) - begun < 5
    assert 1 <= issues < batches
    assert BulletinIssue.objects.count() == issues


@pytest.mark.django_db(transaction=True)
def test_an_issue_in_the_press_does_not_come_out_any_more(cast, monkeypatch):
    statement = approved(cast)
    in_press, go_on, ended = threading.Event(), threading.Event(), []
    real = publishing.print_issue

    def slow_press(*args, **kwargs):
        printed = real(*args, **kwargs)
        in_press.set()
        assert go_on.wait(30)
        return printed

    monkeypatch.setattr(publishing, "print_issue", slow_press)

    def publisher():
        try:
            ended.append(publish())
        except halting.PublicationHalted as halted:
            ended.append(halted)
        finally:
            connections.close_all()

    thread = threading.Thread(target=publisher)
    thread.start()
    assert in_press.wait(30)
    begun = time.monotonic()
    halt(cast)
    assert time.monotonic() - begun < 5, "the halt waited for the press"
    go_on.set()
    thread.join(30)
    assert [type(item) for item in ended] == [halting.PublicationHalted]
    statement.refresh_from_db()
    assert (statement.status, BulletinIssue.objects.count()) == (StatementStatus.APPROVED, 0)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_real_worker_publishes_nothing_while_halted_and_goes_on_afterwards(cast, celery_worker_process):
    before = timezone.now() - timedelta(hours=1)
    approved(cast, at=before)
    halt(cast, at=before)
    current_app.send_task("registry.publish_bulletin", kwargs={"extra": True})
    _until(lambda: "no issue today" in celery_worker_process.said)
    assert BulletinIssue.objects.count() == 0
    propose(cast)
    halting.resume_publication(by=cast.approver.actor, at=NOW)
    current_app.send_task("registry.publish_bulletin", kwargs={"extra": True})
    _until(BulletinIssue.objects.exists)
    assert BulletinIssue.objects.get().entry_count == 1


def _until(condition, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)
