"""After too many wrong passwords for one account from one address: a clear page, the same for unknown accounts."""

from datetime import datetime, timedelta
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone


def account_tried(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Return the account that is tried, in one spelling: allauth names it ``email``, its form ``login``."""
    known = credentials or {}
    name = known.get("email") or known.get("login") or known.get("username") or request.POST.get("login") or ""
    return str(name).strip().lower()[:255]


def client_address(request: HttpRequest) -> str | None:
    """Return the caller's address, past as many proxies as ``ALLAUTH_TRUSTED_PROXY_COUNT`` says are ours."""
    return get_client_ip(request)


def locked_out(request: HttpRequest, original: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """429: who is locked out, and until when. Says nothing about whether the account exists."""
    until = locked_until(account_tried(request, credentials), client_address(request))
    if until is None:
        until = timezone.now() + _pause()
    response = render(request, "accounts/locked_out.html", {"until": until}, status=429)
    response["Retry-After"] = str(max(1, int((until - timezone.now()).total_seconds())))
    return response


def locked_until(account: str, address: str | None) -> datetime | None:
    """Return when the pause after the last wrong password ends, None when none was counted."""
    last = AccessAttempt.objects.filter(username=account, ip_address=address).order_by("-attempt_time").first()
    return None if last is None else last.attempt_time + _pause()


def _pause() -> timedelta:
    return get_cool_off() or timedelta(0)
