"""What every page knows about the person who looks at it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def people(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``actor`` (None for visitors) and whether this is a development system."""
    return {"actor": getattr(request, "actor", None), "development_mark": settings.DEVELOPMENT_MARK}
