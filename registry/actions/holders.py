"""Finding the register's row of a holder whom a delivery or an event names."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from registry.enums import EventKind
from registry.intake.names import is_natural_person
from registry.models import Ownership, Patent, Patentee, RegisterEvent
from registry.queries.register import replays


def holders_named(names: set[str], province: Mapping[str, str] | None = None) -> dict[str, UUID]:
    """Return the holder of each name, made where the register has none.

    A unit that was identified keeps its name to itself, but for one that a mistaken change of name left behind. A natural
    person's name says nothing of which person it is, so that a new patent goes to the unidentified row of that name.
    """
    province = province or {}
    rank: dict[str, tuple[int, str]] = {}
    holders: dict[str, UUID] = {}
    rows = list(Patentee.objects.filter(name__in=names).select_related("organisation"))
    mistaken = _left_by_mistake(rows)
    for known in rows:
        if known.organisation_id is not None and (known.is_person or known.pk in mistaken):
            continue
        place = (0 if known.organisation_id is not None else 1, known.address)
        if known.name not in rank or place < rank[known.name]:
            rank[known.name], holders[known.name] = place, known.pk
    made = [
        Patentee(name=name, is_person=is_natural_person(name), province=province.get(name, ""))
        for name in sorted(names - holders.keys())
    ]
    Patentee.objects.bulk_create(made)
    return holders | {patentee.name: patentee.pk for patentee in made}


def _left_by_mistake(rows: Iterable[Patentee]) -> set[UUID]:
    """Return those rows of identified units whose name a change of name gave that does not count (RULES 106), and under
    which nothing is held."""
    strange = {row.pk: row.name for row in rows if row.organisation is not None and row.organisation.name != row.name}
    for pk in Ownership.objects.filter(patentee__in=strange).values_list("patentee_id", flat=True):
        strange.pop(pk, None)
    if not strange:
        return set()
    given = RegisterEvent.objects.filter(kind=EventKind.CHANGE_OF_NAME, details__to__in=list(strange.values()))
    folded = replays(Patent.objects.filter(number__in=given.values("patent_number")))
    unsaid = {name for one in folded.values() for held in one.unsaid for name in held.came}
    return {pk for pk, name in strange.items() if name in unsaid}
