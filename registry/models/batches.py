"""Batches: spreadsheets of statements, their submissions, their rows and which statement each became."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, Staged, StoredFile, append_only, follows
from registry.enums import DONE_OUTCOMES, BatchMode, BatchStatus, RowOutcome
from registry.facts import UNDERTAKINGS
from registry.lifecycles import BATCH_LIFE
from registry.models.constraints import begins_in
from registry.models.patents import Patent
from registry.models.statements import Statement

_SENT = (RowOutcome.SUBMITTED, RowOutcome.DRAFTED)


def submitted_under_a_signature() -> pgtrigger.Trigger:
    """Return the trigger that lets a batch be submitted only with its submission, and leave only with its end."""
    return pgtrigger.Trigger(
        name="batch_submitted_is_signed",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.status <> NEW.status AND 'submitting' IN (OLD.status, NEW.status)"),
        func="""
            IF (NEW.status = 'submitting') <> EXISTS (
                SELECT FROM registry_batchsubmission AS act WHERE act.batch_id = NEW.id
                AND NOT EXISTS (SELECT FROM registry_batchsubmissionend WHERE submission_id = act.id)
            ) THEN
                RAISE EXCEPTION 'a batch is being submitted as long as its submission has no end'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def ended_after_its_start() -> pgtrigger.Trigger:
    """Return the trigger that lets a submission end only after it was made."""
    return pgtrigger.Trigger(
        name="batch_submission_ends_after_start",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func="""
            IF NEW.ended_at < (SELECT submitted_at FROM registry_batchsubmission WHERE id = NEW.submission_id) THEN
                RAISE EXCEPTION 'a submission ends after its start' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def under_a_submission_of_its_batch() -> pgtrigger.Trigger:
    """Return the trigger that lets a row go out only under a submission of its own batch."""
    return pgtrigger.Trigger(
        name="batch_row_own_submission",
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("submission_id"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("NEW.submission_id IS NOT NULL"),
        func="""
            IF NEW.batch_id <> (SELECT batch_id FROM registry_batchsubmission WHERE id = NEW.submission_id) THEN
                RAISE EXCEPTION 'a row goes out under a submission of its own batch' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


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
    trouble = models.JSONField(default=dict)  # language → why the file is unreadable

    class Meta:
        verbose_name = _("batch of statements")
        verbose_name_plural = _("batches of statements")
        indexes = [models.Index(fields=["organisation", "-uploaded_at"], name="batch_by_organisation")]
        triggers = [
            follows(BATCH_LIFE),
            begins_in("batch", BatchStatus.CHECKING),
            submitted_under_a_signature(),
            pgtrigger.Protect(name="batch_kept", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="batch_as_uploaded", fields=["organisation", "file", "replaces", "uploaded_by", "uploaded_at"]
            ),
        ]

    def __str__(self) -> str:
        return self.file.name


class BatchSubmission(Identified):
    """One act of submission: what was declared of the batch, by whom, under which signature. A batch can have several,
    by different people, since it stops where a row is unfit and is submitted again when papers or the register change."""

    batch = models.ForeignKey(StatementBatch, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField(_("submission"))
    mode = models.CharField(_("which rows"), max_length=10, choices=BatchMode)
    undertakings = models.JSONField(_("undertakings"))  # the names of those that were given
    signed_name = models.CharField(_("signed by"), max_length=100)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("submitted by"))
    submitted_at = models.DateTimeField(_("submitted"))

    class Meta:
        verbose_name = _("submission of a batch")
        verbose_name_plural = _("submissions of batches")
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="batch_submission_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="batch_submissions_start_with_one"),
            models.CheckConstraint(condition=Q(mode__in=BatchMode.values), name="batch_submission_of_known_mode"),
            models.CheckConstraint(condition=~Q(signed_name=""), name="batch_submission_is_signed"),
            models.CheckConstraint(
                condition=Q(undertakings__contains=list(UNDERTAKINGS)), name="batch_submission_undertakes_all"
            ),
        ]
        triggers = append_only("batch_submission")

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"

    @property
    def given(self) -> dict[str, Any]:
        """The entries that every row has under it."""
        return {**dict.fromkeys(self.undertakings, True), "signed_name": self.signed_name}


class BatchSubmissionEnd(Identified):
    """What became of a submission: every row was dealt with, or it stopped before the end, and why."""

    submission = models.OneToOneField(BatchSubmission, on_delete=models.PROTECT, related_name="end")
    trouble = models.JSONField(default=dict)  # language → why it stopped; nothing where it did not
    ended_at = models.DateTimeField(_("finished"))

    class Meta:
        verbose_name = _("end of a submission")
        verbose_name_plural = _("ends of submissions")
        triggers = [*append_only("batch_submission_end"), ended_after_its_start()]

    def __str__(self) -> str:
        return f"{self.submission}"


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
    # Under which it became a statement; none where an earlier version of the batch had submitted it.
    submission = models.ForeignKey(
        BatchSubmission, on_delete=models.PROTECT, null=True, blank=True, related_name="rows"
    )
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
            models.CheckConstraint(
                condition=Q(outcome__in=_SENT, submission__isnull=False) | (~Q(outcome__in=_SENT) & Q(submission=None)),
                name="batch_row_sent_under_a_submission",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="batch_row_kept", operation=pgtrigger.Delete),
            under_a_submission_of_its_batch(),
            pgtrigger.ReadOnly(name="batch_row_as_read", fields=["batch", "number", "cells", "unreadable"]),
            pgtrigger.Protect(
                name="batch_row_done_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.statement_id IS NOT NULL AND (OLD.statement_id IS DISTINCT FROM NEW.statement_id"
                    " OR OLD.submission_id IS DISTINCT FROM NEW.submission_id)"
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
