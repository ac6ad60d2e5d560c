"""What pages with a narrowed list of statements share: the choices of its filters and the links of its columns."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.enums import StatementStatus
from registry.queries.narrowing import Wanted

TURN_LABELS = {
    "filer": _("the filer"),
    "office": _("the office"),
    "bulletin": _("the bulletin"),
    "nobody": pgettext_lazy("turn", "nobody"),
}
SORT_LABELS = {
    "number": _("Statement"),
    "patent": _("Patent"),
    "title": _("Title"),
    "status": _("Status"),
    "until": _("Until"),
    "effective": _("Effective date"),
    "saved": _("Last saved"),
}
_UNSENT = (StatementStatus.DRAFT, StatementStatus.DISCARDED)


def choices_of(wanted: Wanted, *, drafts: bool) -> dict[str, list[dict[str, Any]]]:
    """Return the options of the two selects; ``drafts``: whether the reader may see drafts at all."""
    states = [state for state in StatementStatus if state not in _UNSENT or (drafts and state == StatementStatus.DRAFT)]
    return {
        "status": [{"value": s.value, "label": s.label, "selected": s.value == wanted.status} for s in states],
        "turn": [
            {"value": value, "label": label, "selected": value == wanted.turn} for value, label in TURN_LABELS.items()
        ],
    }


def sort_links(said: QueryDict, wanted: Wanted) -> dict[str, dict[str, Any]]:
    """Return for each order its label, its link (the other way round if it is in use) and how it is sorted now."""
    links = {}
    name, falling = wanted.sort.removeprefix("-"), wanted.sort.startswith("-")
    for key, label in SORT_LABELS.items():
        query = said.copy()
        query.pop("page", None)
        query["sort"] = f"-{key}" if key == name and not falling else key
        state = "" if key != name else "descending" if falling else "ascending"
        links[key] = {"label": label, "url": f"?{query.urlencode()}", "state": state}
    return links
