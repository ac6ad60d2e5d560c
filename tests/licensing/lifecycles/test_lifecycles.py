"""Every cell of every table: state × event × role, allowed and refused, against a small model written by hand."""

import pytest

from accounts.roles import Role
from core.lifecycle import IllegalStep, WrongRole
from licensing.lifecycles import FILING, FILING_CHANGE, LICENSE, NOTICE

SIDES = {"patentee", "enterprise", "agency"}
MODEL = {
    "notice": {
        ("waiting", "complete"): ("completed", SIDES),
        ("waiting", "cancel"): ("canceled", {"enterprise"}),
        ("waiting", "close"): ("closed", {"system"}),
    },
    "license": {
        ("in_force", "expire"): ("expired", {"system"}),
        ("in_force", "terminate"): ("terminated", SIDES),
    },
    "filing": {
        ("submitted", "take_back"): ("taken_back", SIDES),
        ("submitted", "record"): ("recorded", {"examiner"}),
        ("submitted", "refuse"): ("refused", {"examiner"}),
        ("recorded", "revoke"): ("revoked", {"examiner"}),
        ("recorded", "cancel"): ("canceled", SIDES | {"examiner"}),
    },
    "filing_change": {
        ("requested", "record"): ("recorded", {"examiner"}),
        ("requested", "refuse"): ("refused", {"examiner"}),
        ("requested", "take_back"): ("taken_back", SIDES),
        ("requested", "close"): ("closed", SIDES | {"examiner"}),
    },
}
CELLS = [
    (lifecycle, state, event, role)
    for lifecycle in (NOTICE, LICENSE, FILING, FILING_CHANGE)
    for state in lifecycle.states.values
    for event in sorted({row.event for row in lifecycle.transitions})
    for role in Role.values
]


@pytest.mark.parametrize(("lifecycle", "state", "event", "role"), CELLS, ids=lambda part: getattr(part, "name", part))
def test_cell(lifecycle, state, event, role) -> None:
    lawful = MODEL[lifecycle.name].get((state, event))
    if lawful is None:
        with pytest.raises(IllegalStep):
            lifecycle.step(event, state, [role])
    elif role not in lawful[1]:
        with pytest.raises(WrongRole):
            lifecycle.step(event, state, [role])
    else:
        assert lifecycle.step(event, state, [role]).target == lawful[0]


@pytest.mark.parametrize("lifecycle", [NOTICE, LICENSE, FILING, FILING_CHANGE], ids=lambda table: table.name)
def test_every_step_cites_its_article_and_names_itself(lifecycle) -> None:
    assert all(row.basis and str(row.title) for row in lifecycle.transitions)
    assert lifecycle.initial in lifecycle.states.values
