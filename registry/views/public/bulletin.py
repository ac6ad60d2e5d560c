"""The bulletin: its issues by year, and each issue as printed, as JSON and as CSV."""

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import public
from core.exports import csv_download, json_download
from core.identifiers import display_ipc
from registry.enums import EntryKind, PatentKind, TermMode
from registry.exports import ENTRY_HEADER, entry_rows, issue_document
from registry.fees.terms import describe, from_columns
from registry.models import BulletinEntry, BulletinIssue
from registry.queries.halts import standing_halt


@public
@require_safe
def bulletin(request: HttpRequest) -> HttpResponse:
    """All issues of one year, by default of the newest."""
    years = list(BulletinIssue.objects.order_by("-year").values_list("year", flat=True).distinct())
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdecimal() and int(asked[:5]) in years else (years or [0])[0]
    if asked and str(year) != asked:
        raise Http404
    context = {
        "year": year,
        "tabs": [{"label": item, "url": f"?year={item}", "current": item == year} for item in years],
        "issues": BulletinIssue.objects.filter(year=year).order_by("-number"),
        "halt": standing_halt(),
    }
    return render(request, "registry/public/bulletin.html", context)


@public
@require_safe
def issue(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """One issue: entries by kind of matter and of patent, in the order as printed."""
    found = get_object_or_404(BulletinIssue, year=year, number=number)
    entries = found.entries.order_by("position")
    context = {
        "issue": found,
        "groups": [
            {
                "kind": EntryKind(kind).label,
                "patent_kind": _kind_label(patent_kind),
                "entries": [_shown(e) for e in group],
            }
            for (kind, patent_kind), group in groupby(entries, key=_group)
        ],
        "before": BulletinIssue.objects.filter(serial=found.serial - 1).first(),
        "after": BulletinIssue.objects.filter(serial=found.serial + 1).first(),
    }
    return render(request, "registry/public/issue.html", context)


@public
@require_safe
def issue_json(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The issue as data, with everything that is hashed."""
    found = get_object_or_404(BulletinIssue, year=year, number=number)
    return json_download(f"bulletin-{found}.json", issue_document(found))


@public
@require_safe
def issue_csv(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """The issue as a table."""
    found = get_object_or_404(BulletinIssue, year=year, number=number)
    return csv_download(f"bulletin-{found}.csv", ENTRY_HEADER, entry_rows(found))


def _group(entry: BulletinEntry) -> tuple[str, str]:
    return entry.kind, entry.content.get("patent_kind", "")


def _kind_label(kind: str) -> str:
    return str(PatentKind(kind).label) if kind in PatentKind.values else ""


def _shown(entry: BulletinEntry) -> dict[str, Any]:
    """An entry with its fee in words and its class as printed; the rest is shown as announced."""
    said = entry.content
    main_class = said.get("main_class", "")
    design = said.get("patent_kind") == PatentKind.DESIGN
    term = said.get("term", {})
    return {
        "entry": entry,
        "said": said,
        "main_class": main_class if design or "/" not in main_class else display_ipc(main_class),
        "price": describe(from_columns(**said["fee"])) if "fee" in said else "",
        "until": term.get("until") if term.get("mode") == TermMode.UNTIL else "",
        "months": term.get("months") if term.get("mode") == TermMode.MONTHS else "",
    }
