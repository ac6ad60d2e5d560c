"""What the tables of events and duties refuse, by raw SQL."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from registry.actions.events import take_in_events
from registry.models import Aftermath, ParkedEvent, RegisterEvent, Watch, WithdrawalDuty
from tests.cast import NOW
from tests.registry.actions.test_events import BY, received

pytestmark = pytest.mark.django_db


def refused(sql, *values, match):
    with pytest.raises(DatabaseError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.fixture
def event(cast):
    take_in_events(events=[received(cast.patent(), "pledge", "2026-02-03", pledgee="Bank")], by=BY, at=NOW)
    return RegisterEvent.objects.get()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE registry_registerevent SET details = '{}'",
        "UPDATE registry_registerevent SET effective_on = effective_on - 1",
        "UPDATE registry_registerevent SET received_at = now()",
        "DELETE FROM registry_registerevent",
        "TRUNCATE registry_registerevent CASCADE",
    ],
)
def test_an_event_is_kept_for_ever_as_received(event, change):
    refused(change, match="Cannot|kept for ever")
    assert RegisterEvent.objects.get().details == {"pledgee": "Bank"}


INSERT = """
    INSERT INTO registry_registerevent (id, patent_number, kind, effective_on, source, reference, details, as_of,
        received_at, received_by)
    SELECT gen_random_uuid(), {number}, {kind}, effective_on, {source}, {reference}, details, {as_of}, received_at,
        received_by FROM registry_registerevent
"""
COLUMNS = {
    "number": "patent_number",
    "kind": "kind",
    "source": "source",
    "reference": "reference || 'x'",
    "as_of": "as_of",
}


@pytest.mark.parametrize(
    ("constraint", "column", "value"),
    [
        ("event_once_per_source", "reference", "reference"),
        ("event_of_known_kind", "kind", "'gift'"),
        ("event_has_source", "source", "''"),
        ("event_has_source", "reference", "''"),
        ("event_number_form", "number", "'ZL1'"),
        ("event_as_of_not_to_come", "as_of", "received_at + interval '1 second'"),
    ],
)
def test_an_event_is_well_formed(event, constraint, column, value):
    refused(INSERT.format(**{**COLUMNS, column: value}), match=constraint)


ANNUL = """
    INSERT INTO registry_registerevent (id, patent_number, kind, effective_on, source, reference, details, as_of,
        received_at, received_by)
    SELECT gen_random_uuid(), patent_number, %s, effective_on, %s, %s, %s, as_of, received_at, received_by
    FROM registry_registerevent WHERE kind = 'pledge'
