"""Files of a batch: the template, the rows with their findings, the papers that rows name, the receipt."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core import storage
from core.exports import CSV_TYPE, XLSX_TYPE, csv_download, csv_lines, zip_download
from core.lifecycle import IllegalStep
from registry.actions.batch_papers import add_batch_papers, check_batch_again
from registry.actions.serving import file_of
from registry.exports import RECEIPT_HEADER, receipt_rows
from registry.forms.batches import BatchPapersForm
from registry.forms.spreadsheets import annotated_table, annotated_workbook, template_table, template_workbook
from registry.queries.batches import counts_of, receipt_of
from registry.views.patentee.batch_tables import papers_shown, shown_submissions
from registry.views.patentee.batches import own, too_late

PER_PAGE = 100


def _sent(content: Any, name: str, media_type: str) -> StreamingHttpResponse | HttpResponse:
    kind = HttpResponse if isinstance(content, bytes) else StreamingHttpResponse
    response = kind(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@requires(Role.PATENTEE, Role.AGENCY)
def template_xlsx(request: ActingRequest) -> HttpResponse:
    """The template as a workbook."""
    return _sent(template_workbook(), "statements.xlsx", XLSX_TYPE)


@requires(Role.PATENTEE, Role.AGENCY)
def template_csv(request: ActingRequest) -> StreamingHttpResponse:
    """The template as a CSV table."""
    return _sent(template_table(), "statements.csv", CSV_TYPE)


@requires(Role.PATENTEE, Role.AGENCY)
def findings_xlsx(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The rows as a workbook, the findings beside them."""
    return _sent(annotated_workbook(_checked(request, pk)), "statements-checked.xlsx", XLSX_TYPE)


@requires(Role.PATENTEE, Role.AGENCY)
def findings_csv(request: ActingRequest, pk: UUID) -> StreamingHttpResponse:
    """The rows as a CSV table, the findings beside them."""
    return _sent(annotated_table(_checked(request, pk)), "statements-checked.csv", CSV_TYPE)


def _checked(request: ActingRequest, pk: UUID) -> Any:
    batch = own(request, pk)
    if batch.checked_at is None:
        raise Http404
    return batch


@requires(Role.PATENTEE, Role.AGENCY)
def batch_papers(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Upload papers that rows name; those that can be taken are kept, whatever is wrong with the others."""
    found = own(request, pk)
    form = BatchPapersForm(request.POST, request.FILES) if request.method == "POST" else BatchPapersForm()
    if request.method == "POST":
        valid = form.is_valid()
        try:
            if form.fit:
                add_batch_papers(batch=found, files=form.fit, by=request.actor, at=timezone.now())
        except IllegalStep:
            return too_late(request, found)
        if valid:
            return redirect("registry:batch", pk)
    context = {"form": form, "batch": found, "kept": [file.name for file in form.fit], **papers_shown(found)}
    return render(request, "registry/patentee/batch_papers.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
@require_POST
def batch_check(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Have the rows checked again."""
    found = own(request, pk)
    try:
        check_batch_again(batch=found, by=request.actor, at=timezone.now())
    except IllegalStep:
        return too_late(request, found)
    return redirect("registry:batch", pk)


def _received(request: ActingRequest, pk: UUID) -> Any:
    batch = own(request, pk)
    if not batch.submissions.exists():
        raise Http404
    return batch


@requires(Role.PATENTEE, Role.AGENCY)
def receipt(request: ActingRequest, pk: UUID) -> HttpResponse:
    """What was declared at each submission, and what the office has received: each statement with number and time."""
    batch = _received(request, pk)
    context = {
        "batch": batch,
        "counts": counts_of(batch),
        "submissions": shown_submissions(batch),
        "page": Paginator(receipt_of(batch), PER_PAGE).get_page(request.GET.get("page")),
        "heading": _("Receipt for %(file)s") % {"file": batch.file.name},
    }
    return render(request, "registry/patentee/batch_receipt.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
def receipt_csv(request: ActingRequest, pk: UUID) -> StreamingHttpResponse:
    """The receipt as a CSV table."""
    return csv_download("receipt.csv", RECEIPT_HEADER, receipt_rows(_received(request, pk)))


@requires(Role.PATENTEE, Role.AGENCY)
def receipt_zip(request: ActingRequest, pk: UUID) -> StreamingHttpResponse:
    """The receipt with the acceptance paper of every statement received, in one archive."""
    return zip_download("receipt.zip", _receipt_files(_received(request, pk)))


def _receipt_files(batch: Any) -> Iterator[tuple[str, bytes]]:
    yield "receipt.csv", "".join(csv_lines(RECEIPT_HEADER, receipt_rows(batch))).encode()
    for row in receipt_of(batch).iterator(chunk_size=100):
        for paper in row.statement.acceptance_papers:
            yield f"{row.statement.number}-{paper.number}.pdf", storage.read(file_of(paper, at=timezone.now()))
