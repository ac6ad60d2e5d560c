"""Lifecycles as tables: what may happen, to whom it is open, what the database is told."""

import pytest
from django.db.models import TextChoices

from config.reference import lifecycles
from core.legal import LAW
from core.lifecycle import Actor, IllegalStep, Lifecycle, NobodyActs, Transition, WrongRole

LAWFUL = (LAW(50, 1),)


class Door(TextChoices):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "locked"
    GONE = "gone"


def row(event, sources, target, *roles):
    return Transition(event, sources, target, frozenset(roles), LAWFUL, event)


DOOR = Lifecycle(
    name="door",
    title="Door",
    states=Door,
    initial=Door.OPEN,
    transitions=(
        row("shut", ("open",), "shut", "guest", "host"),
        row("open", ("shut",), "open", "guest", "host"),
        row("lock", ("shut",), "locked", "host"),
        row("remove", ("open", "shut"), "gone", "host"),
        row("remove", ("locked",), "gone", "smith"),
        row("paint", ("open", "shut"), "open", "host"),
    ),
)


def test_a_lawful_step_gives_its_row():
    assert DOOR.step("lock", "shut", ["guest", "host"]) is DOOR.transitions[2]


def test_the_row_depends_on_the_state():
    assert DOOR.step("remove", "open", ["host"]).roles == {"host"}
    assert DOOR.step("remove", "locked", ["smith"]).roles == {"smith"}


@pytest.mark.parametrize(("event", "state"), [("lock", "open"), ("shut", "shut"), ("vanish", "open"), ("open", "gone")])
def test_an_event_that_the_state_does_not_know_is_illegal_for_everybody(event, state):
    with pytest.raises(IllegalStep) as refused:
        DOOR.step(event, state, ["guest", "host", "smith"])
    assert str(refused.value) == f"door: {event!r} is not possible in state {state!r}"


def test_an_event_of_the_state_for_other_roles_is_refused_for_the_role():
    with pytest.raises(WrongRole) as refused:
        DOOR.step("lock", "shut", ["guest"])
    assert refused.value.roles == {"guest"}
    with pytest.raises(WrongRole):
        DOOR.step("lock", "shut", [])


def test_the_steps_open_to_somebody_in_the_order_of_the_table():
    assert [row.event for row in DOOR.events("shut", ["host"])] == ["open", "lock", "remove", "paint"]
    assert [row.event for row in DOOR.events("shut", ["guest"])] == ["open"]
    assert DOOR.events("gone", ["host", "smith"]) == []


def test_the_database_is_told_each_change_once_and_no_standstill():
    assert list(DOOR.pairs()) == [
        ("open", "shut"),
        ("shut", "open"),
        ("shut", "locked"),
        ("open", "gone"),
        ("shut", "gone"),
        ("locked", "gone"),
    ]


def test_a_final_state_leads_nowhere():
    assert [state for state in Door.values if DOOR.final(state)] == ["gone"]


def test_the_system_has_its_own_role_and_no_person():
    system = Actor.system("bulletin")
    assert (system.label, system.roles, system.user_id, system.is_office) == ("bulletin", {"system"}, None, False)


@pytest.mark.parametrize("lifecycle", [pytest.param(item, id=item.name) for _app, item in lifecycles()])
class TestEveryTable:
    """What must hold of each table of the product."""

    def test_every_state_is_known_and_can_be_reached(self, lifecycle):
        reached = {str(lifecycle.initial)}
        for _round in lifecycle.states:
            reached |= {str(row.target) for row in lifecycle.transitions if reached & set(map(str, row.sources))}
        assert reached == set(lifecycle.states.values)

    def test_every_step_names_its_article_and_who_takes_it(self, lifecycle):
        assert [
            row.event for row in lifecycle.transitions if not row.basis or not row.roles or not str(row.title)
        ] == []

    def test_an_event_by_a_role_in_a_state_leads_to_one_state(self, lifecycle):
        cells = [
            (row.event, str(source), role)
            for row in lifecycle.transitions
            for source in row.sources
            for role in row.roles
        ]
        assert sorted({cell for cell in cells if cells.count(cell) > 1}) == []

    def test_every_role_exists(self, lifecycle):
        from accounts.roles import Role

        assert {role for row in lifecycle.transitions for role in row.roles} <= set(Role.values)

    def test_whose_turn_it_is_is_told_of_open_states_to_somebody_who_can_act(self, lifecycle):
        idle = [str(state) for state, role in lifecycle.turns.items() if not lifecycle.events(str(state), [str(role)])]
        assert idle == []


def test_the_system_is_no_person():
    with pytest.raises(NobodyActs, match="bulletin"):
        _ = Actor.system("bulletin").person_id
