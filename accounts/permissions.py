"""Who may open a page. Every view wears exactly one of these; a test walks all addresses and fails where none is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

from accounts.roles import Role

View = Callable[..., HttpResponse]
PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View) -> View:
    """Anybody may open it."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody who has signed in may open it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    guarded.access = SIGNED_IN  # type: ignore[attr-defined]
    return guarded


def requires(*roles: Role) -> Callable[[View], View]:
    """Only people acting in one of these roles; to others the page does not exist (safety: absent looks like
    forbidden). Visitors are asked to sign in first."""
    wanted = frozenset(role.value for role in roles)

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.actor.roles & wanted:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.access = wanted  # type: ignore[attr-defined]
        return guarded

    return guard
