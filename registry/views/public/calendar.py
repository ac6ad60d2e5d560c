"""The calendar of the bulletin: a year's issue days as a page, for a calendar program, as data, as a table."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import public
from core.day_words import day_of_year_in_words, month_in_words, weekday_in_words
from core.deadlines import law_date
from core.exports import csv_download, json_download
from registry.bulletin.icalendar import icalendar
from registry.models import BulletinIssue, CalendarYear
from registry.queries.calendar import YearPlan, plan_of

HEADER = ("date", "appears", "issue", "reason")


@public
@require_safe
def calendar_now(request: HttpRequest) -> HttpResponse:
    """Lead to the year that runs."""
    return redirect("registry:calendar", law_date(timezone.now()).year)


@public
@require_safe
def calendar(request: HttpRequest, year: int) -> HttpResponse:
    """The issue days of a year, month by month, with what appeared and what was changed."""
    plan, today = _plan(year), law_date(timezone.now())
    years = sorted(_years(today))
    context = {
        "plan": plan,
        "today": today,
        "months": [
            {"name": month_in_words(date(year, month, 1)), "days": [_told(day) for day in days]}
            for month, days in groupby(_rows(plan), key=lambda row: row["date"].month)
        ],
        "tabs": [{"label": item, "url": f"../{item}/", "current": item == year} for item in years],
    }
    return render(request, "registry/public/calendar.html", context)


@public
@require_safe
def calendar_ics(request: HttpRequest, year: int) -> HttpResponse:
    """The issue days for a calendar program."""
    plan = _plan(year)
    stamp = plan.made.made_at if plan.made else datetime(year, 1, 1, tzinfo=UTC)
    days = [(day.on, day.appears, day.reason) for day in plan.days]
    name, origin = _("Bulletin of open licenses"), settings.BULLETIN_ORIGIN
    data = icalendar(days, name=name, origin=origin, stamp=stamp, provisional=plan.provisional)
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="bulletin-calendar-{year}.ics"'
    return response


@public
@require_safe
def calendar_json(request: HttpRequest, year: int) -> HttpResponse:
    """The issue days as data."""
    plan = _plan(year)
    data = {
        "year": year,
        "made_at": plan.made.made_at if plan.made else None,
        "provisional": plan.provisional,
        "days": list(_rows(plan)),
    }
    return json_download(f"bulletin-calendar-{year}.json", data)


@public
@require_safe
def calendar_csv(request: HttpRequest, year: int) -> HttpResponseBase:
    """The issue days as a table."""
    rows = ([row[name] for name in HEADER] for row in _rows(_plan(year)))
    return csv_download(f"bulletin-calendar-{year}.csv", HEADER, rows)


def _told(day: dict[str, Any]) -> dict[str, Any]:
    said = {**day, "said": day_of_year_in_words(day["date"]), "weekday": weekday_in_words(day["date"])}
    if day["issue"]:
        year, _dash, number = day["issue"].partition("-")
        said["url"] = reverse("registry:issue", args=[int(year), int(number)])
    return said


def _plan(year: int) -> YearPlan:
    if year not in _years(law_date(timezone.now())):
        raise Http404
    return plan_of(year)


def _years(today: date) -> set[int]:
    """The years there is something to say of: with a calendar, with issues, this one and the next."""
    made = CalendarYear.objects.values_list("year", flat=True)
    issued = BulletinIssue.objects.values_list("year", flat=True).distinct()
    return {*made, *issued, today.year, today.year + 1}


def _rows(plan: YearPlan) -> Iterator[dict[str, Any]]:
    issues = {issue.issued_on: issue for issue in BulletinIssue.objects.filter(year=plan.year)}
    planned = {day.on: day for day in plan.days}
    for on in sorted({*planned, *issues}):
        day, issue = planned.get(on), issues.get(on)
        yield {
            "date": on,
            "appears": issue is not None or (day is not None and day.appears),
            "issue": str(issue) if issue else "",
            "reason": day.reason if day else "",
        }
