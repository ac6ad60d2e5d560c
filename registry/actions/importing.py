"""Taking register data in: one transaction a batch, by patent number, so that the same file twice changes nothing."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import audit
from core.deadlines import law_date
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole
from registry.actions.holders import holders_named
from registry.actions.projecting import keep_baselines, lock_register
from registry.actions.rebasing import lift, rebase
from registry.actions.rechecking import standing
from registry.enums import RightStatus
from registry.intake.rows import Fault, PatentRow
from registry.models import Delivery, Ownership, Patent
from registry.search import refresh_patents

# Columns of a delivery. Where it is silent (empty, None), the register keeps what it has.
COLUMNS = (
    "title", "abstract", "filed_on", "granted_on", "main_class", "industry", "province", "term_ends_on",
    "annuity_state",
)  # fmt: skip
_SEARCHED = {"title", "abstract", "main_class", "patentees"}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many rows of each outcome, and the rows refused here with their faults."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: tuple[tuple[int, Fault], ...] = ()


@dataclass(slots=True)
class _Changes:
    """What one existing patent's row changes, old and new by column; ``days`` since which each former holder holds."""

    patent: Patent
    days: dict[str, date | None]
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def days_left(self) -> list[date]:
        """The known days of those who hold no longer."""
        _old, new = self.fields["patentees"]
        return [day for name, day in self.days.items() if day is not None and name not in new]


@transaction.atomic
def open_delivery(*, name: str, as_of: datetime | None, vouched: bool, by: Actor, at: datetime) -> Delivery:
    """Begin a delivery. ``as_of`` is the moment to which the supplier's data speaks, by default now.

    Raises:
        WrongRole: only the system takes deliveries in, by its command. So say the other two acts.
    """
    _by_system(by)
    with connection.cursor() as cursor:
        # What was seen of this file, so that a number given twice is found however long the file is.
        cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS delivery_seen (number text PRIMARY KEY, line bigint)")
        cursor.execute("TRUNCATE delivery_seen")
    delivery = Delivery.objects.create(
        name=name[:200], started_at=at, as_of=as_of or at, vouched=vouched, delivered_by=by.label[:200]
    )
    audit.record("open delivery", delivery, by=by, at=at, data={"file": name[:200], "vouched": vouched})
    return delivery


@transaction.atomic
def import_batch(*, delivery: Delivery, rows: Sequence[PatentRow], refused: int = 0, by: Actor, at: datetime) -> Taken:
    """Take in a batch of rows. ``refused`` counts those of the batch that could not even be read.

    A number that this delivery has already given is refused, since of two rows nobody knows the right one. Rows older
    than what the register knows change nothing.
    """
    _by_system(by)
    lock_register()
    fresh, doubles = _without_doubles(rows)
    known = {
        patent.number: patent
        for patent in Patent.objects.select_for_update(of=("self",))
        .filter(number__in=[row.number for row in fresh])
        .order_by("pk")
    }
    before = standing([patent.pk for patent in known.values()], at=at)
    lifted = lift(known.values())
    on = law_date(at)
    inserted = [_new(row, delivery, on) for row in fresh if row.number not in known]
    Patent.objects.bulk_create(inserted)
    changes = _changes(fresh, known, lifted, delivery, on)
    changed_hands = [change for change in changes if "patentees" in change.fields]
    if leaving := [change.patent for change in changed_hands if change.days_left]:
        keep_baselines(leaving)  # which keep the days of those whom the delivery names no more
    _save(changes, delivery)
    _own(inserted, changed_hands, fresh, law_date(delivery.as_of))
    refresh_patents(change.patent.pk for change in changes if _SEARCHED & change.fields.keys())
    changed = {change.patent.pk: (change.patent, "patentees" in change.fields) for change in changes}
    rebase(inserted, changed, before, by=by, at=at)
    taken = Taken(len(inserted), len(changes), len(fresh) - len(inserted) - len(changes), tuple(doubles))
    _count(delivery, taken, refused)
    data = {
        "inserted": [patent.number for patent in inserted],
        "updated": {change.patent.number: _plain(change.fields) for change in changes},
    }
    if inserted or changes:
        audit.record("import batch", delivery, by=by, at=at, data=data)
    return taken


@transaction.atomic
def close_delivery(*, delivery: Delivery, by: Actor, at: datetime) -> Delivery:
    """End a delivery that was read to its last row, and return it with its counts."""
    _by_system(by)
    delivery.refresh_from_db()
    delivery.finished_at = at
    delivery.save(update_fields=["finished_at"])
    counts = {name: getattr(delivery, name) for name in ("inserted", "updated", "unchanged", "refused")}
    audit.record("close delivery", delivery, by=by, at=at, data=counts)
    return delivery


def _by_system(by: Actor) -> None:
    if SYSTEM_ROLE not in by.roles:
        raise WrongRole("register", "import", by.roles)


def _without_doubles(rows: Sequence[PatentRow]) -> tuple[list[PatentRow], list[tuple[int, Fault]]]:
    first: dict[str, int] = {}
    for row in rows:
        first.setdefault(row.number, row.line)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO delivery_seen SELECT * FROM unnest(%s::text[], %s::bigint[]) ON CONFLICT DO NOTHING",
            [list(first), list(first.values())],
        )
        cursor.execute("SELECT number, line FROM delivery_seen WHERE number = ANY(%s)", [list(first)])
        seen: dict[str, int] = dict(cursor.fetchall())
    fresh = [row for row in rows if seen[row.number] == row.line]
    return fresh, [(row.line, _double(row, seen[row.number])) for row in rows if seen[row.number] != row.line]


