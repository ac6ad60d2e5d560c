"""Who mediates a case."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import Identified
from mediation.enums import RecusalGround
from mediation.models.cases import Case
from mediation.models.constraints import mediator_is_a_stranger


class MediatorAssignment(Identified):
    """A mediator of a case: one, or three in a complex one. Whoever stepped down never comes back to it."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    mediator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mediations", verbose_name=_("mediator"))
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("assigned"))
    recused_at = models.DateTimeField(_("stepped down"), null=True, blank=True)
    recusal_ground = models.CharField(_("ground of recusal"), max_length=10, choices=RecusalGround, blank=True)

    class Meta:
        verbose_name = _("assignment of a mediator")
        verbose_name_plural = _("assignments of mediators")
        constraints = [
            models.UniqueConstraint(fields=["case", "mediator"], name="mediator_once_per_case"),
            models.CheckConstraint(
                condition=Q(recused_at=None, recusal_ground="") | (Q(recused_at__isnull=False) & ~Q(recusal_ground="")),
                name="mediator_recused_with_ground",
            ),
        ]
        triggers = [
            mediator_is_a_stranger(),
            pgtrigger.Protect(
                name="mediator_assignment_fixed",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["recused_at", "recusal_ground"]),
            ),
            pgtrigger.Protect(
                name="mediator_recused_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__recused_at__isnull=False),
            ),
            pgtrigger.Protect(name="mediator_assignment_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.mediator}: {self.case}"
