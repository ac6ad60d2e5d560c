"""Sessions of a case, joint or with one side, and what was held fast of them."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified, append_only
from mediation.enums import Audience, SessionMode
from mediation.models.cases import Case

SESSION_AUDIENCES = (Audience.JOINT, Audience.APPLICANT, Audience.RESPONDENT)


class Session(Identified):
    """A session at a set time. A separate one exists only for the side that is invited and the mediators."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sessions")
    audience = models.CharField(_("with whom"), max_length=10, choices=Audience)
    mode = models.CharField(_("how"), max_length=10, choices=SessionMode)
    scheduled_at = models.DateTimeField(_("time"))
    place = models.CharField(_("place or address"), max_length=300, blank=True)
    scheduled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("arranged"))
    canceled_at = models.DateTimeField(_("canceled"), null=True, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        indexes = [models.Index(fields=["case", "scheduled_at"], name="session_by_case")]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=SESSION_AUDIENCES), name="session_with_a_party"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="session_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["canceled_at"]),
            ),
            pgtrigger.Protect(
                name="session_canceled_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__canceled_at__isnull=False),
            ),
            pgtrigger.Protect(name="session_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} {self.scheduled_at:%Y-%m-%d}"

    @property
    def readers(self) -> Audience:
        """The audience as an enum member."""
        return Audience(self.audience)


class SessionRecord(Identified):
    """Minutes and attendance of one session, for the readers of that session."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="record")
    applicant_attended = models.BooleanField(_("the applicant attended"))
    respondent_attended = models.BooleanField(_("the respondent attended"))
    attendees = models.TextField(_("who attended"), max_length=1000, blank=True)
    minutes = models.TextField(_("minutes"), max_length=20000)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("minutes of a session")
        verbose_name_plural = _("minutes of sessions")
        constraints = [models.CheckConstraint(condition=~Q(minutes=""), name="session_record_has_minutes")]
        triggers = append_only("session_record")

    def __str__(self) -> str:
        return str(self.session)
