"""Puts the acting person and organisation on every request, and asks office staff for their second factor."""

import logging
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.handlers.exception import response_for_exception
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from accounts.queries import actor_for_request
from core.lifecycle import WrongRole

log = logging.getLogger(__name__)

Next = Callable[[HttpRequest], HttpResponse]

# Where somebody without a second factor can still go: to set one up, to leave, to change the language.
_OPEN_NAMES = frozenset({"account_logout", "account_reauthenticate", "set_language", "health"})


class ActorMiddleware:
    """Sets ``request.actor``: a core.lifecycle.Actor, or None for visitors. Rights are read anew at each request."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor before any view runs."""
        request.actor = actor_for_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 404 where an act found nothing for this actor: rights may end between the page and the act."""
        if not isinstance(exception, ObjectDoesNotExist | WrongRole):
            return None
        log.warning("%s: nothing here for the actor: %s", request.path, exception)
        return response_for_exception(request, Http404())


class SecondFactorMiddleware:
    """Sends office staff without a second factor to set one up, where ``settings.REQUIRE_STAFF_MFA`` says so."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let everybody through but staff who still lack their second factor."""
        actor = request.actor
        if (
            settings.REQUIRE_STAFF_MFA
            and actor is not None
            and actor.is_office
            and not _open_to_all(request.path_info)
            and not is_mfa_enabled(request.user)
        ):
            messages.warning(request, _("Work for the office needs a second factor. Set one up to go on."))
            return redirect("mfa_activate_totp")
        return self.get_response(request)


def _open_to_all(path: str) -> bool:
    try:
        name = resolve(path).view_name
    except Resolver404:
        return True
    return name in _OPEN_NAMES or name.startswith("mfa_")
