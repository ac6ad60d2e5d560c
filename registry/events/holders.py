"""How events change who holds a patent: assignment, merger, change of name (LAW 10; RULES 15; GL V-11 §9)."""

from dataclasses import replace
from typing import Any

from registry.enums import EventKind
from registry.events.contradictions import Contradiction
from registry.events.state import Held, Holder, RegisterState


def transfer(state: RegisterState, event: Any) -> RegisterState:
    """Put the new holders in the place of those who assign or merge; without names all holders do.

    Whoever holds already and takes over a share keeps the day since which they hold.
    """
    if state.wholly_invalid:
        raise Contradiction("invalidated")
    leaving = list(event.details.get("from") or [holder.name for holder in state.holders])
    coming = list(dict.fromkeys(event.details["to"]))
    for name in leaving:
        _place(state, name)
        if name in coming:
            raise Contradiction("same_holder", name=name)
    holders: list[Holder] = []
    for holder in state.holders:
        if holder.name not in leaving:
            holders.append(holder)
        elif holder.name == leaving[0]:
            kept = {item.name for item in state.holders}
            holders += [Holder(name, name, since=event.on) for name in coming if name not in kept]
    return _changed(state, event, holders, leaving, coming)


def change_of_name(state: RegisterState, event: Any) -> RegisterState:
    """The same holder under another name: who holds, and since when, stays as it was (GL V-11 §9 is silent)."""
    old, new = event.details["from"], event.details["to"]
    place = _place(state, old)
    if any(holder.name == new for holder in state.holders):
        raise Contradiction("same_holder", name=new)
    holders = list(state.holders)
    holders[place] = replace(holders[place], name=new)
    return _changed(state, event, holders, [old], [new])


def former_names(state: RegisterState, name: str) -> set[str]:
    """Return the names under which the holder of this name was registered before. Whoever came by an assignment or a
    merger had no name here before it."""
    names: set[str] = set()
    for held in reversed(state.history):
        if name not in held.came:
            continue
        if held.kind != EventKind.CHANGE_OF_NAME:
            break
        (name,) = held.left
        names.add(name)
    return names


def _place(state: RegisterState, name: str) -> int:
    for place, holder in enumerate(state.holders):
        if holder.name == name:
            return place
    raise Contradiction("not_holder", name=name)


def _changed(
    state: RegisterState, event: Any, holders: list[Holder], left: list[str], came: list[str]
) -> RegisterState:
    held = Held(str(event.kind), event.on, tuple(left), tuple(came), event.origin)
    return state.said(event.origin, holders=tuple(holders), history=(*state.history, held))
