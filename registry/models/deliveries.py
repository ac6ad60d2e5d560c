"""Deliveries of register data: which file was taken in, when, on whose word, with what result."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Identified


class Delivery(Identified):
    """One run of the import. Its counts grow with each committed batch; ``finished_at`` is empty if it broke off."""

    name = models.CharField(_("file"), max_length=200)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # The day to which the supplier's data speaks.
    as_of = models.DateTimeField(_("as of"))
    # The supplier answers for every row being a granted patent, even one without the day of its grant.
    vouched = models.BooleanField(_("grants vouched for"), default=False)
    delivered_by = models.CharField(_("taken in by"), max_length=200)
    inserted = models.PositiveIntegerField(_("new"), default=0)
    updated = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)

    class Meta:
        verbose_name = _("delivery of register data")
        verbose_name_plural = _("deliveries of register data")
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(finished_at__gte=models.F("started_at")),
                name="delivery_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.name
