"""The worker's part of a batch's check: read the spreadsheet into rows, judge them portion by portion.

Each step is one transaction of the outbox: a worker that dies in it has done nothing, and the next one does it again.
"""

import itertools
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from openpyxl.utils import get_column_letter

from accounts.notifications import in_every_language
from core import storage
from core.lifecycle import Actor
from core.rules import Text
from core.transitions import advance
from core.validation.files import MEDIA_TYPES, FileKind
from registry.actions.batch_judging import GIVEN_LATER, actor_of, findings_of, judge, keep_rows, rules_of
from registry.actions.batch_papers import owe_check
from registry.enums import BatchStatus
from registry.intake.sheets import StatementSheet, UnreadableSheet
from registry.models import BatchRow, StatementBatch

SYSTEM = Actor.system("batch check")
PORTION = 250


@transaction.atomic
def read_batch(*, batch_id: UUID, at: datetime) -> None:
    """Read every row of the spreadsheet and owe the check; say why where it cannot be read."""
    batch = _waiting(batch_id)
    if batch is None or batch.row_count:
        return
    try:
        with transaction.atomic():
            _read(batch)
    except UnreadableSheet as unreadable:
        _unreadable(batch, unreadable.reason, at)
        return
    if batch.row_count == 0:
        _unreadable(batch, _("The spreadsheet has headings but no row beneath them."), at)
        return
    owe_check(batch, after=0, at=at)


def _read(batch: StatementBatch) -> None:
    is_workbook = batch.file.media_type == MEDIA_TYPES[FileKind.XLSX]
    with StatementSheet(storage.read(batch.file), is_workbook=is_workbook) as sheet:
        rows = iter(sheet)
        while portion := list(itertools.islice(rows, PORTION)):
            BatchRow.objects.bulk_create(
                BatchRow(batch=batch, number=row.number, cells=row.cells, unreadable=list(row.unreadable))
                for row in portion
            )
            batch.row_count += len(portion)
        batch.columns = {name: get_column_letter(place + 1) for name, place in sheet.columns.items()}
        batch.ignored = sheet.ignored
    batch.save(update_fields=["row_count", "columns", "ignored"])


def _unreadable(batch: StatementBatch, reason: Text, at: datetime) -> None:
    advance(batch, "unreadable", by=SYSTEM, at=at, fields={"trouble": in_every_language(lambda: str(reason))})


@transaction.atomic
def check_portion(*, batch_id: UUID, after: int, at: datetime) -> None:
    """Judge the rows after this one, as many as a portion holds, and owe the next portion; at the end say so."""
    batch = _waiting(batch_id)
    if batch is None:
        return
    rows = list(batch.rows.filter(number__gt=after, statement=None).order_by("number")[:PORTION])
    if not rows:
        advance(batch, "checked", by=SYSTEM, at=at, fields={"checked_at": at})
        return
    for item in judge(batch, rows, given=GIVEN_LATER, by=actor_of(batch), at=at):
        row = item.row
        row.patent, row.outcome, row.statement = item.patent, item.outcome, item.before
        row.rules, row.findings = rules_of(item.violations), findings_of(item, batch.columns)
    keep_rows(rows, ["patent", "outcome", "statement", "rules", "findings"])
    owe_check(batch, after=rows[-1].number, at=at)


def _waiting(batch_id: UUID) -> StatementBatch | None:
    """Lock the batch and return it if it still waits for its check."""
    every = StatementBatch.objects.select_related("file", "organisation", "uploaded_by")
    return every.select_for_update(of=("self",)).filter(pk=batch_id, status=BatchStatus.CHECKING).first()
