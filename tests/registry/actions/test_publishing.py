"""Publishing an issue: the last check, the order, the numbers, the log, two publishers, a crash."""

import gc
import re
import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.actions.mandates import revoke_mandate
from accounts.models import Mandate
from accounts.notifications import in_reader_s_language
from core.deadlines import law_date
from core.lifecycle import WrongRole
from core.models import AuditEvent, OutboxMessage
from registry.actions import approving, ending, ending_requests, examining, publishing
from registry.bulletin.canonical import canonical
from registry.bulletin.merkle import leaf_hash, root_of
from registry.enums import EntryKind, StatementStatus
from registry.models import BulletinEntry, BulletinIssue, Patentee, Statement
from registry.queries.statements import violations_of
from tests.cast import NOW, Cast
from tests.database import refusal_of
from tests.factories.patents import PledgeFactory
from tests.factories.statements import ISSUE_DAY, announced, approved, examining_now, publish

pytestmark = pytest.mark.django_db


def test_an_announced_statement_is_effective_on_the_day_of_announcement_not_of_decision():
    """GL V-11 §3.5; worked example 10."""
    statement = announced(Cast())
    assert statement.status == StatementStatus.ANNOUNCED
    assert statement.effective_on == date(2026, 3, 3)
    assert statement.announced_in.issue.issued_on == date(2026, 3, 3)


def test_no_person_publishes():
    cast = Cast()
    statement = approved(cast)
    for person in (cast.approver, cast.administrator, cast.patentee):
        with pytest.raises(WrongRole):
            publishing.publish_issue(by=person.actor, at=ISSUE_DAY)
    statement.refresh_from_db()
    assert (statement.status, BulletinIssue.objects.count()) == (StatementStatus.APPROVED, 0)


def test_the_entry_says_every_field_the_guidelines_list():
    statement = announced(Cast())
    content = statement.announced_in.content
    assert content["statement_number"] == statement.number
    assert content["patentees"] == ["Lakeside University"]
    assert content["fee"] == {"fee_mode": "lump_sum", "fixed_amount": "20000.00"}
    assert content["term"] == {"mode": "until", "until": "2030-12-31"}
    assert content["effective_on"] == "2026-03-03"
    assert content["contact"]["name"] == "陆湖"
    assert "payee" not in str(content)
    assert {"main_class", "patent_number", "title", "filed_on", "granted_on"} <= set(content)


@pytest.mark.slow
def test_of_batches_of_1_to_20_only_the_barred_statement_is_held_back_wherever_it_stands():
    """safety.md §1.4: a pledge registered between approval and publication holds back that statement alone."""
    cast, batch, tried = Cast(), [], 0
    for size in range(1, 21):
        batch.append(approved(cast))
        for barred in range(size):
            point = transaction.savepoint()
            PledgeFactory(patent=batch[barred].patent, since_on=date(2026, 3, 2))
            issue = publish()
            assert (issue.entry_count if issue else 0) == size - 1
            found = Statement.objects.in_bulk([statement.pk for statement in batch])
            held = [n for n, item in enumerate(batch) if found[item.pk].status == StatementStatus.HELD]
            announced_ones = [n for n, item in enumerate(batch) if found[item.pk].status == StatementStatus.ANNOUNCED]
            assert (held, announced_ones) == ([barred], [n for n in range(size) if n != barred])
            assert [reason["rule"] for reason in found[batch[barred].pk].hold_reasons] == ["G4"]
            transaction.savepoint_rollback(point)
            tried += 1
    assert tried == 210


@pytest.mark.parametrize("since", ["the mandate was revoked", "the patentee moved abroad"])
def test_what_was_sent_under_a_mandate_is_announced_after_it(cast, since):
    """Guidelines V-11, section 3.3 and Patent Law, Art. 18 are asked when the text is sent (docs/adr/0020)."""
    statement = cast.statement_in("approved", by=cast.agency)
    if since == "the mandate was revoked":
        revoke_mandate(Mandate.objects.get(), by=cast.patentee.actor, at=NOW)
    else:
        Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")
    publish()
    statement.refresh_from_db()
    assert statement.status == StatementStatus.ANNOUNCED


def test_what_a_patentee_sent_before_it_moved_abroad_is_announced(cast):
    statement = cast.statement_in("approved")
    Patentee.objects.filter(pk=cast.patentee.patentee.pk).update(residence="XX")
    publish()
    statement.refresh_from_db()
    assert statement.status == StatementStatus.ANNOUNCED


