"""The fold: a baseline and events, in any order of arrival, make one state and the events that contradict it.

Events count in the order of the days on which they take effect. On one day the kinds have a fixed order, and what
contradicts the register is tried again after the day's other events, so that a chain of assignments on one day holds
together whatever their references are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from registry.enums import EventKind
from registry.events.annulment import annulments
from registry.events.contradictions import Contradiction
from registry.events.holders import unsaid_names, with_days_told
from registry.events.state import Held, Origin, RegisterState
from registry.events.steps import STEPS

_RANK = {kind: place for place, kind in enumerate(EventKind.values)}


@dataclass(frozen=True, slots=True)
class Event:
    """An event as received. ``on`` is the day it takes effect; ``as_of`` the time to which its source speaks."""

    id: str
    kind: EventKind
    on: date
    source: str
    reference: str
    as_of: datetime
    details: Mapping[str, Any]

    @property
    def order(self) -> tuple[date, int, str, str]:
        """Its place among the patent's events."""
        return self.on, _RANK[self.kind], self.source, self.reference

    @property
    def origin(self) -> Origin:
        """Whence what it says is known."""
        return Origin(self.source, self.as_of)


@dataclass(frozen=True, slots=True)
class Replay:
    """The state after all events that count, and those that contradict it with the reason of each.

    ``annulled`` names the events that count no more by id, each with its annulment's; ``unsaid`` are the changes of name
    that do not count, being annulled or contradicting.
    """

    state: RegisterState
    parked: tuple[tuple[Event, Contradiction], ...] = ()
    annulled: Mapping[str, str] = field(default_factory=dict)
    unsaid: tuple[Held, ...] = ()


def replay(baseline: RegisterState, events: Iterable[Event]) -> Replay:
    """Fold the events over the baseline. An event given twice counts once, an annulled one not at all."""
    once = {(event.source, event.reference): event for event in events}
    undone = annulments(once.values())
    counting = [item for item in once.values() if item.kind != EventKind.ANNULMENT and item.id not in undone.of]
    state = with_days_told(baseline, counting)
    parked: list[tuple[Event, Contradiction]] = []
    for _day, day in groupby(sorted(counting, key=lambda event: event.order), key=lambda event: event.on):
        state, contradicting = _one_day(state, list(day))
        parked += contradicting
    if undone.as_of is not None:
        state = replace(state, as_of=max(state.as_of, undone.as_of))
    parked += undone.contradicting
    silent = {event.id for event, _reason in parked} | undone.of.keys()
    unsaid = unsaid_names(event for event in once.values() if event.id in silent)
    return Replay(state, tuple(parked), undone.of, unsaid)


def _one_day(state: RegisterState, waiting: list[Event]) -> tuple[RegisterState, list[tuple[Event, Contradiction]]]:
    while True:
        contradicting = []
        for event in waiting:
            try:
                state = _applied(state, event)
            except Contradiction as reason:
                contradicting.append((event, reason))
        if not contradicting or len(contradicting) == len(waiting):
            return state, contradicting
        waiting = [event for event, _reason in contradicting]


def _applied(state: RegisterState, event: Event) -> RegisterState:
    if event.on < state.filed_on:
        raise Contradiction("before_filing", day=state.filed_on.isoformat())
    after = STEPS[event.kind](state, event)
    return replace(after, as_of=max(after.as_of, event.as_of))
