"""What the tables of events and duties refuse, by raw SQL."""

import pytest
from django.db import DatabaseError, connection, transaction

from registry.actions.events import take_in_events
from registry.models import ParkedEvent, RegisterEvent, Watch, WithdrawalDuty
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


def test_a_parked_event_is_dismissed_with_a_reason_and_not_entered_too(cast, event):
    parked = ParkedEvent.objects.create(event=event, code="no_entry", parked_at=NOW)
    update = "UPDATE registry_parkedevent SET {} WHERE event_id = %s"
    refused(update.format("dismissed_at = now()"), parked.pk, match="parked_event_dismissed_with_reason")
    refused(update.format("dismissal_reason = 'Why'"), parked.pk, match="parked_event_dismissed_with_reason")
    ParkedEvent.objects.update(dismissed_at=NOW, dismissed_by=cast.examiner.user, dismissal_reason="Wrong patent.")
    refused(update.format("applied_at = now()"), parked.pk, match="parked_event_applied_or_dismissed")


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
