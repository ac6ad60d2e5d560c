"""Pages of a provincial officer: the statements, licenses, filings and disputes of their province, and no other."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.charts import Chart, line_chart, row_chart
from core.deadlines import law_date
from core.exports import table_download
from core.identifiers.regions import REGIONS, Region
from licensing.exports import WANTED_HEADER, wanted_rows
from licensing.queries.provincial import (
    LicensingFigures,
    filings_wanted_in,
    licenses_by_month,
    licensing_figures,
)
from mediation.queries.provincial import case_counts
from registry.exports import LIST_HEADER, list_rows
from registry.queries.narrowing import Wanted, narrowed
from registry.queries.progress import TONES, Turns
from registry.queries.provincial import StatementFigures, statement_figures, statements_in
from registry.views.listing import choices_of, sort_links

PER_PAGE = 50
SHOWN = 10


def _region(request: ActingRequest) -> Region:
    """Return the officer's province; an officer without one sees nothing."""
    try:
        return REGIONS[request.actor.province]
    except KeyError:
        raise Http404 from None


@requires(Role.OFFICER)
@require_safe
def overview(request: ActingRequest) -> HttpResponse:
    """The province at a glance: how far statements came, licenses, filings, reminders, disputes."""
    at = timezone.now()
    on = law_date(at)
    region = _region(request)
    statements, licensing = statement_figures(region.code), licensing_figures(region.code, on=on)
    cases = case_counts(region.code)
    late = [wanted for wanted in filings_wanted_in(region.code) if wanted.due_on < on]
    charts = [
        _funnel(statements, licensing),
        _by_month(region.code, on),
        _filings(licensing),
        *([_cases(cases)] if cases else []),
    ]
    context = {
        "region": region,
        "at": at,
        "statements": statements,
        "licensing": licensing,
        "cases": sum(cases.values()),
        "charts": charts,
        "late": late[:SHOWN],
        "today": on,
    }
    return render(request, "province/overview.html", context)


@requires(Role.OFFICER)
@require_safe
def statements(request: ActingRequest) -> HttpResponse:
    """The province's statements: searched, narrowed, in an order, page by page."""
    on = law_date(timezone.now())
    region = _region(request)
    wanted = Wanted.read(request.GET)
    page = Paginator(narrowed(statements_in(region.code), wanted, on=on), PER_PAGE).get_page(request.GET.get("page"))
    turns = Turns(on)
    context = {
        "region": region,
        "page": page,
        "rows": [
            {"statement": item, "turn": turns.of(item), "tone": TONES.get(item.status, "neutral")} for item in page
        ],
        "wanted": wanted,
        "choices": choices_of(wanted, drafts=False),
        "sorts": sort_links(request.GET, wanted),
        "query": request.GET.urlencode(),
    }
    return render(request, "province/statements.html", context)


@requires(Role.OFFICER)
@require_safe
def statements_table(request: ActingRequest, form: str) -> HttpResponseBase:
    """The same list as a table for download."""
    on = law_date(timezone.now())
    found = narrowed(statements_in(_region(request).code), Wanted.read(request.GET), on=on)
    header = [str(label) for label in LIST_HEADER]
    return table_download(form, f"statements-{on}", _("Statements"), header, list_rows(found, on=on))


@requires(Role.OFFICER)
@require_safe
def filings(request: ActingRequest) -> HttpResponse:
    """Licenses in force that nobody has filed, the earliest last day first."""
    on = law_date(timezone.now())
    region = _region(request)
    page = Paginator(filings_wanted_in(region.code), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "province/filings.html", {"region": region, "page": page, "today": on})


@requires(Role.OFFICER)
@require_safe
def filings_table(request: ActingRequest, form: str) -> HttpResponseBase:
    """The same list as a table for download."""
    on = law_date(timezone.now())
    found = filings_wanted_in(_region(request).code)
    header = [str(label) for label in WANTED_HEADER]
    return table_download(form, f"filings-{on}", _("Filings wanted"), header, wanted_rows(found, on=on))


def _funnel(statements: StatementFigures, licensing: LicensingFigures) -> Chart:
    stages = {
        pgettext("stage", "Submitted"): statements.submitted,
        _("Approved"): statements.approved,
        _("Announced"): statements.announced,
        _("With a notice"): licensing.noticed,
        _("With a license"): licensing.licensed,
        _("With a recorded license"): licensing.recorded,
    }
    return row_chart(
        _("How far the statements came"), list(stages), {_("Statements"): list(stages.values())},
        first_column=_("Stage"), note=_("Each stage counts the statements that reached it."),
    )  # fmt: skip


def _by_month(province: str, on: date) -> Chart:
    months = licenses_by_month(province, on=on)
    labels = [date_format(month, "Y-m") for month, _count in months]
    return line_chart(
        _("Licenses by month"), labels, {_("Licenses"): [count for _month, count in months]},
        first_column=_("Month"), note=_("By the day on which each license took effect."),
    )  # fmt: skip


def _filings(licensing: LicensingFigures) -> Chart:
    states = {
        _("Filed in time"): licensing.filed_in_time,
        _("Filed late"): licensing.filed_late,
        _("Not filed, in time"): licensing.still_in_time,
        _("Not filed, overdue"): licensing.overdue,
    }
    return row_chart(
        _("Filings of licenses"), list(states), {_("Licenses"): list(states.values())}, first_column=_("State"),
        note=_("Three months from the day on which the license took effect (Implementing Rules, Rule 15(2))."),
    )  # fmt: skip


def _cases(cases: dict) -> Chart:
    labels = [str(status.label) for status in cases]
    return row_chart(
        _("Mediation cases"), labels, {_("Cases"): list(cases.values())}, first_column=_("State"),
        note=_("Counts alone: what is said in a mediation stays with the parties and the mediators."),
    )  # fmt: skip
