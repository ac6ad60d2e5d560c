"""The spreadsheet of the story: a university files many statements at once; some of its rows want mending."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.papers import paper
from config.demo.people import Cast
from config.demo.statements import Event
from core.exports import xlsx
from core.validation.files import TABLES, CleanFile, inspect_upload
from registry.actions.batch_checking import check_portion, read_batch
from registry.actions.batch_papers import add_batch_papers
from registry.actions.batch_submitting import submit_batch, submit_portion
from registry.actions.batch_uploading import upload_batch
from registry.enums import BatchMode, BatchStatus
from registry.facts import UNDERTAKINGS
from registry.intake.statement_columns import COLUMNS, REPORT, in_both
from registry.models import Patent, StatementBatch


@dataclass(slots=True)
class Sheets:
    """The batch of the story and how far it is. What the worker does with a batch is done here at once."""

    cast: Cast
    calendar: Calendar
    patents: dict[str, Patent]
    told: dict[str, Any] = field(default_factory=partial(load, "batch"))
    batch: StatementBatch | None = None

    def events(self) -> Iterator[Event]:
        """Yield every act with its time; the caller sorts them."""
        ago = self.calendar.ago
        yield ago(self.told["uploaded"], 3), partial(self.upload)
        yield ago(self.told["papers_added"], 3), partial(self.add_papers)
        yield ago(self.told["submitted"], 3), partial(self.submit)

    def upload(self, *, at: datetime) -> None:
        """Upload the spreadsheet and have it checked."""
        self.batch = upload_batch(file=self._sheet(), by=self.cast.actor(self.told["by"]), at=at)
        read_batch(batch_id=self.batch.pk, at=at)
        self._check(at)

    def add_papers(self, *, at: datetime) -> None:
        """Add the evaluation reports that rows name."""
        files = [self._report(row, at) for row in self.told["rows"] if REPORT in row]
        add_batch_papers(batch=self._now, files=files, by=self.cast.actor(self.told["by"]), at=at)
        self._check(at)

    def submit(self, *, at: datetime) -> None:
        """Submit the good rows under one signature."""
        name = self.cast.organisations[self.told["by"]].contact_name
        undertakings = dict.fromkeys(UNDERTAKINGS, True)
        by = self.cast.actor(self.told["by"])
        submission = submit_batch(
            batch=self._now, mode=BatchMode.GOOD, undertakings=undertakings, signed_name=name, by=by, at=at
        )
        last = self._now.rows.order_by("number").last()
        for after in (0, last.number if last else 0):
            submit_portion(batch_id=submission.batch_id, attempt=submission.number, after=after, at=at)

    @property
    def _now(self) -> StatementBatch:
        assert self.batch is not None, "the spreadsheet is uploaded first"
        return StatementBatch.objects.get(pk=self.batch.pk)

    def _check(self, at: datetime) -> None:
        after = 0
        while self._now.status == BatchStatus.CHECKING:
            check_portion(batch_id=self._now.pk, after=after, at=at)
            last = self._now.rows.order_by("number").last()
            after = last.number if last else 0

    def _sheet(self) -> CleanFile:
        header = [in_both(column.heading) for column in COLUMNS]
        rows = [self._cells(row) for row in self.told["rows"]]
        content = xlsx(self.told["file"], header, [[cells.get(one.name, "") for one in COLUMNS] for cells in rows])
        return inspect_upload(SimpleUploadedFile(f"{self.told['file']}.xlsx", content), kinds=TABLES)

    def _cells(self, row: dict[str, Any]) -> dict[str, str]:
        words, mode = load("words"), row["fee"]["fee_mode"]
        number = f"ZL{self.patents[row['patent']].number}" if "patent" in row else row["number"]
        texts = {"payment_terms": words["payment_terms"][mode], "explanation": words["explanation"][mode]}
        return {"patent_number": number, **texts, **row["fee"], **{name: row[name] for name in row if name != "fee"}}

    def _report(self, row: dict[str, Any], at: datetime) -> CleanFile:
        patent = self.patents[row["patent"]]
        made = paper(self.told["report"], [f"ZL{patent.number}", patent.title, self.told["report_line"]], at=at)
        return replace(made, name=row[REPORT])
