"""What an annulled event had brought about and cannot be undone: a task of the examiners."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified
from registry.enums import AftermathKind
from registry.models.events import RegisterEvent
from registry.models.statements import Statement


class Aftermath(Identified):
    """A statement that ended or was refused on a ground which an event brought about that is annulled now.

    What the bulletin announced stays (GL V-8 §1.3.2.17 rectifies entries, no statement comes back): a person sees to it
    that the patentee can declare anew, and says what was done.
    """

    annulment = models.ForeignKey(RegisterEvent, on_delete=models.PROTECT, related_name="aftermath")
    event = models.ForeignKey(RegisterEvent, on_delete=models.PROTECT, related_name="+")  # the annulled one
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="aftermath")
    kind = models.CharField(_("what it caused"), max_length=10, choices=AftermathKind)
    found_at = models.DateTimeField(_("found"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("what was done"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("aftermath of an annulment")
        verbose_name_plural = _("aftermaths of annulments")
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "statement"], name="aftermath_once"),
            models.CheckConstraint(condition=Q(kind__in=AftermathKind.values), name="aftermath_of_known_kind"),
            models.CheckConstraint(condition=~Q(event=models.F("annulment")), name="aftermath_of_another_event"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, note="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(note="")),
                name="aftermath_settled_with_note",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="aftermath_as_found", fields=["annulment", "event", "statement", "kind", "found_at"]
            ),
            pgtrigger.Protect(
                name="aftermath_settled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.settled_at IS NOT NULL"),
            ),
            pgtrigger.Protect(name="aftermath_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.get_kind_display()}"
