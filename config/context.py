"""What every page knows about the office's own state."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registry.queries.halts import standing_halt


def office(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``publication_halt``: the halt that stands, for the office's people only, read where it is shown."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_office:
        return {"publication_halt": None}
    return {"publication_halt": SimpleLazyObject(standing_halt)}
