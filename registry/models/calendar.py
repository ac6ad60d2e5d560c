"""The calendar of the bulletin: for each year the days on which an issue appears, and what was changed since."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified


class CalendarYear(Identified):
    """A year whose issue days the office has laid down. ``holidays_known``: after that year's holidays were announced."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    holidays_known = models.BooleanField(_("holidays known"))
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by"))

    class Meta:
        verbose_name = _("calendar of the bulletin")
        verbose_name_plural = _("calendars of the bulletin")
        ordering = ["-year"]
        triggers = [pgtrigger.Protect(name="calendar_year_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(Identified):
    """A day of the calendar. A day that was struck out stays, with the reason, and ``appears`` is no."""

    calendar = models.ForeignKey(CalendarYear, on_delete=models.PROTECT, related_name="days")
    on = models.DateField(_("date"), unique=True)
    appears = models.BooleanField(_("an issue appears"), default=True)
    reason = models.CharField(_("reason of the change"), max_length=300, blank=True)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    class Meta:
        verbose_name = _("issue day")
        verbose_name_plural = _("issue days")
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(changed_at=None, reason="", appears=True) | Q(changed_at__isnull=False, reason__gt=""),
                name="calendar_change_has_reason",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="calendar_change_kept",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.changed_at IS NOT NULL"),
            )
        ]

    def __str__(self) -> str:
        return str(self.on)
