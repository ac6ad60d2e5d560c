"""Every cell of the case's table, and the database's trigger against it."""

from itertools import product

import pgtrigger
import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from accounts.roles import Role
from core.lifecycle import IllegalStep, WrongRole
from mediation.enums import CaseStatus
from mediation.lifecycles import CASE

PARTIES = {"patentee", "enterprise", "agency"}
# Written out by hand, so that the table is compared with something: (event, from) → (to, roles).
TABLE = {
    ("discard", "draft"): ("discarded", PARTIES),
    ("request", "draft"): ("requested", PARTIES),
    ("admit", "requested"): ("asked", {"mediator"}),
    ("decline", "requested"): ("not_admitted", {"mediator"}),
    ("accept", "asked"): ("in_mediation", PARTIES),
    ("refuse", "asked"): ("refused", PARTIES),
    ("refuse", "in_mediation"): ("refused", PARTIES),
    ("deem_refused", "asked"): ("refused", {"system"}),
    ("withdraw", "requested"): ("withdrawn", PARTIES),
    ("withdraw", "asked"): ("withdrawn", PARTIES),
    ("withdraw", "in_mediation"): ("withdrawn", PARTIES),
    ("extend", "in_mediation"): ("in_mediation", {"mediator"}),
    ("agree", "in_mediation"): ("agreed", PARTIES),
    ("fail", "in_mediation"): ("failed", {"mediator"}),
    ("preempt", "asked"): ("preempted", {"mediator"}),
    ("preempt", "in_mediation"): ("preempted", {"mediator"}),
    ("time_out", "in_mediation"): ("timed_out", {"system"}),
}
EVENTS = sorted({event for event, _state in TABLE})


@pytest.mark.parametrize(("event", "state", "role"), list(product(EVENTS, CaseStatus.values, Role.values)))
def test_each_cell_is_allowed_or_refused(event, state, role) -> None:
    row = TABLE.get((event, state))
    if row is None:
        with pytest.raises(IllegalStep):
            CASE.step(event, state, {role})
    elif role not in row[1]:
        with pytest.raises(WrongRole):
            CASE.step(event, state, {role})
    else:
        assert CASE.step(event, state, {role}).target == row[0]


def test_every_event_stands_in_the_hand_written_table() -> None:
    assert sorted({row.event for row in CASE.transitions}) == EVENTS


def test_the_ends_lead_nowhere() -> None:
    ends = {state for state in CaseStatus.values if CASE.final(state)}
    assert ends == {
        "discarded",
        "not_admitted",
        "agreed",
        "failed",
        "refused",
        "withdrawn",
        "preempted",
        "timed_out",
    }


def test_each_row_names_its_article() -> None:
    assert all(row.basis and str(row.title) for row in CASE.transitions)


def test_the_database_knows_exactly_the_lawful_steps(dispute) -> None:
    """Raw SQL, every pair of states, with the triggers that ask for papers out of the way."""
    lawful = {(state, target) for (_event, state), (target, _roles) in TABLE.items() if state != target}
    case = dispute.draft()
    found = set()
    connection.check_constraints()
    names = [
        f"mediation.Case:{one}"
        for one in ("case_step_founded", "case_closed_rests", "case_begins_as_draft", "case_request_frozen")
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'mediation_case'::regclass AND contype = 'c'"
        )
        for (name,) in list(cursor.fetchall()):
            cursor.execute(f'ALTER TABLE mediation_case DROP CONSTRAINT "{name}"')
    with pgtrigger.ignore(*names):
        for before, after in product(CaseStatus.values, CaseStatus.values):
            if before != after and _accepts(case, before, after):
                found.add((before, after))
    assert found == lawful


def _accepts(case, before: str, after: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            with pgtrigger.ignore("mediation.Case:case_lifecycle"):
                cursor.execute("UPDATE mediation_case SET status = %s WHERE id = %s", [before, case.pk])
            cursor.execute("UPDATE mediation_case SET status = %s WHERE id = %s", [after, case.pk])
    except (IntegrityError, InternalError) as refusal:
        assert "is not a lawful step" in str(refusal)  # noqa: PT017
        return False
    return True
