"""The request as every guarded view gets it."""

from django.http import HttpRequest

from accounts.models import User
from core.lifecycle import Actor


class ActingRequest(HttpRequest):
    """A request of somebody who signed in: ``actor`` is who they are now (accounts.middleware)."""

    actor: Actor
    user: User  # type: ignore[assignment]
