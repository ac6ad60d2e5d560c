"""Pages that belong to no single app: home, workbench, health."""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """The public front page: the search box and the newest announcements."""
    return render(request, "home.html")


@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """What waits for the person who signed in, by the organisation or office they act for."""
    return render(request, "workbench.html")


def health(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve: the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})