"""
NAMES = "event_annulment_names_event_and_reason"


@pytest.mark.parametrize(
    ("constraint", "kind", "source", "details"),
    [
        (NAMES, "annulment", "gazette", {}),
        (NAMES, "annulment", "gazette", {"annuls": "P7"}),
        (NAMES, "annulment", "gazette", {"annuls": "P7", "reason": ""}),
        (NAMES, "annulment", "gazette", {"annuls": "", "reason": "Wrong."}),
        (NAMES, "annulment", "gazette", {"reason": "Wrong."}),
        (NAMES, "lapse", "gazette", {"annuls": "P7", "reason": "Wrong."}),
        (NAMES, "lapse", "office", {"annuls_source": "gazette"}),
        (
            "event_annuls_its_source_s_own",
            "annulment",
            "gazette",
            {"annuls": "P7", "annuls_source": "annuities", "reason": "Wrong."},
        ),
        ("event_annuls_another", "annulment", "gazette", {"annuls": "A1", "reason": "Wrong."}),
        (
            "event_annuls_another",
            "annulment",
            "office",
            {"annuls": "A1", "annuls_source": "office", "reason": "Wrong."},
        ),
    ],
)
def test_an_annulment_names_another_event_of_its_source_with_a_reason(event, constraint, kind, source, details):
    refused(ANNUL, kind, source, "A1", json.dumps(details), match=constraint)


def test_what_an_annulment_may_say_is_kept(event):
    with connection.cursor() as cursor:
        cursor.execute(ANNUL, ["annulment", "gazette", "A1", json.dumps({"annuls": "P7", "reason": "Wrong."})])
        said = {"annuls": "A1", "annuls_source": "gazette", "reason": "Wrong."}
        cursor.execute(ANNUL, ["annulment", "office", "A1", json.dumps(said)])
    assert RegisterEvent.objects.filter(kind="annulment").count() == 2


@pytest.fixture
def aftermath(cast):
    statement = cast.statement_in("announced")
    events = [
        received(statement.patent, "annuity_late", "2026-03-01", ref="wrong"),
        received(statement.patent, "pledge", "2026-03-01", ref="A1", pledgee="Bank"),
    ]
    take_in_events(events=events, by=BY, at=NOW)
    wrong, other = RegisterEvent.objects.get(reference="wrong"), RegisterEvent.objects.get(reference="A1")
    return Aftermath.objects.create(statement=statement, event=wrong, annulment=other, kind="ended", found_at=NOW)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("Cannot update", "kind = 'refused'"),
        ("Cannot update", "annulment_id = event_id"),
        ("Cannot update", "found_at = now()"),
        ("aftermath_settled_with_note", "settled_at = now()"),
        ("aftermath_settled_with_note", "note = 'Done.'"),
    ],
)
def test_an_aftermath_is_kept_as_found(aftermath, name, change):
    refused(f"UPDATE registry_aftermath SET {change}", match=name)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        ("aftermath_once", "event_id, statement_id, annulment_id, kind, found_at, note"),
        ("aftermath_of_another_event", "event_id, statement_id, event_id, kind, found_at, note"),
        ("aftermath_of_known_kind", "annulment_id, statement_id, event_id, 'lost', found_at, note"),
    ],
)
def test_an_aftermath_is_well_formed(aftermath, name, columns):
    refused(
        "INSERT INTO registry_aftermath (id, event_id, statement_id, annulment_id, kind, found_at, note)"
        f" SELECT gen_random_uuid(), {columns} FROM registry_aftermath",
        match=name,
    )


def test_an_aftermath_is_settled_once_and_never_deleted(cast, aftermath):
    refused("DELETE FROM registry_aftermath", match="Cannot delete")
    Aftermath.objects.update(settled_at=NOW, settled_by=cast.examiner.user, note="Declared anew.")
    refused("UPDATE registry_aftermath SET note = 'Something else.'", match="Cannot update")


def test_a_parked_event_is_dismissed_with_a_reason_and_not_entered_too(cast, event):
    parked = ParkedEvent.objects.create(event=event, code="no_entry", parked_at=NOW)
    update = "UPDATE registry_parkedevent SET {} WHERE event_id = %s"
    refused(update.format("dismissed_at = now()"), parked.pk, match="parked_event_dismissed_with_reason")
    refused(update.format("dismissal_reason = 'Why'"), parked.pk, match="parked_event_dismissed_with_reason")
    ParkedEvent.objects.update(dismissed_at=NOW, dismissed_by=cast.examiner.user, dismissal_reason="Wrong patent.")
    refused(update.format("applied_at = now()"), parked.pk, match="parked_event_settled_one_way")
    refused(update.format("annulled_at = now()"), parked.pk, match="parked_event_settled_one_way")


@pytest.fixture
def duty(cast):
    statement = cast.statement_in("announced")
    take_in_events(events=[received(statement.patent, "annuity_late", "2026-03-01")], by=BY, at=NOW)
    return WithdrawalDuty.objects.get()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("duty_due_after_its_ground", "due_on = since_on"),
        ("duty_consequence_is_the_offices", "consequence = 'withdrawal'"),
        ("duty_closed_with_outcome", "closed_at = now()"),
        ("duty_closed_with_outcome", "outcome = 'removed'"),
    ],
)
def test_a_duty_is_well_formed(duty, constraint, change):
    refused(f"UPDATE registry_withdrawalduty SET {change}", match=constraint)


def test_a_statement_has_one_running_duty(duty):
    columns = "statement_id, rules, since_on, due_on, consequence, opened_at, outcome"
    refused(
        f"INSERT INTO registry_withdrawalduty (id, {columns})"
        f" SELECT gen_random_uuid(), {columns} FROM registry_withdrawalduty",
        match="duty_one_open_per_statement",
    )


def test_one_watches_one_thing_once(cast, duty):
    watch = Watch.objects.create(
        organisation=cast.rival.organisation, statement=duty.statement, begun_by=cast.rival.user, begun_at=NOW
    )
    refused("UPDATE registry_watch SET statement_id = NULL", match="watch_of_one_thing")
    refused("UPDATE registry_watch SET patent_id = %s", duty.statement.patent_id, match="watch_of_one_thing")
    columns = "organisation_id, patent_id, statement_id, begun_by_id, begun_at"
    refused(
        f"INSERT INTO registry_watch (id, {columns}) SELECT gen_random_uuid(), {columns} FROM registry_watch"
        " WHERE id = %s",
        watch.pk,
        match="watch_statement_once",
    )
