"""The annuities of one patent, year by year: what is due, which reduction decides, and why."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.charts import Chart, bar_chart
from core.deadlines import law_date
from licensing.annuities.year_table import YearRow
from licensing.queries.annuities import annuity_rows
from registry.queries.statements import patents_to_file


@requires(Role.PATENTEE, Role.AGENCY)
def annuities(request: ActingRequest, number: str) -> HttpResponse:
    """Each patent year of a patent the actor holds, as chart and as table."""
    on = law_date(timezone.now())
    patent = get_object_or_404(patents_to_file(request.actor, on=on), number=number)
    rows = annuity_rows(patent, on=on)
    context = {
        "patent": patent,
        "rows": rows,
        "on": on,
        "chart": _chart(rows) if rows else None,
        "saved": sum(row.saved for row in rows),
        "payable": [row for row in rows if row.payment is not None],
    }
    return render(request, "licensing/annuities.html", context)


def _chart(rows: list[YearRow]) -> Chart:
    return bar_chart(
        _("Annuities by patent year, in yuan"),
        [str(row.year) for row in rows],
        {_("Full"): [row.full.amount for row in rows], _("Payable"): [row.payable for row in rows]},
        first_column=_("Patent year"),
    )
