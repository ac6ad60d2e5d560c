"""Licenses and filings under the statements of one province."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import TruncMonth

from accounts.models import InboxMessage
from core.deadlines import add_months
from licensing.enums import STANDING_FILINGS, FilingStatus, LicenseStatus
from licensing.models import Filing, License, Notice
from licensing.queries.worklists import WantedFiling, filings_wanted
from registry.queries.provincial import statements_in

MONTHS = 12
REMINDER = "license-filing_due"


@dataclass(frozen=True, slots=True)
class LicensingFigures:
    """Statements by how far their licensing came; licenses and filings by state; reminders that were sent."""

    noticed: int
    licensed: int
    recorded: int
    licenses: int
    in_force: int
    filed_in_time: int
    filed_late: int
    still_in_time: int
    overdue: int
    reminders: int


def licenses_in(province: str) -> QuerySet[License]:
    """Return the licenses under statements of the province."""
    return License.objects.filter(statement__in=statements_in(province).values("pk"))


def filings_wanted_in(province: str) -> list[WantedFiling]:
    """Return the province's licenses in force that nobody has filed, the earliest last day first."""
    licenses = licenses_in(province).select_related("statement__filed_by")
    return sorted(filings_wanted(licenses), key=lambda wanted: (wanted.due_on, wanted.license.number))


def licensing_figures(province: str, *, on: date) -> LicensingFigures:
    """Return the counts of the province as of that day."""
    statements, licenses = statements_in(province), licenses_in(province)
    mine = Q(license__in=licenses.values("pk"))
    filings = Filing.objects.filter(mine, status__in=STANDING_FILINGS)
    wanted = filings_wanted_in(province)
    overdue = sum(item.due_on < on for item in wanted)
    under = OuterRef("pk")
    recorded = Filing.objects.filter(license__statement=under, status=FilingStatus.RECORDED)
    return LicensingFigures(
        noticed=statements.filter(Exists(Notice.objects.filter(statement=under))).count(),
        licensed=statements.filter(Exists(License.objects.filter(statement=under))).count(),
        recorded=statements.filter(Exists(recorded)).count(),
        licenses=licenses.count(),
        in_force=licenses.filter(status=LicenseStatus.IN_FORCE).count(),
        filed_in_time=filings.filter(is_late=False).count(),
        filed_late=filings.filter(is_late=True).count(),
        still_in_time=len(wanted) - overdue,
        overdue=overdue,
        reminders=reminders_sent(province),
    )


def reminders_sent(province: str) -> int:
    """Return how many reminders to file went to the sides of the province's licenses."""
    sent = InboxMessage.objects.filter(code=REMINDER).annotate(about=KT("params__license"))
    return sent.filter(about__in=licenses_in(province).values("number")).count()


def licenses_by_month(province: str, *, on: date) -> list[tuple[date, int]]:
    """Return how many licenses took effect in each of the last twelve months, this one included."""
    first = add_months(on.replace(day=1), 1 - MONTHS)
    rows = licenses_in(province).filter(effective_on__gte=first).annotate(month=TruncMonth("effective_on"))
    found = dict(rows.values_list("month").annotate(n=Count("pk")).order_by())
    months = [add_months(first, number) for number in range(MONTHS)]
    return [(month, found.get(month, 0)) for month in months]
