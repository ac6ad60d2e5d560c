"""The one place that changes a status: under a lock, by the table, with its audit event or not at all."""

import threading
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from core import audit
from core.legal import LAW
from core.lifecycle import IllegalStep, WrongRole
from core.models import AuditEvent
from core.transitions import advance, advance_many, lock
from registry.models import Statement
from tests.cast import NOW


@pytest.fixture
def draft(cast) -> Statement:
    return cast.draft()


def status_of(statement):
    return Statement.objects.values_list("status", flat=True).get(pk=statement.pk)


def test_a_lawful_step_changes_the_status_and_records_who_did_it_when_and_on_which_article(cast, draft):
    actor = cast.patentee.actor
    after = advance(draft, "discard", by=actor, at=NOW, data={"why": "sold"})
    assert (after.status, draft.status, status_of(draft)) == ("discarded", "discarded", "discarded")
    event = audit.history(draft).last()
    assert (event.event, event.from_status, event.to_status, event.at) == ("discard", "draft", "discarded", NOW)
    assert (event.actor_user_id, event.organisation_id) == (actor.user_id, actor.organisation_id)
    assert (event.actor_label, event.actor_roles) == (actor.label, ",".join(sorted(actor.roles)))
    assert (event.basis, event.data) == (LAW(50, 1).code, {"why": "sold"})
    assert (event.subject_type, event.subject_id) == ("registry.statement", draft.pk)


def test_columns_change_together_with_the_status(cast, draft):
    later = NOW + timedelta(hours=1)
    advance(draft, "discard", by=cast.patentee.actor, at=later, fields={"saved_at": later})
    assert draft.saved_at == later
    assert Statement.objects.get(pk=draft.pk).saved_at == later


def test_nothing_else_of_the_caller_s_copy_is_written(cast, draft):
    draft.contact_name = "Somebody else"
    advance(draft, "discard", by=cast.patentee.actor, at=NOW)
    assert Statement.objects.get(pk=draft.pk).contact_name != "Somebody else"


@pytest.mark.parametrize(
    ("event", "who", "error"),
    [("announce", "patentee", IllegalStep), ("discard", "approver", WrongRole), ("discard", "examiner", WrongRole)],
)
def test_a_refused_step_changes_nothing_and_records_nothing(cast, draft, event, who, error):
    before = audit.history(draft).count()
    with pytest.raises(error):
        advance(draft, event, by=getattr(cast, who).actor, at=NOW)
    assert (status_of(draft), audit.history(draft).count()) == ("draft", before)


def test_the_row_counts_not_the_caller_s_stale_copy(cast, draft):
    stale = Statement.objects.get(pk=draft.pk)
    advance(draft, "discard", by=cast.patentee.actor, at=NOW)
    assert stale.status == "draft"
    with pytest.raises(IllegalStep) as refused:
        advance(stale, "discard", by=cast.patentee.actor, at=NOW)
    assert refused.value.state == "discarded"


def test_an_act_whose_audit_event_cannot_be_written_fails_whole(cast, draft):
    """The trail is cut off by the database itself: a constraint that no event passes."""
    events = AuditEvent.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_auditevent ADD CONSTRAINT shut CHECK (event <> 'discard') NOT VALID")
    with pytest.raises(IntegrityError), transaction.atomic():
        advance(draft, "discard", by=cast.patentee.actor, at=NOW)
    assert (status_of(draft), AuditEvent.objects.count()) == ("draft", events)


def test_a_step_and_its_event_vanish_together_when_the_act_around_them_fails(cast, draft):
    events = AuditEvent.objects.count()

    def act():
        with transaction.atomic():
            advance(draft, "discard", by=cast.patentee.actor, at=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert (status_of(draft), AuditEvent.objects.count()) == ("draft", events)


def test_the_database_refuses_by_itself_what_the_table_does_not_know(draft):
    for path in (
        lambda: Statement.objects.filter(pk=draft.pk).update(status="announced"),
        lambda: raw("UPDATE registry_statement SET status = 'announced' WHERE id = %s", draft.pk),
        lambda: raw("UPDATE registry_statement SET status = 'nonsense' WHERE id = %s", draft.pk),
    ):
        with pytest.raises(DatabaseError, match="is not a lawful step"), transaction.atomic():
            path()
    assert status_of(draft) == "draft"


def raw(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.django_db(transaction=True)
def test_a_second_act_waits_for_the_first_and_then_sees_what_it_did(cast):
    draft, actor = cast.draft(), cast.patentee.actor
    locked, outcome = threading.Event(), []

    def second():
        locked.wait(10)
        try:
            advance(draft, "discard", by=actor, at=NOW)
        except IllegalStep as refused:
            outcome.append(refused.state)
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        lock(draft)
        locked.set()
        thread.join(0.5)
        assert thread.is_alive()  # it waits for the lock
        advance(Statement.objects.get(pk=draft.pk), "discard", by=actor, at=NOW)
    thread.join(10)
    assert outcome == ["discarded"]


def test_a_lock_outside_a_transaction_is_an_error(transactional_db, cast):
    draft = cast.draft()
    with pytest.raises(transaction.TransactionManagementError):
        lock(draft)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_try_at_once_one_succeeds(cast):
    draft, actor = cast.draft(), cast.patentee.actor
    start, outcomes = threading.Barrier(12), []

    def attempt():
        start.wait(10)
        try:
            advance(draft, "discard", by=actor, at=NOW)
            outcomes.append("won")
        except IllegalStep:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=attempt) for _number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["refused"] * 11 + ["won"]
    assert audit.history(draft).filter(event="discard").count() == 1


# ---- the same step with many things


def test_many_take_a_step_together_each_with_its_values_and_event(cast):
    drafts = [cast.draft() for _n in range(3)]
    texts = [f"{number}" * 64 for number in range(3)]
    before = drafts[0].status
    advance_many(
        drafts, "discard", by=cast.patentee.actor, at=NOW, fields={"content_hash": texts},
        data=[{"n": number} for number in range(3)],
    )  # fmt: skip
    kept = {pk: (status, text) for pk, status, text in Statement.objects.values_list("pk", "status", "content_hash")}
    assert kept == {draft.pk: ("discarded", text) for draft, text in zip(drafts, texts, strict=True)}
    for number, draft in enumerate(drafts):
        event = audit.history(draft).last()
        assert (event.from_status, event.to_status, event.data) == (before, "discarded", {"n": number})
        assert (draft.status, draft.content_hash) == ("discarded", texts[number])


def test_where_one_of_many_has_moved_none_is_said_to_have(cast):
    drafts = [cast.draft() for _n in range(2)]
    advance(Statement.objects.get(pk=drafts[1].pk), "discard", by=cast.patentee.actor, at=NOW)
    with pytest.raises(IllegalStep), transaction.atomic():
        advance_many(drafts, "discard", by=cast.patentee.actor, at=NOW, fields={})
    assert status_of(drafts[0]) == "draft"


def test_nothing_takes_no_step(cast):
    advance_many([], "discard", by=cast.patentee.actor, at=NOW, fields={})
    assert AuditEvent.objects.count() == 0
