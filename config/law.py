"""Public pages about the registry itself: the law it applies, and how accessible it is."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.permissions import public
from config.reference import rule_books
from config.setting_words import in_words
from core.deadlines import law_date
from core.legal import INSTRUMENTS
from core.legal.settings import ROWS, UnknownSetting, setting


def settings_in_force(on: date) -> list[dict[str, Any]]:
    """Return the row of each setting that applies on that day, with its value as people read it."""
    rows = []
    for key in dict.fromkeys(row.key for row in ROWS):
        try:
            row = setting(key, on=on)
        except UnknownSetting:
            continue
        rows.append({"row": row, "shown": in_words(row)})
    return rows


@public
def legal_basis(request: HttpRequest) -> HttpResponse:
    """Every rule with its articles, every number of law and office practice, every source and how sure it is."""
    on = law_date(timezone.now())
    books = [
        {"title": book.title, "rules": [rule for rule in book.rules if rule.in_force(on)]}
        for _app, book in rule_books()
    ]
    context = {"books": books, "settings": settings_in_force(on), "instruments": INSTRUMENTS.values(), "on": on}
    return render(request, "about/legal_basis.html", context)


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    """What the pages promise to people with disabilities, and whom to tell when they fail."""
    return render(request, "about/accessibility.html")
