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
        counts: dict[str, int | None] = dict(list(facet.counts.items())[:MOST_CHOICES])
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
    """Return what a choice is called; a value unknown to its list stands for itself."""
    if facet == "classes" and len(value) == 2 and value.isdecimal():
        return _("Designs, class %(number)s") % {"number": value}
    years = int(value) if facet == "term" else 0
    names: dict[str, Mapping[str, object]] = {
        "kind": dict(PatentKind.choices),
        "fee": dict(FeeMode.choices),
        "province": REGIONS,
        "industry": INDUSTRIES,
        "term": {value: ngettext("At least %(years)s year", "At least %(years)s years", years) % {"years": years}},
        "open": {"1": _("Can be accepted now")},
        "classes": SECTIONS,
    }
    return str(names[facet].get(value, value))
