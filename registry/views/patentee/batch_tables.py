"""How a batch's rows, outcomes, reasons and submissions are laid out."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.translation import get_language, pgettext

from registry.enums import DONE_OUTCOMES, BatchStatus, RowOutcome
from registry.forms.spreadsheets import findings_said
from registry.forms.steps import LABELS
from registry.models import BatchRow, StatementBatch
from registry.queries.batches import BatchCounts, papers_awaited, papers_by_key, submissions_of
from registry.rules import BARS, DEFECTS, REVIEWS, SPREADSHEET

PER_PAGE = 50
BATCH_TONES = {
    BatchStatus.CHECKING: "info",
    BatchStatus.CHECKED: "success",
    BatchStatus.UNREADABLE: "danger",
    BatchStatus.REPLACED: "neutral",
    BatchStatus.DISCARDED: "neutral",
    BatchStatus.SUBMITTING: "info",
    BatchStatus.SUBMITTED: "success",
}
_TONES = {
    RowOutcome.GOOD: "success",
    RowOutcome.CONSENTS: "info",
    RowOutcome.DEFECTIVE: "warning",
    RowOutcome.BARRED: "danger",
    RowOutcome.SUBMITTED: "success",
    RowOutcome.DRAFTED: "info",
    RowOutcome.BEFORE: "neutral",
    RowOutcome.UNCHECKED: "neutral",
}
_RULES = {rule.id: rule for book in (SPREADSHEET, BARS, DEFECTS, REVIEWS) for rule in book.rules}


def row_page(batch: StatementBatch, request: HttpRequest) -> Page[BatchRow]:
    """Return the rows that the reader asked for: by outcome, by the rule that stands against them, by page."""
    rows = batch.rows.order_by("number").select_related("patent", "statement")
    outcome, rule = request.GET.get("outcome", ""), request.GET.get("rule", "")
    if outcome in RowOutcome.values:
        rows = rows.filter(outcome=outcome)
    if rule in _RULES:
        rows = rows.filter(rules__contains=[rule])
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def shown_rows(page: Iterable[BatchRow]) -> list[dict[str, Any]]:
    """Return each row with its findings in the reader's language."""
    return [
        {
            "row": row,
            "number": row.cells.get("patent_number", "")[:60],
            "outcome": RowOutcome(row.outcome),
            "tone": _TONES[RowOutcome(row.outcome)],
            "findings": findings_said(row),
        }
        for row in page
    ]


def progress_of(batch: StatementBatch, counts: BatchCounts) -> dict[str, int]:
    """Return how many rows are done of how many: checked, or submitted of those that can be."""
    if batch.status == BatchStatus.CHECKING:
        return {"done": counts.total - counts.unchecked, "total": batch.row_count}
    done = counts.of(*DONE_OUTCOMES)
    return {"done": done, "total": done + counts.fit}


def outcome_tabs(counts: BatchCounts, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the filters: every outcome that occurs, with its number of rows."""
    chosen, rule = request.GET.get("outcome", ""), request.GET.get("rule", "")
    tabs = [{"label": pgettext("rows", "All"), "url": "?", "count": counts.total, "current": not (chosen or rule)}]
    for outcome in RowOutcome:
        if counts.of(outcome):
            tabs.append(
                {
                    "label": outcome.label,
                    "url": f"?outcome={outcome.value}",
                    "count": counts.of(outcome),
                    "current": chosen == outcome,
                }
            )
    return tabs


def reason_rows(reasons: Iterable[tuple[str, int]], request: HttpRequest) -> list[dict[str, Any]]:
    """Return each reason with its articles, its number of rows and the address that shows them."""
    return [
        {
            "rule": _RULES[rule_id],
            "count": count,
            "url": f"?rule={rule_id}",
            "current": request.GET.get("rule") == rule_id,
        }
        for rule_id, count in reasons
        if rule_id in _RULES
    ]


def shown_submissions(batch: StatementBatch) -> list[dict[str, Any]]:
    """Return each submission with its undertakings in words, and what became of it."""
    return [
        {
            "act": act,
            "undertakings": [LABELS[name] for name in act.undertakings],
            "ended": hasattr(act, "end"),
            "trouble": act.end.trouble.get(get_language(), "") if hasattr(act, "end") else "",
        }
        for act in submissions_of(batch)
    ]


def papers_shown(batch: StatementBatch) -> dict[str, Any]:
    """Return which papers came with the batch, and which files its rows wait for with the number of rows."""
    papers = papers_by_key(batch)
    return {"papers": sorted(papers.values(), key=lambda file: file.name), "awaited": papers_awaited(batch).items()}
