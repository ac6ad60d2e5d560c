"""Statements by spreadsheet: upload, how far the check and the submission are, every row with its findings."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.endpoints import OwnEndpoint
from accounts.roles import Role
from core.api.schema import operation
from core.api.wire import answer, filled, form_data, page_of, read
from registry.actions.batch_papers import add_batch_papers, check_batch_again
from registry.actions.batch_submitting import submit_batch
from registry.actions.batch_uploading import discard_batch, upload_batch
from registry.api.batch_shapes import (
    BatchPapersSerializer,
    BatchRowSerializer,
    BatchSerializer,
    BatchSubmissionSerializer,
    PapersOfBatchSerializer,
    RowQuery,
    SpreadsheetSerializer,
)
from registry.api.own import FILERS
from registry.enums import BatchMode
from registry.facts import UNDERTAKINGS
from registry.forms.batches import BatchForm, BatchPapersForm
from registry.forms.spreadsheets import findings_said
from registry.models import BatchRow, BatchSubmissionEnd, StatementBatch
from registry.queries.batches import (
    batches_of,
    counts_of,
    papers_awaited,
    papers_by_key,
    reasons_of,
    submissions_of,
)

TAG = "batches"


class BatchesEndpoint(OwnEndpoint):
    """For those who file, on batches of their organisation."""

    roles: ClassVar[tuple[Role, ...]] = FILERS

    def own(self, pk: UUID) -> StatementBatch:
        """Return the caller's own batch, or 404 as for one that does not exist."""
        return get_object_or_404(batches_of(self.actor), pk=pk)

    def taken(self, request: Request, at: datetime, replaces: StatementBatch | None = None) -> Response:
        """Take an upload and say how the batch stands."""
        read(SpreadsheetSerializer, request.data)
        form = filled(BatchForm(*form_data(request)))
        batch = upload_batch(file=form.cleaned_data["file"], replaces=replaces, by=self.actor, at=at)
        return answer(BatchSerializer, batch_data(self.own(batch.pk)), status=201)


def batch_data(batch: StatementBatch) -> dict[str, Any]:
    """Return how a batch stands: status, rows by outcome, reasons by rows."""
    return {
        "id": batch.pk,
        "file": batch.file.name,
        "status": batch.status,
        "replaces": batch.replaces_id,
        "uploaded_at": batch.uploaded_at,
        "checked_at": batch.checked_at,
        "submissions": [submission_data(one) for one in submissions_of(batch)],
        "rows": batch.row_count,
        "outcomes": counts_of(batch).by_outcome,
        "reasons": dict(reasons_of(batch)),
        "ignored_columns": batch.ignored,
    }


def submission_data(submission: Any) -> dict[str, Any]:
    """Return one act of submission with its counted rows, and how it ended, in the language of the request."""
    end: BatchSubmissionEnd | None = getattr(submission, "end", None)
    return {
        "number": submission.number,
        "mode": submission.mode,
        "undertakings": submission.undertakings,
        "signed_name": submission.signed_name,
        "submitted_by": str(submission.submitted_by),
        "submitted_at": submission.submitted_at,
        "ended_at": end.ended_at if end is not None else None,
        "trouble": end.trouble.get(get_language(), "") if end is not None else "",
        "received": submission.received,
        "waiting": submission.waiting,
    }


def row_data(row: BatchRow) -> dict[str, Any]:
    """Return one row with its findings in the language of the request."""
    return {
        "row": row.number,
        "patent_number": row.patent.number if row.patent is not None else "",
        "outcome": row.outcome,
        "statement": row.statement_id,
        "statement_number": row.statement.number if row.statement is not None else "",
        "submission": row.submission.number if row.submission is not None else None,
        "findings": findings_said(row),
    }


class Batches(BatchesEndpoint):
    """The batches of the organisation."""

    parser_classes = (MultiPartParser,)

    @operation("list_batches", _("List my batches"), tag=TAG, gives=BatchSerializer, lists=True)
    def get(self, request: Request) -> Response:
        """Every spreadsheet that was uploaded, the newest first; discarded ones are left out."""
        return page_of(request, batches_of(self.actor), BatchSerializer, batch_data)

    @operation(
        "upload_batch",
        _("Upload a spreadsheet of statements"),
        tag=TAG,
        takes=SpreadsheetSerializer,
        gives=BatchSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request) -> Response:
        """Upload a spreadsheet with the headings of the template. It is checked in the background: read it again."""
        return self.taken(request, timezone.now())


