"""Facets as links: what each choice is called and where it leads."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.identifiers import INDUSTRIES, REGIONS
from registry.enums import FeeMode, PatentKind
from registry.queries.searching import Facet, Wanted

MOST_CHOICES = 12

LABELS = {
    "kind": gettext_lazy("Kind"),
    "classes": gettext_lazy("Class"),
    "province": gettext_lazy("Province"),
    "industry": gettext_lazy("Industry"),
    "fee": gettext_lazy("How the fee is paid"),
    "term": gettext_lazy("Term left"),
    "open": gettext_lazy("Acceptance"),
}
# The sections of the International Patent Classification.
SECTIONS = {
    "A": gettext_lazy("A Human necessities"),
    "B": gettext_lazy("B Operations; transporting"),
    "C": gettext_lazy("C Chemistry; metallurgy"),
    "D": gettext_lazy("D Textiles; paper"),
    "E": gettext_lazy("E Fixed constructions"),
    "F": gettext_lazy("F Mechanical engineering"),
    "G": gettext_lazy("G Physics"),
    "H": gettext_lazy("H Electricity"),
}


def facet_lists(facets: list[Facet], wanted: Wanted, figures: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the facets that have a choice to offer, the chosen one marked and leading back."""
    lists = []
    for facet in facets:
        chosen = getattr(wanted, facet.name)
        counts = dict(list(facet.counts.items())[:MOST_CHOICES])
        if chosen and chosen not in counts:
            counts[chosen] = facet.counts.get(chosen)
        options = [
            {
                "label": _name(facet.name, value),
                "count": count,
                "selected": value == chosen,
                "url": f"?{urlencode({**wanted.params(**{facet.name: '' if value == chosen else value}), **figures})}",
            }
            for value, count in counts.items()
            if count or value == chosen
        ]
        if options:
            lists.append({"label": LABELS[facet.name], "options": options})
    return lists


def _name(facet: str, value: str) -> str:
    if facet == "kind":
        return str(PatentKind(value).label)
    if facet == "fee":
        return str(FeeMode(value).label)
    if facet == "province":
        return str(REGIONS[value]) if value in REGIONS else value
    if facet == "industry":
        return str(INDUSTRIES[value]) if value in INDUSTRIES else value
    if facet == "term":
        years = int(value)
        return ngettext("At least %(years)s year", "At least %(years)s years", years) % {"years": years}
    if facet == "open":
        return _("Can be accepted now")
    return str(SECTIONS.get(value, value if len(value) > 2 else _("Designs, class %(number)s") % {"number": value}))
