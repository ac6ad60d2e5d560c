"""Finding the register's row of a holder whom a delivery or an event names."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Exists, OuterRef

from registry.intake.names import is_natural_person
from registry.models import Ownership, Patentee


def holders_named(names: set[str], province: Mapping[str, str] | None = None) -> dict[str, UUID]:
    """Return the holder of each name, made where the register has none.

    A unit that was identified keeps its name to itself, but for one that it neither bears nor holds anything under: a
    change of name that was annulled may have left it. A natural person's name says nothing of which person it is, so that
    a new patent goes to the unidentified row of that name.
    """
    province = province or {}
    rank: dict[str, tuple[int, str]] = {}
    holders: dict[str, UUID] = {}
    held = Exists(Ownership.objects.filter(patentee=OuterRef("pk")))
    for known in Patentee.objects.filter(name__in=names).select_related("organisation").annotate(holds=held):
        unit = known.organisation
        if unit is not None and (known.is_person or not (known.holds or unit.name == known.name)):
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
