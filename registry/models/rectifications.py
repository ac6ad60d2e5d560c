"""Rectifications: what an examiner found wrong in an entry, and who agreed. The entry itself never changes."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from core.models import Staged, follows
from registry.bulletin.fields import FIELDS
from registry.enums import RectificationStatus
from registry.lifecycles import RECTIFICATION
from registry.models.bulletin import BulletinEntry
from registry.models.constraints import begins_in


class Rectification(Staged):
    """One item of one entry, as announced and as it should read. Approved, it becomes an entry of the next issue."""

    lifecycle = RECTIFICATION

    entry = models.ForeignKey(
        BulletinEntry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="rectifications"
    )
    item = models.CharField(pgettext_lazy("rectification", "item"), max_length=40)
    before = models.TextField(pgettext_lazy("rectification", "before"))
    after = models.TextField(pgettext_lazy("rectification", "after"), max_length=1000)
    grounds = models.TextField(_("grounds"), max_length=1000)
    status = models.CharField(
        _("status"), max_length=20, choices=RectificationStatus, default=RectificationStatus.PROPOSED, editable=False
    )
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "item"],
                condition=Q(status=RectificationStatus.PROPOSED),
                name="rectification_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="rectification_four_eyes"
            ),
            models.CheckConstraint(
                condition=Q(status=RectificationStatus.PROPOSED, decided_by=None)
                | (~Q(status=RectificationStatus.PROPOSED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="rectification_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(before=F("after")) & Q(after__gt="") & Q(grounds__gt=""),
                name="rectification_changes_something",
            ),
            models.CheckConstraint(
                condition=~Q(status=RectificationStatus.DECLINED) | Q(reasons__gt=""),
                name="rectification_declined_with_reasons",
            ),
        ]
        triggers = [
            follows(RECTIFICATION),
            begins_in("rectification", RectificationStatus.PROPOSED),
            pgtrigger.Protect(name="rectification_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="rectification_text_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "((OLD.entry_id, OLD.item, OLD.before, OLD.after, OLD.proposed_by_id)"
                    " IS DISTINCT FROM (NEW.entry_id, NEW.item, NEW.before, NEW.after, NEW.proposed_by_id))"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} · {FIELDS[self.item]}"
