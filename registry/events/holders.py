"""How events change who holds a patent: assignment, merger, change of name (LAW 10; RULES 15; GL V-11 §9)."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from registry.enums import EventKind
from registry.events.contradictions import Contradiction
from registry.events.state import Held, Holder, RegisterState

_TELLING = (EventKind.ASSIGNMENT, EventKind.MERGER, EventKind.CHANGE_OF_NAME)


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


def with_days_told(state: RegisterState, events: Iterable[Any]) -> RegisterState:
    """Give the holders whom a delivery named the day that an event tells of them, where one does.

    A delivery speaks to its own day only, and often says late what an event said exactly; the event then contradicts the
    baseline, and its day counts all the same. So the day is the same whichever of the two comes first. A new name is no
    new holder (GL V-11 §9).
    """
    told = sorted((item for item in events if item.kind in _TELLING), key=lambda item: item.order, reverse=True)
    return replace(state, holders=tuple(replace(one, since=_told(one, state.former, told)) for one in state.holders))


def _told(holder: Holder, former: Mapping[str, date | None], told: Iterable[Any]) -> date | None:
    """Return the day of the newest event up to theirs that made them holder, under this name or an earlier one; without
    such an event the day on which a delivery first named them, under whichever name."""
    name, since = holder.name, holder.since
    if since is None:
        return None
    day: date | None = since
    for event in told:
        if event.on > since:
            continue
        if event.kind != EventKind.CHANGE_OF_NAME and name in event.details["to"]:
            return event.on
        if event.kind == EventKind.CHANGE_OF_NAME and event.details["to"] == name:
            name = event.details["from"]
            day = former.get(name)
    return day


def unsaid_names(events: Iterable[Any]) -> tuple[Held, ...]:
    """Return the changes of name among events that do not count, by their days."""
    those = sorted((event for event in events if event.kind == EventKind.CHANGE_OF_NAME), key=lambda event: event.order)
    return tuple(_held(event, [event.details["from"]], [event.details["to"]]) for event in those)


def other_names(state: RegisterState, unsaid: Iterable[Held], name: str) -> set[str]:
    """Return the names under which the holder of this name was registered before, or by a mistake that was undone.

    ``unsaid`` are the changes of name that do not count, by their days. Whoever came by an assignment or a merger had no
    name here before it. The name of another holder is that holder's.
    """
    names = {name, *_former_names(state, name)}
    since = next(holder.since for holder in state.holders if holder.name == name)
    for held in unsaid:
        if names.issuperset(held.left) and (since is None or held.on >= since):
            names.update(held.came)
    return names - {holder.name for holder in state.holders}


def _former_names(state: RegisterState, name: str) -> set[str]:
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
    held = _held(event, left, came)
    return state.said(event.origin, holders=tuple(holders), history=(*state.history, held))


def _held(event: Any, left: list[str], came: list[str]) -> Held:
    return Held(str(event.kind), event.on, tuple(left), tuple(came), event.origin)
