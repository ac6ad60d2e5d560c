"""Every state × event × role cell of statements and endings: in the table, and in the database's trigger."""

from itertools import product

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from accounts.roles import Role
from core.lifecycle import IllegalStep, Lifecycle, WrongRole
from registry.enums import BatchStatus, EndingStatus, RectificationStatus, StatementStatus
from registry.lifecycles import BATCH_LIFE, ENDING, RECTIFICATION, STATEMENT
from registry.models import Ending, Rectification, Statement, StatementBatch
from tests.cast import NOW
from tests.factories import spreadsheets

FILER, EXAMINER, APPROVER, SYSTEM = {"patentee", "agency"}, {"examiner"}, {"approver"}, {"system"}
BEFORE_DECISION = "submitted examining correction passed refusal_proposed approved held"

# The law once more, written independently of the tables: event, states, target, roles.
LAW = {
    "statement": [
        ("discard", "draft", "discarded", FILER),
        ("submit", "draft", "submitted", FILER),
        ("claim", "submitted", "examining", EXAMINER),
        ("hand_back", "examining", "submitted", EXAMINER),
        ("reassign", "examining", "examining", APPROVER),
        ("reassign", "correction", "correction", APPROVER),
        ("release", "examining", "submitted", APPROVER),
        ("request_correction", "examining", "correction", EXAMINER),
        ("correct", "correction", "examining", FILER),
        ("extend", "correction", "correction", FILER),
        ("lapse", "correction", "lapsed", SYSTEM),
        ("cancel", BEFORE_DECISION, "canceled", FILER),
        ("pass", "examining", "passed", EXAMINER),
        ("propose_refusal", "examining", "refusal_proposed", EXAMINER),
        ("send_back", "passed refusal_proposed", "examining", APPROVER),
        ("approve", "passed", "approved", APPROVER),
        ("refuse", "refusal_proposed", "refused", APPROVER),
        ("hold", "approved", "held", SYSTEM),
        ("resume", "held", "examining", EXAMINER),
        ("announce", "approved", "announced", SYSTEM),
        ("withdraw", "announced", "withdrawn", SYSTEM),
        ("end", "announced", "ended", SYSTEM),
        ("revoke", "announced", "revoked", SYSTEM),
        ("expire", "announced", "expired", SYSTEM),
    ],
    "ending": [
        ("submit", "prepared", "requested", FILER),
        ("pass", "requested", "passed", EXAMINER),
        ("send_back", "passed", "requested", APPROVER),
        ("approve", "passed", "approved", APPROVER),
        ("hold", "approved", "requested", SYSTEM),
        ("refuse", "requested", "refused", EXAMINER),
        ("cancel", "prepared requested passed", "canceled", FILER),
        ("announce", "approved", "announced", SYSTEM),
    ],
    "batch": [
        ("checked", "checking", "checked", SYSTEM),
        ("unreadable", "checking", "unreadable", SYSTEM),
        ("replace", "checking checked unreadable", "replaced", FILER),
        ("discard", "checking checked unreadable", "discarded", FILER),
        ("check_again", "checked submitted", "checking", FILER),
        ("submit", "checked", "submitting", FILER),
        ("stop", "submitting", "checked", SYSTEM),
        ("finish", "submitting", "submitted", SYSTEM),
    ],
    "rectification": [
        ("approve", "proposed", "approved", APPROVER),
        ("decline", "proposed", "declined", APPROVER),
    ],
}
LIFECYCLES = {"statement": STATEMENT, "ending": ENDING, "batch": BATCH_LIFE, "rectification": RECTIFICATION}
STATES = {
    "statement": StatementStatus.values,
    "ending": EndingStatus.values,
    "batch": BatchStatus.values,
    "rectification": RectificationStatus.values,
}


def lawful(name: str) -> dict[tuple[str, str, str], str]:
    return {
        (state, event, role): target
        for event, states, target, roles in LAW[name]
        for state in states.split()
        for role in roles
    }


def answer(lifecycle: Lifecycle, state: str, event: str, role: str) -> str | None:
    try:
        return str(lifecycle.step(event, state, [role]).target)
    except (IllegalStep, WrongRole):
        return None


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_cell_of_the_table_is_as_the_law_says(name):
    lifecycle, allowed = LIFECYCLES[name], lawful(name)
    events = {row.event for row in lifecycle.transitions}
    assert events == {event for event, *_rest in LAW[name]}
    cells = list(product(STATES[name], sorted(events), Role.values))
    assert {cell: answer(lifecycle, *cell) for cell in cells} == {cell: allowed.get(cell) for cell in cells}


