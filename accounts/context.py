"""What every page knows about the person who looks at it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.queries import messages_for


def people(request: HttpRequest) -> dict[str, Any]:
    """Give templates ``actor`` (None for visitors), ``unread_messages`` (their number, counted only where it is shown)
    and ``development_mark`` (whether this is a development system)."""
    actor = getattr(request, "actor", None)
    unread = SimpleLazyObject(lambda: 0 if actor is None else messages_for(actor).filter(read_at=None).count())
    return {"actor": actor, "unread_messages": unread, "development_mark": settings.DEVELOPMENT_MARK}
