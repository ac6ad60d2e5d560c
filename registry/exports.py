"""Data of the registry as tables and documents: statements in effect, issues of the bulletin, a filer's own list."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.deadlines import law_date
from registry.models import Statement, StatementBatch
from registry.queries.batches import receipt_of
from registry.queries.progress import Turns

STATEMENT_HEADER = (
    "statement_number", "status", "effective_on", "ended_on", "patent_number", "kind", "title", "patentees",
    "main_class", "province", "filed_on", "granted_on", "patent_term_ends_on", "fee_mode", "fixed_amount",
    "royalty_rate", "unit_price", "unit_name", "term_mode", "term_until", "term_months", "facts_as_of",
)  # fmt: skip

RECEIPT_HEADER = (
    "row", "patent_number", "title", "filed_by", "outcome", "statement_number", "submitted_at", "signed_by",
    "content_hash", "acceptance_paper", "submission",
)  # fmt: skip
# What people read in their own lists, in their language.
LIST_HEADER = (
    _("Statement number"), _("Patent number"), _("Title"), _("Filed by"), _("Patent agency"), _("Status"),
    _("Waiting for"), _("Until"), pgettext_lazy("day", "Submitted"), _("Effective date"),
    pgettext_lazy("day", "Ended"), _("Fee mode"), _("Fixed amount (yuan)"), _("Royalty rate (%)"),
)  # fmt: skip


def list_rows(statements: Iterable[Statement], *, on: date) -> Iterator[tuple[Any, ...]]:
    """Yield one row a statement as its filer or province sees it, columns as :data:`LIST_HEADER`."""
    turns = Turns(on)
    for item in statements:
        turn = turns.of(item)
        yield (
            item.number, item.patent.number, item.patent.title, item.filed_by.name,
            item.agency.name if item.agency else "", str(item.get_status_display()), str(turn.who) if turn else "",
            turn.until if turn else None, law_date(item.submitted_at) if item.submitted_at else None,
            item.effective_on, item.ended_on, str(item.get_fee_mode_display()), item.fixed_amount, item.royalty_rate,
        )  # fmt: skip


def receipt_rows(batch: StatementBatch) -> Iterator[tuple[Any, ...]]:
    """Yield one row a statement that the batch became, columns as :data:`RECEIPT_HEADER`, read in portions."""
    row: Any
    for row in receipt_of(batch).iterator(chunk_size=500):
        statement, patent = row.statement, row.patent
        yield (
            row.number, patent.number, patent.title, statement.filed_by.name, row.outcome, statement.number,
            statement.submitted_at, row.received_name, row.received_hash,
            next((paper.number for paper in statement.acceptance_papers), ""),
            row.submission.number if row.submission else "",
        )  # fmt: skip


def statement_rows(statements: QuerySet[Statement]) -> Iterator[tuple[Any, ...]]:
    """Yield one row a statement, columns as :data:`STATEMENT_HEADER`, read in portions."""
    fetched = statements.select_related("patent").prefetch_related("patent__ownerships__patentee")
    for item in fetched.order_by("-effective_on", "-number").iterator(chunk_size=500):
        patent = item.patent
        yield (
            item.number, item.status, item.effective_on, item.ended_on, patent.number, patent.kind, patent.title,
            "; ".join(held.patentee.name for held in patent.ownerships.all()), patent.main_class, patent.province,
            patent.filed_on, patent.granted_on, patent.term_ends_on, item.fee_mode, item.fixed_amount,
            item.royalty_rate, item.unit_price, item.unit_name, item.term_mode, item.term_until, item.term_months,
            patent.facts_as_of,
        )  # fmt: skip