def test_why_a_statement_was_held_back_is_read_in_the_language_of_the_reader():
    statement = approved(Cast())
    PledgeFactory(patent=statement.patent, since_on=date(2026, 3, 2))
    publish()
    statement.refresh_from_db()
    [reason] = statement.hold_reasons
    assert "who has not consented" in reason["message"]["en"]
    assert "质权人" in reason["message"]["zh-hans"]
    with override("zh-hans"):
        assert in_reader_s_language(reason["message"]) == reason["message"]["zh-hans"]
    assert in_reader_s_language("as it was kept before") == "as it was kept before"


def test_publishing_asks_the_database_as_often_for_twenty_statements_as_for_two():
    cast = Cast()
    counted = []
    for day, size in enumerate((2, 20)):
        for _ in range(size):
            approved(cast)
        with CaptureQueriesContext(connection) as queries:
            assert publish(ISSUE_DAY + timedelta(days=day)).entry_count == size
        counted.append(len(queries))
    assert counted[1] <= counted[0] + 1


def test_entries_stand_in_the_order_of_main_class_and_number():
    cast = Cast()
    for main_class in ("H01M10/613", "A61K31/00", "B01D1/00"):
        approved(cast, cast.patent(main_class=main_class))
    issue = publish()
    assert [entry.content["main_class"] for entry in issue.entries.all()] == ["A61K31/00", "B01D1/00", "H01M10/613"]
    assert [entry.position for entry in issue.entries.all()] == [1, 2, 3]


def test_the_root_covers_all_entries_ever_announced():
    cast = Cast()
    announced(cast)
    for _ in range(2):
        approved(cast, at=ISSUE_DAY)
    second = publish(ISSUE_DAY + timedelta(days=3))
    entries = BulletinEntry.objects.order_by("issue__serial", "position")
    leaves = [
        leaf_hash(
            canonical(
                {"issue": str(entry.issue), "position": entry.position, "kind": entry.kind, "content": entry.content}
            )
        )
        for entry in entries
    ]
    assert [entry.content_hash for entry in entries] == leaves
    assert second.root_hash == root_of(leaves)
    assert second.tree_size == 3
    assert second.previous_root == BulletinIssue.objects.get(serial=1).root_hash


def test_a_day_has_one_issue_and_what_comes_later_waits_for_the_next():
    cast = Cast()
    announced(cast)
    late = approved(cast, at=ISSUE_DAY)
    assert publish(ISSUE_DAY + timedelta(hours=1)) is None
    late.refresh_from_db()
    assert late.status == StatementStatus.APPROVED


def test_nothing_ready_makes_no_issue_and_takes_no_number():
    assert publish() is None
    announced(Cast())
    assert BulletinIssue.objects.get().number == 1


def test_a_withdrawal_ends_the_statement_on_its_announcement():
    """LAW 50(2); GL V-11 §4: effective on announcement."""
    cast = Cast()
    statement = announced(cast)
    request = ending_requests.request_withdrawal(
        statement=statement,
        grounds="专利权人调整许可策略。",
        unconditional=True,
        papers=[],
        by=cast.patentee.actor,
        at=ISSUE_DAY,
    )
    request = ending.pass_ending(ending=request, by=cast.examiner.actor, at=ISSUE_DAY)
    ending.approve_ending(ending=request, by=cast.approver.actor, at=ISSUE_DAY)
    issue = publish(ISSUE_DAY + timedelta(days=3))
    statement.refresh_from_db()
    assert (statement.status, statement.ended_on) == (StatementStatus.WITHDRAWN, date(2026, 3, 6))
    assert [entry.kind for entry in issue.entries.all()] == [EntryKind.WITHDRAWAL]
    assert issue.entries.get().content["ended_on"] == "2026-03-06"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE registry_bulletinissue SET root_hash = repeat('0', 64)",
        "UPDATE registry_bulletinissue SET issued_on = issued_on + 1",
        "DELETE FROM registry_bulletinissue",
        "TRUNCATE registry_bulletinissue CASCADE",
        "UPDATE registry_bulletinentry SET content = '{}'",
        "UPDATE registry_bulletinentry SET position = position + 10",
        "DELETE FROM registry_bulletinentry",
        "TRUNCATE registry_bulletinentry CASCADE",
        "UPDATE registry_statement SET effective_on = effective_on - 1",
        "UPDATE registry_statement SET fixed_amount = 1",
        "UPDATE registry_statement SET term_until = NULL",
        "UPDATE registry_statement SET status = 'draft'",
        "DELETE FROM registry_statement",
    ],
)
def test_what_is_published_refuses_change_by_raw_sql(sql):
    announced(Cast())
    before = list(BulletinEntry.objects.values()), list(BulletinIssue.objects.values())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        said = refusal_of(lambda: cursor.execute(sql))
    assert re.search(r"pgtrigger|kept for ever|lifecycle|constraint", said), said
    assert (list(BulletinEntry.objects.values()), list(BulletinIssue.objects.values())) == before


