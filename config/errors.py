"""Pages for what went wrong, in the reader's language and without a trace of the inside."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# An error page is no place of the site: the menu marks nothing, or it would tell what lies behind the address.
NOWHERE = {"nowhere": True}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request makes no sense."""
    return render(request, "errors/400.html", NOWHERE, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: only where the existence of the page is no secret."""
    return render(request, "errors/403.html", NOWHERE, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose security token is too old; says how to keep what was typed."""
    return render(request, "errors/403_csrf.html", NOWHERE, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, the same for what is absent and what is not the reader's to see."""
    return render(request, "errors/404.html", NOWHERE, status=404)


def server_error(request: HttpRequest, *args: Any) -> HttpResponse:
    """500: our fault; nothing that needs a database."""
    return render(None, "errors/500.html", status=500)