@pytest.mark.parametrize("name", LIFECYCLES)
def test_the_refusal_says_whether_state_or_role_is_wrong(name):
    lifecycle = LIFECYCLES[name]
    for row in lifecycle.transitions:
        for state in STATES[name]:
            expected = WrongRole if any(
                other.event == row.event and state in other.sources for other in lifecycle.transitions
            ) else IllegalStep  # fmt: skip
            with pytest.raises(expected):
                lifecycle.step(row.event, state, ["auditor"])


@pytest.mark.parametrize("name", LIFECYCLES)
def test_every_step_cites_its_article(name):
    assert [row.event for row in LIFECYCLES[name].transitions if not row.basis] == []


def trigger_allows(table: str, pk: object, source: str, target: str) -> bool:
    """Put the row into one state past every check, then ask the lifecycle's trigger alone about the step."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # nothing may be pending while the table is altered
        cursor.execute("SET LOCAL session_replication_role = replica")
        for constraint in _checks(cursor, table):
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{constraint}"')
        cursor.execute(f"UPDATE {table} SET status = %s WHERE id = %s", [source, pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
        try:
            with transaction.atomic():
                cursor.execute(f"UPDATE {table} SET status = %s WHERE id = %s", [target, pk])
        except DatabaseError as error:
            if "is not a lawful step" not in str(error):
                raise
            allowed = False
        else:
            allowed = True
        transaction.set_rollback(True)  # the checks come back with the row
    return allowed


def _checks(cursor, table: str) -> list[str]:
    cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'", [table])
    return [name for (name,) in cursor.fetchall()]


@pytest.mark.parametrize("source", StatementStatus.values)
def test_the_statements_trigger_allows_exactly_the_tables_pairs(cast, source):
    statement = cast.statement_in("announced")
    table = Statement._meta.db_table
    allowed = {
        target
        for target in StatementStatus.values
        if target != source and trigger_allows(table, statement.pk, source, target)
    }
    lawful_targets = {target for (state, _event, _role), target in lawful("statement").items() if state == source}
    assert allowed == lawful_targets - {source}


@pytest.mark.parametrize("source", EndingStatus.values)
def test_the_endings_trigger_allows_exactly_the_tables_pairs(cast, source):
    statement = cast.statement_in("announced")
    ending = Ending.objects.create(
        statement=statement,
        kind="withdrawal",
        grounds="转让",
        content_hash="a" * 64,
        requested_by=cast.patentee.user,
        requested_at=NOW,
    )
    table = Ending._meta.db_table
    allowed = {
        target
        for target in EndingStatus.values
        if target != source and trigger_allows(table, ending.pk, source, target)
    }
    assert allowed == {target for (state, _event, _role), target in lawful("ending").items() if state == source}


@pytest.mark.parametrize("source", BatchStatus.values)
def test_the_batches_trigger_allows_exactly_the_tables_pairs(cast, source):
    batch = spreadsheets.checked(cast.patentee, [spreadsheets.row(cast.patent().number)])
    table = StatementBatch._meta.db_table
    with pgtrigger.ignore("registry.StatementBatch:batch_submitted_is_signed"):
        allowed = {
            target
            for target in BatchStatus.values
            if target != source and trigger_allows(table, batch.pk, source, target)
        }
    assert allowed == {target for (state, _event, _role), target in lawful("batch").items() if state == source}


@pytest.mark.parametrize("source", RectificationStatus.values)
def test_the_rectifications_trigger_allows_exactly_the_tables_pairs(cast, source):
    rectification = Rectification.objects.create(
        entry=cast.statement_in("announced").announced_in,
        item="title",
        before="旧",
        after="新",
        grounds="授权公告文本",
        proposed_by=cast.examiner.user,
        proposed_at=NOW,
    )
    table = Rectification._meta.db_table
    allowed = {
        target
        for target in RectificationStatus.values
        if target != source and trigger_allows(table, rectification.pk, source, target)
    }
    assert allowed == {target for (state, _event, _role), target in lawful("rectification").items() if state == source}
