"""Tables of the shared kernel: audit events, outbox, counters, stored files. No app is known here."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.lifecycle import Lifecycle


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that let rows be inserted and never changed, deleted or truncated again."""
    return [
        pgtrigger.Protect(name=f"{name}_append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name=f"{name}_no_truncate",
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            func="RAISE EXCEPTION 'rows of % are kept for ever', TG_TABLE_NAME;",
        ),
    ]


def follows(lifecycle: Lifecycle) -> pgtrigger.Trigger:
    """Return the trigger that refuses any status change the lifecycle's table does not know."""
    lawful = " OR ".join(f"(OLD.status = '{a}' AND NEW.status = '{b}')" for a, b in lifecycle.pairs())
    return pgtrigger.Trigger(
        name=f"{lifecycle.name}_lifecycle",
        operation=pgtrigger.UpdateOf("status"),
        when=pgtrigger.Before,
        condition=pgtrigger.Condition("OLD.status IS DISTINCT FROM NEW.status"),
        func=f"""
            IF NOT ({lawful}) THEN
                RAISE EXCEPTION 'lifecycle {lifecycle.name}: % to % is not a lawful step', OLD.status, NEW.status
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        """,
    )


class Identified(models.Model):
    """Base of every table that people or URLs refer to: a random UUID, never a guessable number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class Staged(Identified):
    """Base of everything that has a lifecycle. ``status`` is written by core.transitions alone."""

    lifecycle: ClassVar[Lifecycle]
    status: "models.CharField[str, str]"

    class Meta:
        abstract = True


class AuditEvent(models.Model):
    """What happened, to what, by whom, when, on which articles. Written in the transaction of the act itself."""

    at = models.DateTimeField(_("at"))
    event = models.CharField(_("event"), max_length=60)
    subject_type = models.CharField(_("subject type"), max_length=60)
    subject_id = models.UUIDField(_("subject"))
    from_status = models.CharField(_("status before"), max_length=30, blank=True)
    to_status = models.CharField(_("status after"), max_length=30, blank=True)
    actor_label = models.CharField(_("by"), max_length=200)
    actor_roles = models.CharField(_("roles"), max_length=200, blank=True)
    actor_user_id = models.UUIDField(_("person"), null=True)
    organisation_id = models.UUIDField(_("organisation"), null=True)
    basis = models.CharField(_("article"), max_length=300, blank=True)
    data = models.JSONField(_("details"), default=dict)
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["at"], name="audit_by_time"),
        ]
        triggers = append_only("audit")

    def __str__(self) -> str:
        return gettext("Act %(number)s") % {"number": self.pk}


class OutboxMessage(models.Model):
    """An effect owed because of a committed act. Delivered at least once; ``key`` makes it once."""

    topic = models.CharField(_("topic"), max_length=80)
    key = models.CharField(_("key"), max_length=200, unique=True)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    due_at = models.DateTimeField(_("due at"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    done_at = models.DateTimeField(_("done at"), null=True)
    parked_at = models.DateTimeField(_("parked at"), null=True)
    last_error = models.TextField(_("last failure"), blank=True)

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        indexes = [
            models.Index(fields=["due_at", "id"], name="outbox_open", condition=Q(done_at=None, parked_at=None)),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(done_at=None) | Q(parked_at=None), name="outbox_done_or_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class Counter(models.Model):
    """A gap-free number range. Its row is locked while a number is taken and freed with the transaction."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__gte=0), name="counter_not_negative")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class StoredFile(Identified):
    """A file that passed inspection, stored by content hash. Never served but through a permission check."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("file name"), max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    uploaded_by = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    quarantined_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        indexes = [models.Index(fields=["sha256"], name="file_by_hash")]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_hash_is_sha256"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
        ]
        triggers = [pgtrigger.Protect(name="file_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name