def test_a_published_issue_takes_no_further_entry():
    statement = announced(Cast())
    entry = statement.announced_in
    entry.pk, entry.position, entry.kind = None, 2, EntryKind.TERMINATION
    with pytest.raises(Exception, match="takes no further entries"), transaction.atomic():
        BulletinEntry.objects.bulk_create([entry])


@pytest.mark.django_db(transaction=True)
def test_two_publishers_at_once_make_one_issue():
    cast = Cast()
    for _ in range(3):
        approved(cast)
    made = []
    barrier = threading.Barrier(4)

    def run():
        barrier.wait()
        try:
            made.append(publish())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(issue is not None for issue in made) == [False, False, False, True]
    assert BulletinIssue.objects.get().entry_count == 3
    assert AuditEvent.objects.filter(event="announce").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_crash_in_the_middle_leaves_nothing_and_no_gap(monkeypatch):
    cast = Cast()
    for _ in range(2):
        approved(cast)
    owed = OutboxMessage.objects.count()

    def crash(*args, **kwargs):
        real(*args, **kwargs)
        raise KeyboardInterrupt

    real = publishing.tell_filers
    monkeypatch.setattr(publishing, "tell_filers", crash)
    with pytest.raises(KeyboardInterrupt):
        publish()
    assert (BulletinIssue.objects.count(), BulletinEntry.objects.count()) == (0, 0)
    assert OutboxMessage.objects.count() == owed
    monkeypatch.setattr(publishing, "tell_filers", real)
    assert publish().number == 1


def test_an_announced_statement_expires_after_its_last_day():
    cast = Cast()
    statement = announced(cast, term_until="2026-12-31")
    last_day = NOW.replace(year=2026, month=12, day=31)
    by = cast.examiner.actor.system("expiry")
    assert publishing.expire_statements(by=by, at=last_day) == []
    assert publishing.expire_statements(by=by, at=last_day + timedelta(days=1)) == [statement]
    statement.refresh_from_db()
    assert (statement.status, statement.ended_on) == (StatementStatus.EXPIRED, date(2027, 1, 1))


def test_what_exceeds_a_cap_is_announced_with_its_recorded_exception_and_never_without():
    """The last check asks for it again, and the database lets nobody take it away in between."""
    cast = Cast()
    over = {"fixed_amount": "20000000.01", "exception_request": "该专利为成套设备核心专利。"}
    statement = examining.pass_statement(
        statement=examining_now(cast, **over), by=cast.examiner.actor, at=NOW, override_reason="评估支持。"
    )
    approving.approve(statement=statement, by=cast.approver.actor, at=NOW)
    with pytest.raises(IntegrityError, match="statement_fixed_cap"), transaction.atomic():
        Statement.objects.filter(pk=statement.pk).update(cap_override_reason="")
    lost = Statement.objects.get(pk=statement.pk)
    lost.cap_override_reason = ""
    assert [item.rule for item in violations_of(lost, on=law_date(ISSUE_DAY)) if item.blocks] == ["F8"]
    publish()
    statement.refresh_from_db()
    assert statement.status == StatementStatus.ANNOUNCED


def test_the_search_for_garbage_goes_on_after_an_issue_and_after_one_that_failed(cast):
    approved(cast)
    assert gc.isenabled()
    with pytest.raises(WrongRole):
        publishing.publish_issue(by=cast.administrator.actor, at=ISSUE_DAY)
    assert gc.isenabled()
    assert publish().entry_count == 1
    assert gc.isenabled()
    gc.disable()
    try:
        assert publish(ISSUE_DAY + timedelta(days=4)) is None
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_of_two_publishers_in_one_process_the_last_turns_the_search_for_garbage_on_again():
    pause, inside, leave = publishing.NoSearchForGarbage(), threading.Barrier(2), threading.Event()

    def first():
        with pause:
            inside.wait()
            leave.wait()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait()
    with pause:
        leave.set()
        thread.join()
        assert not gc.isenabled()
    assert gc.isenabled()
