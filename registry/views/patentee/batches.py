"""Statements by spreadsheet: upload, what the check found row by row, correct, submit, follow."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.batch_submitting import submit_batch
from registry.actions.batch_uploading import discard_batch, upload_batch
from registry.enums import DONE_OUTCOMES, FIT_OUTCOMES, BatchStatus
from registry.forms.batches import BatchForm, BatchPapersForm, BatchSubmissionForm
from registry.models import StatementBatch
from registry.queries.batches import MOST_ALL_OR_NOTHING, batches_of, counts_of, reasons_of
from registry.views.patentee.batch_tables import (
    BATCH_TONES,
    outcome_tabs,
    papers_shown,
    progress_of,
    reason_rows,
    row_page,
    shown_rows,
    shown_submissions,
)

PER_PAGE = 20
UNDER_WAY = (BatchStatus.CHECKING, BatchStatus.SUBMITTING)


def own(request: ActingRequest, pk: UUID) -> StatementBatch:
    """Return the batch of the actor's organisation, or 404 as for one that does not exist."""
    return get_object_or_404(batches_of(request.actor), pk=pk)


@requires(Role.PATENTEE, Role.AGENCY)
def batches(request: ActingRequest) -> HttpResponse:
    """The batches of the organisation, and the upload of a new one."""
    form = BatchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = upload_batch(file=form.cleaned_data["file"], by=request.actor, at=timezone.now())
        return redirect("registry:batch", batch.pk)
    page = Paginator(batches_of(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"batch": item, "tone": BATCH_TONES[item.status]} for item in page]
    return render(request, "registry/patentee/batches.html", {"form": form, "page": page, "rows": rows})


@requires(Role.PATENTEE, Role.AGENCY)
def batch(request: ActingRequest, pk: UUID) -> HttpResponse:
    """How far the batch is; once checked, the reasons by number of rows and every row with its findings."""
    found = own(request, pk)
    counts = counts_of(found)
    page = row_page(found, request)
    done = counts.of(*DONE_OUTCOMES)
    submissions = shown_submissions(found)
    stopped = submissions[-1]["trouble"] if submissions and found.status == BatchStatus.CHECKED else ""
    context = {
        "batch": found,
        "tone": BATCH_TONES[found.status],
        "counts": counts,
        "under_way": found.status in UNDER_WAY,
        "progress": progress_of(found, counts),
        "trouble": found.trouble.get(get_language(), "") or stopped,
        "submissions": submissions,
        "tabs": outcome_tabs(counts, request),
        "reasons": reason_rows(reasons_of(found), request),
        "page": page,
        "rows": shown_rows(page),
        "can_submit": found.status == BatchStatus.CHECKED and counts.of(*FIT_OUTCOMES) > 0,
        "can_correct": found.status not in (BatchStatus.REPLACED, BatchStatus.SUBMITTING)
        and not hasattr(found, "replaced_by"),
        "can_discard": found.status in (BatchStatus.CHECKED, BatchStatus.UNREADABLE)
        and not counts.of("submitted", "drafted"),
        "can_check": found.status in (BatchStatus.CHECKED, BatchStatus.SUBMITTED)
        and not hasattr(found, "replaced_by")
        and counts.total > done,
        "done": done,
        "form": BatchForm(),
        "papers_form": BatchPapersForm(),
        **papers_shown(found),
    }
    return render(request, "registry/patentee/batch.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
def batch_correct(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Upload the corrected version of a batch."""
    before = own(request, pk)
    form = BatchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = upload_batch(file=form.cleaned_data["file"], replaces=before, by=request.actor, at=timezone.now())
        except IllegalStep:
            return too_late(request, before)
        return redirect("registry:batch", batch.pk)
    return render(request, "registry/patentee/batch_correct.html", {"form": form, "batch": before})


@requires(Role.PATENTEE, Role.AGENCY)
def batch_submit(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One page with the choice, the undertakings and the signature; then the whole batch is submitted."""
    found = own(request, pk)
    if found.status != BatchStatus.CHECKED:
        return too_late(request, found)
    form = BatchSubmissionForm(request.POST or None)
    refused: list[dict[str, Any]] = []
    if request.method == "POST" and form.is_valid():
        try:
            submit_batch(batch=found, **form.said(), by=request.actor, at=timezone.now())
        except Refused as error:
            refused = _shown(form, error)
        except IllegalStep:
            return too_late(request, found)
        else:
            return redirect("registry:batch", pk)
    context = {
        "batch": found,
        "counts": counts_of(found),
        "form": form,
        "found": refused,
        "most_at_once": MOST_ALL_OR_NOTHING,
        "cancel_url": reverse("registry:batch", args=[pk]),
    }
    return render(request, "registry/patentee/batch_submit.html", context)


def _shown(form: BatchSubmissionForm, refused: Refused) -> list[dict[str, Any]]:
    """Put each violation beside its field, and return all of them for the top of the page."""
    for item in refused.violations:
        if item.field in form.fields:
            form.add_error(item.field, str(item.message))
    return [
        {"message": item.message, "remedy": item.remedy, "basis": item.basis, "url": f"#id_{item.field}"}
        for item in refused.violations
    ]


@requires(Role.PATENTEE, Role.AGENCY)
def batch_discard(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then throw a batch away that was not submitted."""
    found = own(request, pk)
    if request.method == "POST":
        try:
            discard_batch(batch=found, by=request.actor, at=timezone.now())
        except IllegalStep:
            return too_late(request, found)
        messages.success(request, _("The batch is discarded."))
        return redirect("registry:batches")
    context = {"batch": found, "danger": True, "cancel_url": reverse("registry:batch", args=[pk])}
    return render(request, "registry/patentee/batch_discard.html", context)


def too_late(request: ActingRequest, found: StatementBatch) -> HttpResponse:
    """Lead back to the batch, which has moved on meanwhile."""
    messages.error(request, _("This is not possible now; the page shows where the batch stands."))
    return redirect("registry:batch", found.pk)
