"""What an annulled event had brought about and cannot be undone: a task of the examiners."""

from typing import Any

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified
from registry.enums import AftermathKind
from registry.models.events import RegisterEvent
from registry.models.statements import Statement


class LeftBehind(Identified):
    """What an event that is annulled now has left behind. An examiner says once what was done about it.

    Those who inherit add ``annulment``, what it is about and its ``kind``, and :func:`kept_as_found`.
    """

    annulment: Any
    event = models.ForeignKey(RegisterEvent, on_delete=models.PROTECT, related_name="+")  # the annulled one
    found_at = models.DateTimeField(_("found"))
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(_("what was done"), max_length=1000, blank=True)

    class Meta:
        abstract = True
        ordering = ("found_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(event=F("annulment")), name="%(class)s_of_another_event"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None, note="")
                | (Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(note="")),
                name="%(class)s_settled_with_note",
            ),
        )


def kept_as_found(name: str, about: str) -> list[pgtrigger.Trigger]:
    """Return the triggers that keep what was found, let it be settled once, and delete nothing."""
    return [
        pgtrigger.ReadOnly(name=f"{name}_as_found", fields=["annulment", "event", about, "kind", "found_at"]),
        pgtrigger.Protect(
            name=f"{name}_settled_once",
            operation=pgtrigger.Update,
            condition=pgtrigger.Condition("OLD.settled_at IS NOT NULL"),
        ),
        pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Delete),
    ]


class Aftermath(LeftBehind):
    """A statement that ended or was refused on a ground which an event brought about that is annulled now.

    What the bulletin announced stays (GL V-8 §1.3.2.17 rectifies entries, no statement comes back): a person sees to it
    that the patentee can declare anew, and says what was done.
    """

    annulment = models.ForeignKey(RegisterEvent, on_delete=models.PROTECT, related_name="aftermath")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="aftermath")
    kind = models.CharField(_("what it caused"), max_length=10, choices=AftermathKind)

    class Meta:
        verbose_name = _("aftermath of an annulment")
        verbose_name_plural = _("aftermaths of annulments")
        ordering = ["found_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "statement"], name="aftermath_once"),
            models.CheckConstraint(condition=Q(kind__in=AftermathKind.values), name="aftermath_of_known_kind"),
            *LeftBehind.Meta.constraints,
        ]
        triggers = kept_as_found("aftermath", "statement")

    def __str__(self) -> str:
        return f"{self.statement} {self.get_kind_display()}"
