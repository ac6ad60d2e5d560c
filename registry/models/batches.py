"""Batches: spreadsheets of statements with their rows, what the check found, and which statement each row became."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, Staged, StoredFile, append_only, follows
from registry.enums import DONE_OUTCOMES, BatchMode, BatchStatus, RowOutcome
from registry.lifecycles import BATCH_LIFE
from registry.models.constraints import begins_in
from registry.models.patents import Patent
from registry.models.statements import Statement

_SIGNED = (BatchStatus.SUBMITTING, BatchStatus.SUBMITTED)


class StatementBatch(Staged):
    """One spreadsheet of statements. ``replaces`` is the version that it corrects."""

    lifecycle = BATCH_LIFE

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="batches", verbose_name=_("organisation")
    )
    status = models.CharField(
        _("status"), max_length=15, choices=BatchStatus, default=BatchStatus.CHECKING, editable=False
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("spreadsheet"))
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded"))

    columns = models.JSONField(default=dict)  # column → its letter in the spreadsheet
    ignored = models.JSONField(default=list)  # headings that mean nothing here
    row_count = models.PositiveIntegerField(_("rows"), default=0)  # 0 until all are read
    check_round = models.PositiveSmallIntegerField(default=1)  # how often the rows were checked or are being checked
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    trouble = models.JSONField(default=dict)  # language → why the file is unreadable or the submission stopped

    # The one act of submission: by whom, in which mode, under which signature. ``attempt`` counts them.
    attempt = models.PositiveSmallIntegerField(default=0)
    mode = models.CharField(_("which rows"), max_length=10, choices=BatchMode, blank=True)
    signed_name = models.CharField(_("signed by"), max_length=100, blank=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("submitted by")
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("batch of statements")
        verbose_name_plural = _("batches of statements")
        indexes = [models.Index(fields=["organisation", "-uploaded_at"], name="batch_by_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=_SIGNED)
                | (
                    Q(mode__in=BatchMode.values, submitted_by__isnull=False, submitted_at__isnull=False)
                    & ~Q(signed_name="")
                ),
                name="batch_submitted_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=F("submitted_at")), name="batch_ends_after_start"
            ),
        ]
        triggers = [
            follows(BATCH_LIFE),
            begins_in("batch", BatchStatus.CHECKING),
            pgtrigger.Protect(name="batch_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="batch_as_uploaded", fields=["organisation", "file", "replaces", "uploaded_by", "uploaded_at"]
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class BatchRow(Identified):
    """One row: its cells as they were typed, what stands against it, and the statement it became."""

    batch = models.ForeignKey(StatementBatch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(_("row"))  # as the spreadsheet counts
    cells = models.JSONField(default=dict)
    unreadable = models.JSONField(default=list)  # pairs of column and one word why it has no text of its own
    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=RowOutcome, default=RowOutcome.UNCHECKED)
    findings = models.JSONField(default=list)
    rules = models.JSONField(default=list)  # ids of the rules that stand against it, each once
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, null=True, blank=True, related_name="batch_rows")
    # The submission that made it a statement: a batch can be submitted again, by somebody else.
    signed_name = models.CharField(_("signed by"), max_length=100, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("row of a batch")
        verbose_name_plural = _("rows of batches")
        indexes = [models.Index(fields=["batch", "outcome", "number"], name="batch_row_by_outcome")]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_row_once"),
            models.UniqueConstraint(
                fields=["batch", "statement"], condition=Q(statement__isnull=False), name="batch_statement_once"
            ),
            models.CheckConstraint(condition=Q(outcome__in=RowOutcome.values), name="batch_row_of_known_outcome"),
            models.CheckConstraint(
                condition=Q(outcome__in=DONE_OUTCOMES, statement__isnull=False)
                | (~Q(outcome__in=DONE_OUTCOMES) & Q(statement=None)),
                name="batch_row_done_has_statement",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="batch_row_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="batch_row_as_read", fields=["batch", "number", "cells", "unreadable"]),
            pgtrigger.Protect(
                name="batch_row_done_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.statement_id IS NOT NULL AND (OLD.statement_id IS DISTINCT FROM NEW.statement_id"
                    " OR OLD.signed_name <> NEW.signed_name OR OLD.sent_by_id IS DISTINCT FROM NEW.sent_by_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class BatchPaper(Identified):
    """A paper that rows of a batch name: an evaluation report, an agreement, a consent. Of one name the last counts."""

    batch = models.ForeignKey(StatementBatch, on_delete=models.PROTECT, related_name="papers")
    key = models.CharField(max_length=80)  # its name as rows are matched with it
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("paper of a batch")
        verbose_name_plural = _("papers of batches")
        indexes = [models.Index(fields=["batch", "added_at"], name="batch_paper_by_batch")]
        triggers = append_only("batch_paper")

    def __str__(self) -> str:
        return self.file.name