def _double(row: PatentRow, line: int) -> Fault:
    reason = format_lazy(_("Line {line} of this file has the same number."), line=line)
    return Fault("application_number", row.number, "duplicate_number", reason)


def _status(row: PatentRow, present: str, on: date) -> str:
    """What the delivery says; otherwise expired once the term is over. Nothing else is concluded."""
    if row.right_status:
        return row.right_status
    over = on > row.term_ends_on and present == RightStatus.IN_FORCE
    return RightStatus.EXPIRED.value if over else present


def _new(row: PatentRow, delivery: Delivery, on: date) -> Patent:
    stated = {name: getattr(row, name) for name in COLUMNS if getattr(row, name) not in ("", None)}
    return Patent(
        id=uuid.uuid4(),
        number=row.number,
        kind=row.kind,
        right_status=_status(row, RightStatus.IN_FORCE.value, on),
        facts_as_of=delivery.as_of,
        **stated,
    )


def _changes(
    rows: Iterable[PatentRow],
    known: dict[str, Patent],
    lifted: dict[uuid.UUID, dict[str, date | None]],
    delivery: Delivery,
    on: date,
) -> list[_Changes]:
    owners = _owners_of(known.values()) | lifted
    stamped = delivery.as_of != delivery.started_at
    changes = []
    for row in rows:
        patent = known.get(row.number)
        if patent is None or patent.facts_as_of > delivery.as_of:
            continue
        change = _Changes(patent, owners.get(patent.pk, {}))
        for name in COLUMNS:
            new, old = getattr(row, name), getattr(patent, name)
            if name == "term_ends_on" and not row.term_stated and row.filed_on == patent.filed_on:
                continue  # a term once compensated stays so where the delivery is silent
            if new not in ("", None) and new != old:
                change.fields[name] = (old, new)
        status = _status(row, patent.right_status, on)
        if status != patent.right_status:
            change.fields["right_status"] = (patent.right_status, status)
        held = list(change.days)
        if held != list(row.patentees):
            change.fields["patentees"] = (held, list(row.patentees))
        if change.fields or (stamped and patent.facts_as_of != delivery.as_of):
            changes.append(change)
    return changes


def _owners_of(patents: Iterable[Patent]) -> dict[uuid.UUID, dict[str, date | None]]:
    owners: dict[uuid.UUID, dict[str, date | None]] = {}
    held = Ownership.objects.filter(patent__in=[patent.pk for patent in patents]).order_by("patent_id", "position")
    for patent_id, name, since in held.values_list("patent_id", "patentee__name", "since_on"):
        owners.setdefault(patent_id, {})[name] = since
    return owners


def _save(changes: Sequence[_Changes], delivery: Delivery) -> None:
    for change in changes:
        change.patent.facts_as_of = delivery.as_of
        for name, (_old, new) in change.fields.items():
            if name != "patentees":
                setattr(change.patent, name, new)
    Patent.objects.bulk_update(
        [change.patent for change in changes], [*COLUMNS, "right_status", "facts_as_of"], batch_size=500
    )


def _own(inserted: Sequence[Patent], changes: Sequence[_Changes], rows: Iterable[PatentRow], as_of: date) -> None:
    """Write the holders of these patents anew, in the order of their rows.

    Whoever held a known patent already keeps their day; whoever is named of it for the first time holds it since
    ``as_of``, and did not declare the statements of before (GL V-11 §9).
    """
    wanted = {patent.number: patent.pk for patent in (*inserted, *(change.patent for change in changes))}
    days = {change.patent.number: change.days for change in changes}
    those = [row for row in rows if row.number in wanted]
    holders = _holders(those)
    Ownership.objects.filter(patent__in=list(wanted.values())).delete()
    Ownership.objects.bulk_create(
        Ownership(
            patent_id=wanted[row.number],
            patentee_id=holders[name],
            position=position,
            since_on=days[row.number].get(name, as_of) if row.number in days else None,
        )
        for row in those
        for position, name in enumerate(row.patentees, start=1)
    )


def _holders(rows: Sequence[PatentRow]) -> dict[str, uuid.UUID]:
    """Return the holder of each name of these rows; a new one is of the province of its first patent."""
    province = {row.patentees[0]: row.province for row in reversed(rows)}
    return holders_named({name for row in rows for name in row.patentees}, province)


def _count(delivery: Delivery, taken: Taken, refused: int) -> None:
    delivery.inserted += taken.inserted
    delivery.updated += taken.updated
    delivery.unchanged += taken.unchanged
    delivery.refused += refused + len({line for line, _fault in taken.refused})
    delivery.save(update_fields=["inserted", "updated", "unchanged", "refused"])


def _plain(fields: dict[str, tuple[Any, Any]]) -> dict[str, list[Any]]:
    return {
        name: [item.isoformat() if isinstance(item, date) else item for item in pair] for name, pair in fields.items()
    }
