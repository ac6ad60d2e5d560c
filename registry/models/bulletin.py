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


def issue_follows_the_last() -> pgtrigger.Trigger:
    """Return the trigger that lets an issue only continue the log and the numbers where the issue before left them."""
    return pgtrigger.Trigger(
        name="issue_follows_the_last",
        operation=pgtrigger.Insert,
        when=pgtrigger.Before,
        declare=[("last", "registry_bulletinissue%ROWTYPE"), ("wanted", "integer")],
        func="""
            SELECT * INTO last FROM registry_bulletinissue ORDER BY serial DESC LIMIT 1;
            wanted := CASE WHEN last.year = NEW.year THEN last.number + 1 ELSE 1 END;
            IF NEW.serial <> COALESCE(last.serial, 0) + 1 OR NEW.number <> wanted
                OR NEW.tree_size <> COALESCE(last.tree_size, 0) + NEW.entry_count
                OR NEW.previous_root <> COALESCE(last.root_hash, '') OR NEW.issued_on <= last.issued_on
                OR NEW.checkpoint = ''
            THEN
                RAISE EXCEPTION 'an issue follows the last one without a gap' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


def issue_is_whole() -> pgtrigger.Trigger:
    """Return the trigger that, at the end of the transaction, refuses an issue without all of its entries."""
    return pgtrigger.Trigger(
        name="issue_is_whole",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func="""
            IF (SELECT count(*) FROM registry_bulletinentry WHERE issue_id = NEW.id) <> NEW.entry_count THEN
                RAISE EXCEPTION 'an issue has all of its entries' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        """,
    )


class BulletinIssue(Identified):
    """One issue, announced on one day. ``number`` counts within the year, ``serial`` over all years, without gaps."""

    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("issue"))
    serial = models.PositiveIntegerField(_("serial number"), unique=True)
    issued_on = models.DateField(_("date of issue"), unique=True)
    published_at = models.DateTimeField(_("published"))
    entry_count = models.PositiveIntegerField(_("entries"))
    # The log: a Merkle tree over all entries ever announced, as it stands after this issue (RFC 9162).
    tree_size = models.PositiveIntegerField(_("size of the log"))
    root_hash = models.CharField(_("root of the log"), max_length=64)
    previous_root = models.CharField(_("root before"), max_length=64, blank=True)
    frontier = models.JSONField()  # roots of the perfect subtrees, from which the next issue's root follows
    checkpoint = models.TextField(_("checkpoint"))  # the signed note over all of this

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
        triggers = [*append_only("issue"), issue_follows_the_last(), issue_is_whole(), no_issue_while_halted()]

    @property
    def size_before(self) -> int:
        """How many entries the log had before this issue."""
        return self.tree_size - self.entry_count

    def __str__(self) -> str:
        return f"{self.year}-{self.number:03d}"


class BulletinEntry(Identified):
    """One announced matter. ``content`` holds every announced field (GL V-11 §5) and is what is hashed."""

    issue = models.ForeignKey(BulletinIssue, verbose_name=_("issue"), on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=20, choices=EntryKind)
    patent = models.ForeignKey(
        Patent, verbose_name=_("patent"), on_delete=models.PROTECT, related_name="bulletin_entries"
    )
    subject_id = models.UUIDField()  # the statement, ending or filing announced
    content = models.JSONField(_("content"))
    content_hash = models.CharField(_("hash of the content"), max_length=64, db_index=True)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrected entry"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
    )

    class Meta:
        verbose_name = _("bulletin entry")
        verbose_name_plural = _("bulletin entries")
        ordering = ["issue", "position"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "position"], name="entry_position_once"),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=~Q(kind__in=(EntryKind.RECTIFICATION, EntryKind.FILING_CHANGE)),
                name="entry_announced_once",
            ),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.RECTIFICATION, corrects__isnull=False)
                | (~Q(kind=EntryKind.RECTIFICATION) & Q(corrects=None)),
                name="entry_rectification_cites",
            ),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="entry_has_hash"),
        ]
        triggers = [*append_only("entry"), entries_fill_their_issue()]

    def __str__(self) -> str:
        return f"{self.issue} / {self.position}"


class LogNode(models.Model):
    """A node of the log that is kept: the root of 256, 65,536 … leaves. What proofs are made of."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("node of the bulletin's log")
        verbose_name_plural = _("nodes of the bulletin's log")
        triggers = append_only("log_node")

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class PrintedIssue(Identified):
    """The hash of a PDF of an issue that was handed out. Another version of the printer may give one issue other bytes."""

    issue = models.ForeignKey(BulletinIssue, on_delete=models.PROTECT, related_name="prints")
    sha256 = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField(_("printed"))

    class Meta:
        verbose_name = _("printed issue")
        verbose_name_plural = _("printed issues")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="printed_issue_has_hash")
        ]
        triggers = append_only("printed_issue")

    def __str__(self) -> str:
        return f"{self.issue}: {self.sha256[:12]}"


class BulletinKey(models.Model):
    """A public key with which the bulletin was signed, kept for ever so that old checkpoints can be verified."""

    key_id = models.CharField(primary_key=True, max_length=8)
    name = models.CharField(max_length=200)
    public_key = models.CharField(max_length=64)  # hexadecimal
    has_effect = models.BooleanField(_("has legal effect"))
    first_serial = models.PositiveIntegerField()  # the first issue it signed

    class Meta:
        verbose_name = _("key of the bulletin")
        verbose_name_plural = _("keys of the bulletin")
        ordering = ["first_serial"]
        triggers = append_only("bulletin_key")

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id}"


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
        triggers = [
            pgtrigger.Protect(name="pending_entry_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="pending_entry_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.entry_id IS NOT NULL OR (OLD.kind, OLD.patent_id, OLD.subject_id, OLD.content, OLD.corrects_id)"
                    " IS DISTINCT FROM (NEW.kind, NEW.patent_id, NEW.subject_id, NEW.content, NEW.corrects_id)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"
