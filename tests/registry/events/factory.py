"""Baselines and events for tests of the fold."""

from datetime import UTC, date, datetime
from itertools import count

from core.deadlines import patent_term_last_day
from registry.enums import AnnuityState, EventKind, RightStatus
from registry.events.fold import Event
from registry.events.state import Entry, Holder, Origin, RegisterState

FILED = date(2019, 3, 11)
GRANTED = date(2020, 6, 2)
AS_OF = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)
_serial = count(1)


def baseline(kind="invention", holders=("Lakeside University",), **fields):
    """Return an untroubled patent as a delivery tells it."""
    fields = {
        "number": "201910000001.6",
        "filed_on": FILED,
        "granted_on": GRANTED,
        "term_ends_on": patent_term_last_day(kind, FILED),
        "right_status": RightStatus.IN_FORCE,
        "annuity_state": AnnuityState.PAID,
        "as_of": AS_OF,
        **fields,
    }
    return RegisterState(kind=kind, holders=tuple(Holder(name, name, f"id of {name}") for name in holders), **fields)


def event(kind, on, /, *, ref="", source="gazette", **details):
    """Return an event of a day given as ``2025-03-04``."""
    serial = next(_serial)
    return Event(
        id=f"event {ref or serial}",
        kind=EventKind(kind),
        on=date.fromisoformat(on),
        source=source,
        reference=ref or f"R{serial:05d}",
        as_of=AS_OF,
        details={name.rstrip("_"): value for name, value in details.items()},
    )


def entry(table, since, *, id="row", until=None, consented=None, **said):
    """Return an entry of a baseline."""
    return Entry(table, id, date.fromisoformat(since), said, Origin("delivery", AS_OF), until, consented)
