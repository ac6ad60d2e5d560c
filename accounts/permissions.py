"""Who may open a page. Every view wears exactly one of these; a test walks all addresses and fails where none is."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings as allauth_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role

View = Callable[..., HttpResponseBase]
PUBLIC = "public"
SIGNED_IN = "signed in"


def public(view: View) -> View:
    """Anybody may open it."""
    view.access = PUBLIC  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anybody who has signed in may open it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
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
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.actor.roles & wanted:
                raise Http404
            return view(request, *args, **kwargs)

        guarded.access = wanted  # type: ignore[attr-defined]
        return guarded

    return guard


def fresh_second_factor(view: View) -> View:
    """Before what is posted, ask for the second factor again when it was last given more than a quarter of an hour ago,
    then go on with what was posted. Goes beneath one of the three above, on decisions outside the desks.

    Whoever has no second factor passes, unless ``settings.REQUIRE_STAFF_MFA`` wants one set up first.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refused = second_factor_missing(request) if request.method == "POST" else None
        return refused if refused is not None else view(request, *args, **kwargs)

    return guarded


def second_factor_missing(request: HttpRequest) -> HttpResponse | None:
    """Return where to send somebody whose second factor is missing or no longer fresh, None where it is fresh."""
    if not is_mfa_enabled(request.user):
        return redirect("mfa_activate_totp") if settings.REQUIRE_STAFF_MFA else None
    oldest = timezone.now().timestamp() - allauth_settings.REAUTHENTICATION_TIMEOUT
    given = [item["at"] for item in get_authentication_records(request, request.user) if item["method"] == "mfa"]
    if given and max(given) > oldest:
        return None
    return suspend_request(request, reverse("mfa_reauthenticate"))
