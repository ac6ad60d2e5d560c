"""Puts the acting person and organisation on every request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts.queries import actor_for_request


class ActorMiddleware:
    """Sets ``request.actor``: a core.lifecycle.Actor, or None for visitors. Rights are read anew at each request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor before any view runs."""
        request.actor = actor_for_request(request)
        return self.get_response(request)
