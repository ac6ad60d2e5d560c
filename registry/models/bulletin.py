"""The bulletin: issues and entries. Published rows never change; a correction is a new entry."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Identified, append_only
from registry.enums import EntryKind
from registry.models.halts import no_issue_while_halted
from registry.models.patents import Patent


def entries_fill_their_issue() -> pgtrigger.Trigger:
    """Return the trigger that keeps an issue from growing: positions run from 1 to its announced number of entries."""
    return pgtrigger.Trigger(
        name="entry_within_issue",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        func="""
            IF NEW.position < 1 OR NEW.position > (
                SELECT entry_count FROM registry_bulletinissue WHERE id = NEW.issue_id
            ) THEN
                RAISE EXCEPTION 'a published issue takes no further entries' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class BulletinIssue(Identified):
    """One issue, announced on one day. ``number`` counts within the year, ``serial`` over all years, without gaps."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("issue"))
    serial = models.PositiveIntegerField(unique=True)
    issued_on = models.DateField(_("date of issue"), unique=True)
    published_at = models.DateTimeField(_("published"))
    entry_count = models.PositiveIntegerField(_("entries"))
    # The log: a Merkle tree over all entries ever announced, as it stands after this issue (RFC 9162).
    tree_size = models.PositiveIntegerField()
    root_hash = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64, blank=True)
    frontier = models.JSONField()  # roots of the perfect subtrees, from which the next issue's root follows

    class Meta:
        verbose_name = _("bulletin issue")
        verbose_name_plural = _("bulletin issues")
        ordering = ["-serial"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="issue_number_once_a_year"),
            models.CheckConstraint(condition=Q(number__gte=1) & Q(serial__gte=1), name="issue_numbers_start_with_one"),
            models.CheckConstraint(condition=Q(issued_on__year=models.F("year")), name="issue_year_is_its_date"),
            models.CheckConstraint(condition=Q(root_hash__regex=r"^[0-9a-f]{64}$"), name="issue_has_root"),
            models.CheckConstraint(
                condition=Q(entry_count__gte=1) & Q(tree_size__gte=models.F("entry_count")), name="issue_tree_grows"
            ),
        ]
        triggers = [*append_only("issue"), no_issue_while_halted()]

    def __str__(self) -> str:
        return f"{self.year}-{self.number:03d}"


class BulletinEntry(Identified):
    """One announced matter. ``content`` holds every announced field (GL V-11 §5) and is what is hashed."""

    issue = models.ForeignKey(BulletinIssue, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind)
    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="bulletin_entries")
    subject_id = models.UUIDField()  # the statement, ending or filing announced
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections")

    class Meta:
        verbose_name = _("bulletin entry")
        verbose_name_plural = _("bulletin entries")
        ordering = ["issue", "position"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "position"], name="entry_position_once"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=~Q(kind__in=(EntryKind.CORRECTION, EntryKind.FILING_CHANGE)),
                name="entry_announced_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.CORRECTION, corrects__isnull=False)
                | (~Q(kind=EntryKind.CORRECTION) & Q(corrects=None)),
                name="entry_correction_cites",
            ),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="entry_has_hash"),
        ]
        triggers = [*append_only("entry"), entries_fill_their_issue()]

    def __str__(self) -> str:
        return f"{self.issue} / {self.position}"


class PendingEntry(Identified):
    """A matter ready for the next issue that has no lifecycle here (filings, corrections). Announced in order."""

    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind)
    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="+")
    subject_id = models.UUIDField()
    content = models.JSONField()
    corrects = models.ForeignKey(BulletinEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ready_at = models.DateTimeField()
    entry = models.OneToOneField(
        BulletinEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="pending_entry"
    )

    class Meta:
        verbose_name = _("matter for the next issue")
        verbose_name_plural = _("matters for the next issue")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(entry=None),
                name="pending_entry_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
