"""Which events are annulled: what was entered by mistake is not changed, another event says that it does not count.

An annulment names an earlier event of its patent by source and reference, and the fold goes on without that event,
whichever of both came first. An annulment stays: what was annulled by mistake is sent anew under a new reference.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from registry.enums import EventKind
from registry.events.contradictions import Contradiction


class Named(Protocol):
    """What an annulment needs of an event."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> EventKind: ...  # noqa: D102
    @property
    def source(self) -> str: ...  # noqa: D102
    @property
    def reference(self) -> str: ...  # noqa: D102
    @property
    def as_of(self) -> datetime: ...  # noqa: D102
    @property
    def details(self) -> Mapping[str, Any]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Annulments:
    """The annulled events by id, each with the id of its annulment, and the annulments that name no such event."""

    of: Mapping[str, str]
    contradicting: tuple[tuple[Any, Contradiction], ...]
    as_of: datetime | None  # the newest time to which an annulled event or its annulment speaks


def annulled_name(event: Named) -> tuple[str, str]:
    """Return source and reference of the event that this annulment is about; a feed annuls events of its own."""
    return str(event.details.get("annuls_source") or event.source), str(event.details["annuls"])


def annulments(events: Iterable[Named]) -> Annulments:
    """Return what the annulments among the events of a patent do. An event annulled twice is annulled once."""
    named = {(event.source, event.reference): event for event in events}
    annulled: dict[str, str] = {}
    contradicting: list[tuple[Any, Contradiction]] = []
    times: list[datetime] = []
    for event in sorted(named.values(), key=lambda item: (item.source, item.reference)):
        if event.kind != EventKind.ANNULMENT:
            continue
        source, reference = annulled_name(event)
        meant = named.get((source, reference))
        if meant is None:
            contradicting.append((event, Contradiction("annuls_unknown", source=source, reference=reference)))
        elif meant.kind == EventKind.ANNULMENT:
            contradicting.append((event, Contradiction("annuls_annulment", reference=reference)))
        else:
            annulled.setdefault(meant.id, event.id)
            times += [meant.as_of, event.as_of]
    return Annulments(annulled, tuple(contradicting), max(times, default=None))
