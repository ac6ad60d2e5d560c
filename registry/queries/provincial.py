"""The statements of one province: a statement belongs to the place of the patentee that files it."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from registry.enums import PUBLIC_STATUSES, StatementStatus
from registry.models import Statement

UNSENT = (StatementStatus.DRAFT, StatementStatus.DISCARDED)
# Passed by an examiner and approved by a second person, whether or not it went on from there.
APPROVED = (StatementStatus.APPROVED, StatementStatus.HELD, *PUBLIC_STATUSES)


@dataclass(frozen=True, slots=True)
class StatementFigures:
    """How many statements of the province came how far."""

    submitted: int
    approved: int
    announced: int
    in_effect: int
    refused: int


def statements_in(province: str) -> QuerySet[Statement]:
    """Return what patentees of the province submitted; drafts are their filers' alone. No province, no statements."""
    if not province:
        return Statement.objects.none()
    sent = Statement.objects.filter(filed_by__province=province).exclude(status__in=UNSENT)
    return sent.select_related("patent", "filed_by", "agency")


def statement_figures(province: str) -> StatementFigures:
    """Return the counts of the province's statements."""
    counts = statements_in(province).aggregate(
        submitted=Count("pk"),
        approved=Count("pk", filter=Q(status__in=APPROVED)),
        announced=Count("pk", filter=Q(status__in=PUBLIC_STATUSES)),
        in_effect=Count("pk", filter=Q(status=StatementStatus.ANNOUNCED)),
        refused=Count("pk", filter=Q(status=StatementStatus.REFUSED)),
    )
    return StatementFigures(**{name: counts.get(name) or 0 for name in StatementFigures.__dataclass_fields__})
