"""Writing the fold's state into the tables that rules, pages and triggers read: the projection of the events."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from registry.actions.carrying import carry_consents
from registry.actions.holders import holders_named
from registry.events.fold import Replay
from registry.events.holders import other_names
from registry.events.state import PLEDGE, Entry, Held, Holder, RegisterState, to_data
from registry.models import Declination, Ownership, Patent, PatentBaseline, Patentee, PledgeeConsent
from registry.queries.register import TABLES, snapshots
from registry.search import refresh_patents

_LOCK = 7_305_001  # any number that no other lock of this database uses
_COLUMNS = ("granted_on", "term_ends_on", "right_status", "annuity_state")


def lock_register() -> None:
    """Take the one lock under which deliveries and events are taken in, to the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def keep_baselines(patents: Iterable[Patent]) -> None:
    """Keep what the tables hold as the baseline of patents that have none yet."""
    wanted = {patent.pk: patent for patent in patents}
    known = set(PatentBaseline.objects.filter(patent__in=wanted).values_list("pk", flat=True))
    fresh = snapshots(patent for pk, patent in wanted.items() if pk not in known)
    PatentBaseline.objects.bulk_create(PatentBaseline(patent_id=pk, data=to_data(state)) for pk, state in fresh.items())


def project(patent: Patent, folded: Replay, before: RegisterState) -> None:
    """Make the tables say what the fold's state says. ``before`` is what they say now. The patent's row must be locked."""
    state = folded.state
    _write_columns(patent, state)
    _write_entries(patent, state, before)
    if _shape(state.holders) != _shape(before.holders):
        _write_holders(patent, state, folded.unsaid)
        refresh_patents([patent.pk])


def _write_columns(patent: Patent, state: RegisterState) -> None:
    wanted = {name: getattr(state, name) for name in _COLUMNS} | {"facts_as_of": max(state.as_of, patent.facts_as_of)}
    changed = {name: value for name, value in wanted.items() if getattr(patent, name) != value}
    for name, value in changed.items():
        setattr(patent, name, value)
    if changed:
        patent.save(update_fields=list(changed))


def _write_entries(patent: Patent, state: RegisterState, before: RegisterState) -> None:
    there = {entry.id: entry for entry in before.entries}
    for entry in state.entries:
        model, since, until, columns = TABLES[entry.table]
        old = there.pop(entry.id, None)
        said: dict[str, Any] = {column: entry.said.get(name, "") for name, column in columns.items()}
        row = {since: entry.since, **said} | ({until: entry.until} if until else {})
        if entry.table == PLEDGE:
            row["consented_on"] = entry.consented
        if old is None:
            model.objects.create(pk=UUID(entry.id), patent=patent, **row)
        elif (old.since, old.until, old.consented, old.said) != (
            entry.since,
            entry.until,
            entry.consented,
            entry.said,
        ):
            model.objects.filter(pk=UUID(entry.id), patent=patent).update(**row)
    for gone in there.values():
        _remove(patent, gone)


def _remove(patent: Patent, gone: Entry) -> None:
    """Take a row away whose event is annulled. A pledge that somebody has answered stays as one that never held."""
    rows = TABLES[gone.table][0].objects.filter(pk=UUID(gone.id), patent=patent)
    if gone.table == PLEDGE and (
        PledgeeConsent.objects.filter(pledge__in=rows).exists() or Declination.objects.filter(pledge__in=rows).exists()
    ):
        rows.update(released_on=gone.since, consented_on=None)
    else:
        rows.delete()


def _shape(holders: Iterable[Holder]) -> list[tuple[str, Any]]:
    return [(holder.name, holder.since) for holder in holders]


def _write_holders(patent: Patent, state: RegisterState, unsaid: Iterable[Held]) -> None:
    present = list(Patentee.objects.filter(ownerships__patent=patent).select_related("organisation"))
    Ownership.objects.filter(patent=patent).delete()
    own = [row for row in present if not _named_by_mistake(row, unsaid)]
    rows = [(_patentee_of(holder, own), holder.since) for holder in state.holders]
    for patentee, _since in rows:
        if patentee not in present:
            names = other_names(state, unsaid, patentee.name)
            others = {row for row in present if row.name in names}.union(_rows_of(patentee, names))
            carry_consents(patent, list(others), patentee)
    Ownership.objects.bulk_create(
        Ownership(patent=patent, patentee=patentee, position=position, since_on=since)
        for position, (patentee, since) in enumerate(rows, start=1)
    )


def _named_by_mistake(row: Patentee, unsaid: Iterable[Held]) -> bool:
    """Whether a unit's row has its name from a change of name that does not count: who bears the name is another."""
    unit = row.organisation
    return unit is not None and unit.name != row.name and any(row.name in held.came for held in unsaid)


def _patentee_of(holder: Holder, present: list[Patentee]) -> Patentee:
    """Return the holder's row. Under a new name it is a row of the same organisation, so that who files stays who."""
    known_id = holder.patentee_id
    entered = Patentee.objects.get(pk=known_id) if known_id else _named(holder.entered_as, present)
    if entered.name == holder.name:
        return entered
    same = {
        "organisation": entered.organisation,
        "is_person": entered.is_person,
        "residence": entered.residence,
        "province": entered.province,
        "address": entered.address,
    }
    return _rows_of(entered, {holder.name}).first() or Patentee.objects.create(name=holder.name, **same)


def _rows_of(patentee: Patentee, names: Iterable[str]) -> QuerySet[Patentee]:
    """Return the rows of the same holder under these names: of its organisation, else of its address."""
    rows = Patentee.objects.filter(name__in=names, organisation=patentee.organisation)
    return rows.filter(address=patentee.address) if patentee.organisation_id is None else rows


def _named(name: str, present: list[Patentee]) -> Patentee:
    """Return the row of a holder that an event names: one of this patent's, else as deliveries find it."""
    own = next((patentee for patentee in present if patentee.name == name), None)
    return own or Patentee.objects.get(pk=holders_named({name})[name])
