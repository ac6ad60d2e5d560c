"""The audit trail can be added to and read; nobody changes, removes or empties it, on any path."""

import pytest
from django.db import DatabaseError, connection, transaction

from core import audit
from core.legal import GL, LAW
from core.lifecycle import Actor
from core.models import AuditEvent
from tests.cast import NOW


@pytest.fixture
def event(cast) -> AuditEvent:
    return audit.record("open", cast.patent(), by=Actor.system("door"), at=NOW, data={"number": 1})


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


PATHS = {
    "save": lambda event: AuditEvent(**{**stored(event), "event": "shut"}).save(),
    "update": lambda event: AuditEvent.objects.update(event="shut"),
    "bulk update": lambda event: AuditEvent.objects.bulk_update([changed(event)], ["data"]),
    "delete": lambda event: event.delete(),
    "delete by query": lambda event: AuditEvent.objects.all().delete(),
    "SQL UPDATE": lambda event: execute("UPDATE core_auditevent SET actor_label = 'nobody'"),
    "SQL DELETE": lambda event: execute("DELETE FROM core_auditevent"),
    "SQL TRUNCATE": lambda event: execute("TRUNCATE core_auditevent"),
    "SQL TRUNCATE CASCADE": lambda event: execute("TRUNCATE core_auditevent RESTART IDENTITY CASCADE"),
}


def stored(event):
    return AuditEvent.objects.values().get(pk=event.pk)


def changed(event):
    event.data = {}
    return event


@pytest.mark.parametrize("path", PATHS)
def test_no_path_changes_an_event(event, path):
    before = stored(event)
    with pytest.raises(DatabaseError), transaction.atomic():
        PATHS[path](event)
    assert stored(event) == before


def test_an_event_names_articles_roles_and_subject(cast):
    patent, examiner = cast.patent(), cast.examiner.actor
    event = audit.record(
        "look", patent, by=examiner, at=NOW, basis=[LAW(50, 1), GL("V-11 §3.4")], from_status="a", to_status="b"
    )
    assert (event.basis, event.actor_roles) == ("LAW 50(1); GL V-11 §3.4", "examiner")
    assert (event.subject_type, event.subject_id) == ("registry.patent", patent.pk)
    assert (event.from_status, event.to_status, event.data) == ("a", "b", {})


def test_the_database_adds_when_it_was_written(event):
    assert event.recorded_at is not None
    assert event.at == NOW


def test_history_is_of_one_thing_oldest_first(cast):
    one, other = cast.patent(), cast.patent()
    for name, subject in (("first", one), ("elsewhere", other), ("second", one)):
        audit.record(name, subject, by=Actor.system("test"), at=NOW)
    assert [event.event for event in audit.history(one) if event.actor_label == "test"] == ["first", "second"]


def test_a_very_long_name_is_cut_rather_than_the_act_refused(cast):
    event = audit.record("look", cast.patent(), by=Actor.system("n" * 500), at=NOW)
    assert event.actor_label == "n" * 200
