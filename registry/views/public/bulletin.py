"""The bulletin: its issues by year, each issue as printed, an entry with its proof, an issue as a table."""

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.permissions import public
from core.exports import csv_download, pdf_download
from registry.bulletin.fields import FIELDS, fields_of
from registry.bulletin.fields import shown as in_words
from registry.documents.bulletin import issue_pdf
from registry.enums import EntryKind
from registry.fees.terms import describe, from_columns
from registry.models import BulletinEntry, BulletinIssue
from registry.queries.halts import standing_halt
from registry.queries.log import index_of, proof_of
from registry.queries.tables import ENTRY_HEADER, entry_rows

A_PAGE = 100


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
    """One issue: entries by kind of matter, in the order as printed, a hundred a page."""
    found = get_object_or_404(BulletinIssue, year=year, number=number)
    entries = found.entries.order_by("position").prefetch_related("corrections__issue")
    page = Paginator(entries, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "issue": found,
        "page": page,
        "groups": [
            {"kind": EntryKind(kind).label, "entries": [shown_entry(entry) for entry in group]}
            for kind, group in groupby(page, key=lambda entry: entry.kind)
        ],
        "before": BulletinIssue.objects.filter(serial=found.serial - 1).first(),
        "after": BulletinIssue.objects.filter(serial=found.serial + 1).first(),
    }
    return render(request, "registry/public/issue.html", context)


@public
@require_safe
def issue_csv(request: HttpRequest, year: int, number: int) -> HttpResponseBase:
    """The issue as a table."""
    found = get_object_or_404(BulletinIssue, year=year, number=number)
    return csv_download(f"bulletin-{found}.csv", ENTRY_HEADER, entry_rows(found))


@public
@require_safe
def issue_document(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """The issue as PDF."""
    found = get_object_or_404(BulletinIssue, year=year, number=number)
    return pdf_download(f"bulletin-{found}.pdf", issue_pdf(found), public=True)


@public
@require_safe
def entry(request: HttpRequest, year: int, number: int, position: int) -> HttpResponse:
    """One entry with its proof."""
    found = entry_at(year, number, position)
    context = {
        "issue": found.issue,
        "item": shown_entry(found),
        "proof": proof_of(found),
        "number": index_of(found) + 1,
    }
    return render(request, "registry/public/entry.html", context)


def entry_at(year: int, number: int, position: int) -> BulletinEntry:
    """Return the entry at a place of the bulletin, or answer that there is none."""
    entries = BulletinEntry.objects.select_related("issue", "corrects__issue")
    return get_object_or_404(entries, issue__year=year, issue__number=number, position=position)


def shown_entry(entry: BulletinEntry) -> dict[str, Any]:
    """An entry's fields as printed, with the fee in words beside them and what corrected it since."""
    said = fields_of(entry.content)
    fee = entry.content.get("fee")
    return {
        "entry": entry,
        "said": entry.content,
        "fields": [
            {"name": name, "label": FIELDS[name], "value": in_words(name, value)} for name, value in said.items()
        ],
        "price": describe(from_columns(**fee)) if fee else "",
        "rectifications": entry.corrections.all(),
    }