class OneBatch(BatchesEndpoint):
    """One batch."""

    @operation("read_batch", _("Read a batch"), tag=TAG, gives=BatchSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """How far the batch is: rows by outcome, and the rules that stand against rows with their number."""
        return answer(BatchSerializer, batch_data(self.own(pk)))

    @operation("discard_batch", _("Discard a batch"), tag=TAG, status=204, act=True)
    def delete(self, request: Request, pk: UUID) -> Response:
        """Throw a batch away of which nothing was submitted."""
        discard_batch(batch=self.own(pk), by=self.actor, at=timezone.now())
        return Response(status=204)


class BatchCorrection(BatchesEndpoint):
    """The corrected version of a batch."""

    parser_classes = (MultiPartParser,)

    @operation(
        "correct_batch",
        _("Upload a corrected version"),
        tag=TAG,
        takes=SpreadsheetSerializer,
        gives=BatchSerializer,
        status=201,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Upload the whole spreadsheet again. Rows that were submitted before are not submitted twice."""
        return self.taken(request, timezone.now(), replaces=self.own(pk))


class BatchRows(BatchesEndpoint):
    """The rows of a batch."""

    @operation(
        "list_batch_rows", _("List the rows of a batch"), tag=TAG, gives=BatchRowSerializer, query=RowQuery, lists=True
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Each row with its findings: cell, sentence, articles, remedy; and the statement it became."""
        asked = read(RowQuery, request.query_params.dict())
        rows = self.own(pk).rows.select_related("patent", "statement", "submission").order_by("number")
        if "outcome" in asked:
            rows = rows.filter(outcome=asked["outcome"])
        return page_of(request, rows, BatchRowSerializer, row_data)


class BatchSubmission(BatchesEndpoint):
    """The submission of a batch."""

    @operation(
        "submit_batch",
        _("Submit a batch"),
        tag=TAG,
        takes=BatchSubmissionSerializer,
        gives=BatchSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Submit the good rows, or all or none, under one signature. It is carried out in the background: read it."""
        said = read(BatchSubmissionSerializer, request.data)
        submit_batch(
            batch=self.own(pk),
            mode=BatchMode(said["mode"]),
            undertakings={name: said[name] for name in UNDERTAKINGS},
            signed_name=said["signed_name"],
            by=self.actor,
            at=timezone.now(),
        )
        return answer(BatchSerializer, batch_data(self.own(pk)))


class BatchPapers(BatchesEndpoint):
    """The papers that rows of a batch name."""

    parser_classes = (MultiPartParser,)

    @operation("read_batch_papers", _("Read which papers came with a batch"), tag=TAG, gives=PapersOfBatchSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """What is here, and which files rows name that are not."""
        batch = self.own(pk)
        return answer(
            PapersOfBatchSerializer,
            {"papers": papers_by_key(batch).values(), "awaited": papers_awaited(batch)},
        )

    @operation(
        "add_batch_papers",
        _("Add papers to a batch"),
        tag=TAG,
        takes=BatchPapersSerializer,
        gives=BatchSerializer,
        act=True,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Add the files that rows name, all or none of them; the rows are then checked again in the background."""
        read(BatchPapersSerializer, request.data)
        form = filled(BatchPapersForm(*form_data(request)))
        add_batch_papers(batch=self.own(pk), files=form.fit, by=self.actor, at=timezone.now())
        return answer(BatchSerializer, batch_data(self.own(pk)))


class BatchCheck(BatchesEndpoint):
    """The check of a batch."""

    @operation("check_batch", _("Check a batch again"), tag=TAG, gives=BatchSerializer, act=True)
    def post(self, request: Request, pk: UUID) -> Response:
        """Check the rows that became no statement yet once more, as the register stands now."""
        check_batch_again(batch=self.own(pk), by=self.actor, at=timezone.now())
        return answer(BatchSerializer, batch_data(self.own(pk)))
