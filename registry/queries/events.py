"""Register events in words, and the events of a patent as the public may read them."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.enums import (
    CompensationGround,
    EncumbranceKind,
    InvalidationScope,
    ReportConclusion,
    SuspensionGround,
)
from registry.models import RegisterEvent

LABELS: dict[str, Any] = {
    "pledgee": gettext_lazy("Pledgee"),
    "number": gettext_lazy("Registration number"),
    "consented_on": gettext_lazy("Pledgee's consent"),
    "license_kind": gettext_lazy("Kind"),
    "licensee": gettext_lazy("Licensee"),
    "filing_number": gettext_lazy("Filing number"),
    "until_on": gettext_lazy("No longer since"),
    "ground": gettext_lazy("Ground"),
    "description": gettext_lazy("Obstacle"),
    "scope": gettext_lazy("Scope"),
    "decision_number": gettext_lazy("Decision number"),
    "report_number": gettext_lazy("Report number"),
    "conclusion": gettext_lazy("Conclusion"),
    "year": gettext_lazy("Patent year"),
    "days": gettext_lazy("Days"),
    "from": gettext_lazy("Before the change"),
    "to": gettext_lazy("After the change"),
    "entry": gettext_lazy("Entry"),
}
_CHOICES: dict[str, tuple[Any, ...]] = {
    "license_kind": (EncumbranceKind,),
    "ground": (SuspensionGround, CompensationGround),
    "scope": (InvalidationScope,),
    "conclusion": (ReportConclusion,),
}


def details_of(event: RegisterEvent) -> list[dict[str, Any]]:
    """Return what the event says besides its kind and day, as labels and words."""
    return [{"label": LABELS[name], "value": _words(name, value)} for name, value in event.details.items()]


def _words(name: str, value: Any) -> str:
    if isinstance(value, list):
        return _("; ").join(value)
    for choices in _CHOICES.get(name, ()):
        if value in choices.values:
            return str(choices(value).label)
    return str(value)
