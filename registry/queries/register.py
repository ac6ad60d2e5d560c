"""The register's state of patents: baseline and events replayed, each fact with its source and time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from registry.events.annulment import annulments
from registry.events.fold import Event, Replay, replay
from registry.events.state import (
    INVALIDATION,
    LICENSE,
    OBSTACLE,
    PLEDGE,
    REPORT,
    SUSPENSION,
    Entry,
    Holder,
    Origin,
    RegisterState,
    from_data,
)
from registry.models import (
    Encumbrance,
    EvaluationReport,
    Invalidation,
    Obstacle,
    Ownership,
    Patent,
    PatentBaseline,
    Pledge,
    RegisterEvent,
    Suspension,
)

DELIVERY = "delivery"  # the source of a baseline
# Table of the fold → model, column of its first day, of the first day on which it no longer holds, its other columns.
TABLES: dict[str, tuple[Any, str, str, dict[str, str]]] = {
    PLEDGE: (Pledge, "since_on", "released_on", {"pledgee": "pledgee", "number": "number"}),
    LICENSE: (
        Encumbrance,
        "since_on",
        "until_on",
        {"kind": "kind", "licensee": "licensee", "filing_number": "filing_number"},
    ),
    SUSPENSION: (Suspension, "since_on", "until_on", {"ground": "ground"}),
    OBSTACLE: (Obstacle, "since_on", "until_on", {"description": "description"}),
    INVALIDATION: (
        Invalidation,
        "decided_on",
        "",
        {"scope": "scope", "decision_number": "decision_number"},
    ),
    REPORT: (EvaluationReport, "issued_on", "", {"reference": "reference", "conclusion": "conclusion"}),
}


def register_state(patent: Patent) -> RegisterState:
    """Return what the register knows of the patent, each fact with its source and the time it rests on."""
    return replays([patent])[patent.pk].state


def replays(patents: Iterable[Patent]) -> dict[UUID, Replay]:
    """Return the replay of each patent's events over its baseline, in a fixed number of queries."""
    wanted = list(patents)
    baselines = baselines_of(wanted)
    events = events_of(patent.number for patent in wanted)
    return {patent.pk: replay(baselines[patent.pk], events[patent.number]) for patent in wanted}


def events_of(numbers: Iterable[str]) -> dict[str, list[Event]]:
    """Return the events of each number, without those that a person dismissed."""
    found: dict[str, list[Event]] = defaultdict(list)
    for row in RegisterEvent.objects.filter(patent_number__in=list(numbers)).exclude(
        parked__dismissed_at__isnull=False
    ):
        found[row.patent_number].append(
            Event(str(row.pk), row.kind, row.effective_on, row.source, row.reference, row.as_of, row.details)
        )
    return found


def counting_events(number: str) -> list[Event]:
    """Return the events of this number that make its state: neither dismissed nor annulled."""
    events = events_of([number])[number]
    annulled = annulments(events).of
    return [event for event in events if event.id not in annulled]


def baselines_of(patents: Iterable[Patent]) -> dict[UUID, RegisterState]:
    """Return each patent's baseline: as kept, or, before its first event, as its tables stand."""
    wanted = {patent.pk: patent for patent in patents}
    found = {
        row.patent_id: from_data(
            row.data,
            number=wanted[row.patent_id].number,
            kind=wanted[row.patent_id].kind,
            filed_on=wanted[row.patent_id].filed_on,
            source=DELIVERY,
        )
        for row in PatentBaseline.objects.filter(patent__in=wanted)
    }
    return found | snapshots(patent for pk, patent in wanted.items() if pk not in found)


def snapshots(patents: Iterable[Patent]) -> dict[UUID, RegisterState]:
    """Return the state that the tables hold of these patents."""
    wanted = {patent.pk: patent for patent in patents}
    if not wanted:
        return {}
    entries: dict[UUID, list[Entry]] = defaultdict(list)
    for table in TABLES:
        for patent_id, entry in _entries(table, wanted):
            entries[patent_id].append(entry)
    holders = holders_of(wanted.values())
    return {
        pk: RegisterState(
            number=patent.number,
            kind=patent.kind,
            filed_on=patent.filed_on,
            granted_on=patent.granted_on,
            term_ends_on=patent.term_ends_on,
            right_status=patent.right_status,
            annuity_state=patent.annuity_state,
            holders=tuple(holders[pk]),
            as_of=patent.facts_as_of,
            entries=tuple(sorted(entries[pk], key=lambda entry: (entry.since, entry.id))),
            known=dict.fromkeys(
                ("granted_on", "term_ends_on", "right_status", "annuity_state", "holders"),
                Origin(DELIVERY, patent.facts_as_of),
            ),
        )
        for pk, patent in wanted.items()
    }


def holders_of(patents: Iterable[Patent]) -> dict[UUID, list[Holder]]:
    """Return the holders that the tables name of these patents, in the register's order."""
    holders: dict[UUID, list[Holder]] = defaultdict(list)
    held = Ownership.objects.filter(patent__in=[patent.pk for patent in patents])
    for row in held.select_related("patentee").order_by("position"):
        name = row.patentee.name
        holders[row.patent_id].append(Holder(name, name, str(row.patentee_id), row.since_on))
    return holders


def _entries(table: str, patents: dict[UUID, Patent]) -> Iterable[tuple[UUID, Entry]]:
    model, since, until, columns = TABLES[table]
    for row in model.objects.filter(patent__in=patents):
        yield (
            row.patent_id,
            Entry(
                table,
                str(row.pk),
                getattr(row, since),
                {name: str(getattr(row, column)) for name, column in columns.items()},
                Origin(DELIVERY, patents[row.patent_id].facts_as_of),
                getattr(row, until) if until else None,
                getattr(row, "consented_on", None),
            ),
        )
