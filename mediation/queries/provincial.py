"""How many cases concern statements of one province. Counts alone: a case is its parties' and mediators'."""

from django.db.models import Count

from mediation.enums import UNSENT_STATUSES, CaseStatus
from mediation.models import Case
from registry.queries.provincial import statements_in


def case_counts(province: str) -> dict[CaseStatus, int]:
    """Return the number of requested cases by state, in the order of a case's life; states without any left out."""
    cases = Case.objects.filter(statement__in=statements_in(province).values("pk")).exclude(status__in=UNSENT_STATUSES)
    found = dict(cases.values_list("status").annotate(n=Count("pk")).order_by())
    return {status: found[status.value] for status in CaseStatus if status.value in found}
