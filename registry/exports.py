"""Public data of the registry as tables and documents: statements in effect, issues of the bulletin."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from registry.models import Statement, StatementBatch

STATEMENT_HEADER = (
    "statement_number", "status", "effective_on", "ended_on", "patent_number", "kind", "title", "patentees",
    "main_class", "province", "filed_on", "granted_on", "patent_term_ends_on", "fee_mode", "fixed_amount",
    "royalty_rate", "unit_price", "unit_name", "term_mode", "term_until", "term_months", "facts_as_of",
)  # fmt: skip

RECEIPT_HEADER = (
    "row", "patent_number", "title", "filed_by", "outcome", "statement_number", "submitted_at", "content_hash",
)  # fmt: skip


def receipt_rows(batch: StatementBatch) -> Iterator[tuple[Any, ...]]:
    """Yield one row a statement that the batch became, columns as :data:`RECEIPT_HEADER`, read in portions."""
    done = batch.rows.exclude(statement=None).select_related("patent", "statement__filed_by")
    for row in done.order_by("number").iterator(chunk_size=500):
        statement: Any = row.statement
        patent: Any = row.patent
        yield (
            row.number, patent.number, patent.title, statement.filed_by.name, row.outcome, statement.number,
            statement.submitted_at, statement.content_hash,
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
