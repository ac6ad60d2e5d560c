"""Register events in words, and the events of a patent as the public may read them."""

from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.enums import (
    CompensationGround,
    EncumbranceKind,
    EventKind,
    InvalidationScope,
    ReportConclusion,
    SuspensionGround,
)
from registry.events.annulment import annulled_name
from registry.models import ParkedEvent, RegisterEvent

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
    "annuls": gettext_lazy("Annulled event"),
    "annuls_source": gettext_lazy("Source of the annulled event"),
    "reason": gettext_lazy("Reason"),
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


def is_entered(event: RegisterEvent) -> bool:
    """Whether the event was entered: it fits the register, or did until it was annulled."""
    return not ParkedEvent.objects.filter(pk=event.pk, applied_at=None).exists()


def while_it_counted(event: RegisterEvent, column: str) -> Q:
    """Return the condition that the time in this column is one at which the event counted: from its receipt, but for the
    time it was parked (of several such times the one from the first parking to the last entering)."""
    parked = ParkedEvent.objects.filter(pk=event.pk).first()
    if parked is None:
        return Q(**{f"{column}__gte": event.received_at})
    counted = Q(**{f"{column}__gte": event.received_at, f"{column}__lt": parked.parked_at})
    return counted if parked.applied_at is None else counted | Q(**{f"{column}__gte": parked.applied_at})


def with_annulled(events: QuerySet[RegisterEvent]) -> QuerySet[RegisterEvent]:
    """Say of each event of a list, as ``annulled``, whether another annuls it."""
    annulments = (
        RegisterEvent.objects.annotate(
            annuls=KT("details__annuls"),
            annuls_of=Coalesce(KT("details__annuls_source"), "source", output_field=TextField()),
        )
        .filter(
            kind=EventKind.ANNULMENT,
            patent_number=OuterRef("patent_number"),
            annuls=OuterRef("reference"),
            annuls_of=OuterRef("source"),
        )
        .exclude(parked__dismissed_at__isnull=False)
    )
    annulled = Q(Exists(annulments)) & ~Q(kind=EventKind.ANNULMENT)
    return events.annotate(annulled=ExpressionWrapper(annulled, BooleanField()))


def annulment_of(event: RegisterEvent) -> RegisterEvent | None:
    """Return the event that annuls this one."""
    if event.kind == EventKind.ANNULMENT:
        return None
    annulments = (
        RegisterEvent.objects.filter(
            kind=EventKind.ANNULMENT, patent_number=event.patent_number, details__annuls=event.reference
        )
        .exclude(parked__dismissed_at__isnull=False)
        .order_by("source", "reference")
    )
    return next((item for item in annulments if annulled_name(item) == (event.source, event.reference)), None)
