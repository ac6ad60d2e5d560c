"""What the filer sent each time, word for word: the statement as first submitted, and as corrected."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified, append_only
from registry.models.statements import Statement


class StatementVersion(Identified):
    """The text as it was sent, with its hash. The first is the submission, each further one a correction."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    signed_name = models.CharField(_("signed by"), max_length=100, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent"))

    class Meta:
        verbose_name = _("version of a statement")
        verbose_name_plural = _("versions of statements")
        ordering = ["statement", "number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_numbers_start_with_one"),
            models.CheckConstraint(condition=Q(content_hash__regex=r"^[0-9a-f]{64}$"), name="version_has_hash"),
        ]
        triggers = append_only("version")

    def __str__(self) -> str:
        return f"{self.statement} ({self.number})"
