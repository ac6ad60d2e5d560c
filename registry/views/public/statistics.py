"""The yearly statistics of license contracts, as tables and pictures, with their sources."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import public
from core.charts import Chart, bar_chart
from core.legal import STAT
from registry.pricing.statistics import YEARS, Year


@public
@require_safe
def license_statistics(request: HttpRequest) -> HttpResponse:
    """Recorded contracts by year: how they were paid, for how much, for how long."""
    context = {"years": YEARS, "charts": [_modes(), _means()], "source": STAT()}
    return render(request, "registry/public/statistics.html", context)


def _full() -> list[Year]:
    return [year for year in YEARS if year.fixed and year.royalty and year.free]


def _note() -> str:
    return _("Source: %(source)s. All industries, all kinds of contract.") % {"source": STAT()}


def _modes() -> Chart:
    counts: dict[Any, list[int]] = {_("Fixed or convertible"): [], _("Royalty"): [], _("Free of charge"): []}
    for year in _full():
        for column, share in zip(counts.values(), (year.fixed, year.royalty, year.free), strict=True):
            column.append(share.count if share else 0)
    labels = [year.label for year in _full()]
    return bar_chart(_("Recorded contracts by payment"), labels, counts, first_column=_("Year"), note=_note())


def _means() -> Chart:
    means = [year.fixed.mean_fee for year in _full() if year.fixed and year.fixed.mean_fee is not None]
    labels = [year.label for year in _full()]
    return bar_chart(
        _("Mean fixed fee of a contract, in yuan"),
        labels,
        {_("Mean fee"): means},
        first_column=_("Year"),
        note=_note(),
    )
