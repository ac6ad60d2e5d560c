"""The list of statements and the page of one."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import public
from core.deadlines import law_date
from core.exports import csv_download
from core.legal import GL, LAW, RULES, Citation
from registry.enums import PUBLIC_STATUSES, EntryKind, StatementStatus
from registry.exports import STATEMENT_HEADER, statement_rows
from registry.fees.amounts import CostTooLarge, Usage, UsageMissing, cost
from registry.fees.terms import Instalments, describe, describe_instalments
from registry.forms.usage import UsageForm
from registry.models import BulletinEntry, Patent, Statement
from registry.queries.acceptance import acceptance_of
from registry.queries.changes import changes_from_earlier
from registry.queries.duties import renamed_since_announcement
from registry.queries.public import entries_about, license_counts, public_statements, with_facts
from registry.queries.register import register_state
from registry.queries.searching import Found, SearchTooSlow, Wanted, find, narrowed
from registry.queries.watching import watch_on
from registry.views.public.cards import cards, class_words, term_words
from registry.views.public.facets import facet_lists

BASIS_OF_ENTRY: dict[str, Citation] = {
    EntryKind.STATEMENT: GL("V-11 §3.5"),
    EntryKind.WITHDRAWAL: LAW(50, 2),
    EntryKind.TERMINATION: GL("V-11 §4"),
    EntryKind.REVOCATION: GL("V-11 §3.4"),
    EntryKind.FILING: RULES(15),
    EntryKind.RECTIFICATION: GL("V-8 §1.3.2"),
}


@public
@require_safe
def statement_list(request: HttpRequest) -> HttpResponse:
    """The statements that fit the words and filters in the address."""
    at = timezone.now()
    wanted = Wanted.read(request.GET)
    form = UsageForm.from_address(request.GET)
    usage = form.usage
    context: dict[str, Any] = {"wanted": wanted, "form": form, "at": at}
    try:
        found = find(wanted, on=law_date(at), cursor=request.GET.get("page", ""), usage=usage)
    except SearchTooSlow:
        return render(request, "registry/public/too_slow.html", context)
    query = {**wanted.params(), **form.params}
    context |= {
        "found": found,
        "facets": facet_lists(found.facets, wanted, form.params),
        "cards": cards(found.page.rows, at=at, usage=usage, query=urlencode(form.params)),
        "kept": {name: value for name, value in query.items() if name not in ("q", "classes")},
        "kept_by_figures": wanted.params(),
        "orders": _orders(wanted, form),
        "csv_url": f"{reverse('registry:statement_csv')}?{urlencode(wanted.params(order=''))}",
        "ended_url": f"?{urlencode({**wanted.params(ended='' if wanted.ended else '1'), **form.params})}",
        "previous_url": _page_url(query, found.page.previous),
        "next_url": _page_url(query, found.page.next),
        "patent_found": _patent_found(found),
    }
    return render(request, "registry/public/statement_list.html", context)


def _page_url(query: dict[str, str], cursor: str) -> str:
    return f"?{urlencode({**query, 'page': cursor})}" if cursor else ""


def _orders(wanted: Wanted, form: UsageForm) -> list[dict[str, Any]]:
    """The ways to sort; by cost only with figures to count it from."""
    if form.usage is None:
        return []
    choices = (("", _("Newest first")), ("cost", _("Cheapest for us first")))
    return [
        {
            "label": label,
            "url": f"?{urlencode({**wanted.params(order=order), **form.params})}",
            "current": wanted.order == order,
        }
        for order, label in choices
    ]


def _patent_found(found: Found) -> Patent | None:
    """The patent whose number was typed, where nothing open stands on it."""
    number = found.search.patent_number
    return Patent.objects.filter(number=number).first() if number and not found.count else None


@public
@require_safe
def statement_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole of the list as CSV."""
    wanted = Wanted.read(request.GET)
    rows = statement_rows(narrowed(wanted, on=law_date(timezone.now())))
    return csv_download("statements.csv", STATEMENT_HEADER, rows)


@public
@require_safe
def statement(request: HttpRequest, number: str) -> HttpResponse:
    """One announced statement: price, term, whether it can be accepted now and why not, its history."""
    if not number.isalnum():
        raise Http404
    at = timezone.now()
    found = get_object_or_404(with_facts(public_statements()), number=number)
    form = UsageForm.from_address(request.GET)
    terms = found.terms
    acceptance = acceptance_of(found, at=at)
    context = {
        "statement": found,
        "patent": found.patent,
        "owners": [held.patentee for held in found.patent.ownerships.all()],
        "class_code": class_words(found.patent),
        "price": describe(terms),
        "instalments": describe_instalments(terms) if isinstance(terms, Instalments) else [],
        "term": term_words(found),
        "licenses": license_counts([found.pk]).get(found.pk, 0),
        "acceptance": acceptance,
        "over": found.status != StatementStatus.ANNOUNCED,
        "contact": _contact(found),
        "events": _events(entries_about(found)),
        "form": form,
        "at": at,
        "earlier": found.replaces,
        "changes": changes_from_earlier(found, announced_only=True),
        "later": found.replaced_by.filter(status__in=PUBLIC_STATUSES).first(),
        "known": register_state(found.patent).known,
        "renamed": renamed_since_announcement(found),
        "watching": watch_on(getattr(request, "actor", None), found),
        "watch_url": reverse("registry:statement_watch", args=[found.number]),
        **_estimate(found, form.usage),
    }
    return render(request, "registry/public/statement.html", context)


def _contact(statement: Statement) -> list[dict[str, str]]:
    """The contact as announced; lines that are empty are left out."""
    lines = (
        (_("Contact person"), statement.contact_name),
        (_("Telephone"), statement.contact_phone),
        (_("E-mail address"), statement.contact_email),
        (_("Address"), statement.contact_address),
    )
    return [{"label": label, "value": value} for label, value in lines if value]


def _estimate(statement: Statement, usage: Usage | None) -> dict[str, Any]:
    """What it would cost the reader, year by year; or what is missing to say it."""
    if usage is None:
        return {}
    try:
        return {"estimate": cost(statement.terms, usage)}
    except UsageMissing as missing:
        return {"estimate_lacks": missing.message}
    except CostTooLarge:
        return {"estimate_lacks": _("More than can be counted")}


def _events(entries: Iterable[BulletinEntry]) -> list[dict[str, Any]]:
    return [
        {
            "label": entry.get_kind_display(),
            "at": entry.issue.issued_on,
            "url": reverse("registry:entry", args=[entry.issue.year, entry.issue.number, entry.position]),
            "note": _("Bulletin %(issue)s, entry %(position)s") % {"issue": entry.issue, "position": entry.position},
            "article": BASIS_OF_ENTRY.get(entry.kind),
            "state": "done",
        }
        for entry in entries
    ]
