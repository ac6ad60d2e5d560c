"""Spreadsheets of statements as people make them, and the way through upload and check."""

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from core.outbox import deliver_one
from core.validation.files import TABLES, CleanFile, inspect_upload
from registry.actions.batch_uploading import upload_batch
from registry.intake.statement_columns import COLUMNS, in_both
from registry.models import StatementBatch
from tests.cast import NOW, Person

HEADINGS = {column.name: in_both(column.heading) for column in COLUMNS}
# What a filer types into a complete row, the patent aside.
ROW = {
    "fee_mode": "一次性付费",
    "fixed_amount": "5万元",
    "payment_terms": "签发书面通知后十日内一次付清。",
    "term_months": "36",
    "explanation": "参照同行业普通许可的平均费用，按预计五家被许可人折算。",
}


def row(number: str, **cells: Any) -> dict[str, Any]:
    """Return a complete row on the patent; ``cells`` are typed over it."""
    return {"patent_number": number, **ROW, **cells}


def xlsx(rows: list[dict[str, Any]], *, header: dict[str, str] = HEADINGS) -> bytes:
    """Return a workbook: headings, then one row each."""
    book = Workbook()
    book.active.append(list(header.values()))
    for cells in rows:
        book.active.append([cells.get(name) for name in header])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def table(rows: list[dict[str, Any]], *, encoding: str = "utf-8-sig", header: dict[str, str] = HEADINGS) -> bytes:
    """Return the same as CSV."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header.values())
    for cells in rows:
        writer.writerow([cells.get(name, "") for name in header])
    return text.getvalue().encode(encoding)


def clean(content: bytes, name: str = "statements.xlsx") -> CleanFile:
    """Return an upload as it passed inspection."""
    return inspect_upload(SimpleUploadedFile(name, content), kinds=TABLES)


def deliver() -> int:
    """Do the worker's part: deliver everything that is owed."""
    count = 0
    while deliver_one():
        count += 1
    return count


def checked(person: Person, rows: list[dict[str, Any]], *, replaces: StatementBatch | None = None) -> StatementBatch:
    """Return a batch of these rows, uploaded by the person and checked."""
    batch = upload_batch(file=clean(xlsx(rows)), replaces=replaces, by=person.actor, at=NOW)
    deliver()
    batch.refresh_from_db()
    return batch
