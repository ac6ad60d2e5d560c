"""What the public may see: statements that were announced, what became of them, and how many licensees each has."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import DateTimeField, Exists, ExpressionWrapper, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate

from core.deadlines import SHANGHAI
from registry.enums import (
    PUBLIC_STATUSES,
    AnnuityState,
    EncumbranceKind,
    EntryKind,
    InvalidationScope,
    PaperKind,
    PatentKind,
    ReportConclusion,
    RightStatus,
    StatementStatus,
)
from registry.models import (
    BulletinEntry,
    BulletinIssue,
    Encumbrance,
    EvaluationReport,
    Invalidation,
    Obstacle,
    Ownership,
    Pledge,
    Statement,
    StatementPaper,
    Suspension,
)

LicenseCounts = Callable[[Iterable[UUID]], Mapping[UUID, int]]
FACTS = ("encumbrances", "pledges", "suspensions", "obstacles", "invalidations")
NEEDS_REPORT = (PatentKind.UTILITY_MODEL, PatentKind.DESIGN)


def _none_yet(statement_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    return {}


_providers: dict[str, LicenseCounts] = {"licenses": _none_yet}


def provide_license_counts(count: LicenseCounts) -> None:
    """Let the app that keeps the licenses say how many each statement has; this app must not know it."""
    _providers["licenses"] = count


def license_counts(statement_ids: Iterable[UUID]) -> Mapping[UUID, int]:
    """Return the licenses so far by statement; statements without any may be left out."""
    return _providers["licenses"](list(statement_ids))


def public_statements() -> QuerySet[Statement]:
    """Return every statement that was announced, whatever became of it. Nothing else is public."""
    return Statement.objects.filter(status__in=PUBLIC_STATUSES)


def with_facts(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    """Fetch what a result card shows and the rules look at, in a fixed number of queries."""
    holders = Ownership.objects.select_related("patentee").order_by("position")
    return statements.select_related("patent", "patent__evaluation_report").prefetch_related(
        Prefetch("patent__ownerships", holders), "papers", *(f"patent__{name}" for name in FACTS)
    )


def _holds(on: date, until: str) -> Q:
    return Q(since_on__lte=on) & (Q(**{until: None}) | Q(**{f"{until}__gt": on}))


def acceptable(on: date) -> Q:
    """Return the condition that a statement can be accepted on that day.

    It says in the database's words what ``rules.acceptance`` and ``rules.bars`` say; a test holds the two together.
    """
    patent = {"patent": OuterRef("patent")}
    runs = (
        Q(status=StatementStatus.ANNOUNCED, effective_on__lte=on)
        & (Q(ended_on=None) | Q(ended_on__gt=on))
        & (Q(term_until=None) | Q(term_until__gte=on))
    )
    in_force = Q(patent__right_status=RightStatus.IN_FORCE, patent__term_ends_on__gte=on) & ~Q(
        patent__annuity_state=AnnuityState.LATE
    )
    reports = EvaluationReport.objects.filter(**patent)
    papers = StatementPaper.objects.filter(statement=OuterRef("pk"), kind=PaperKind.EVALUATION_REPORT)
    reported = ~Q(patent__kind__in=NEEDS_REPORT) | (
        (Exists(reports) | Exists(papers)) & ~Exists(reports.filter(conclusion=ReportConclusion.NEGATIVE))
    )
    not_consented = Q(consented_on=None) | Q(consented_on__gt=on)
    holders = Ownership.objects.filter(patent=OuterRef("patent"))
    declared_at = ExpressionWrapper(OuterRef("submitted_at"), output_field=DateTimeField())
    declared_on = TruncDate(declared_at, tzinfo=SHANGHAI)
    declared_by_holders = Exists(holders.filter(patentee__organisation=OuterRef("filed_by"))) & ~Exists(
        holders.filter(since_on__gt=declared_on)
    )
    bars = (
        Encumbrance.objects.filter(_holds(on, "until_on"), **patent).exclude(kind=EncumbranceKind.ORDINARY),
        Pledge.objects.filter(_holds(on, "released_on") & not_consented, **patent),
        Suspension.objects.filter(_holds(on, "until_on"), **patent),
        Obstacle.objects.filter(_holds(on, "until_on"), **patent),
        Invalidation.objects.filter(scope=InvalidationScope.WHOLE, decided_on__lte=on, **patent),
    )
    return Q(runs, in_force, reported, Q(declared_by_holders), *(Q(~Exists(bar)) for bar in bars))


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page says: how much there is, the newest issue, the newest statements."""

    in_effect: int
    issue: BulletinIssue | None
    newest: list[Statement]


def front_page(count: int = 5) -> FrontPage:
    """Return the figures and the newest announcements."""
    current = public_statements().filter(status=StatementStatus.ANNOUNCED)
    return FrontPage(
        in_effect=current.count(),
        issue=BulletinIssue.objects.order_by("-serial").first(),
        newest=list(with_facts(current).order_by("-effective_on", "-number")[:count]),
    )


def entries_about(statement: Statement) -> list[BulletinEntry]:
    """Return what the bulletin announced about this statement, its end and its filed licenses, oldest first."""
    subjects = [statement.pk, *statement.endings.values_list("pk", flat=True)]
    filed = Q(
        kind__in=(EntryKind.FILING, EntryKind.FILING_CHANGE, EntryKind.FILING_CANCELLATION),
        patent_id=statement.patent_id,
        content__statement_number=statement.number,
    )
    about = Q(subject_id__in=subjects) | Q(corrects__subject_id__in=subjects) | filed
    return list(
        BulletinEntry.objects.filter(about).select_related("issue").order_by("issue__serial", "position").distinct()
    )
