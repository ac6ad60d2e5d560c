"""Estimates of a fee that somebody kept: the figures alone; every step follows from them and from the day."""

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified
from registry.enums import PricingBasis, PricingMethod
from registry.models.patents import Patent
from registry.models.statements import Statement
from registry.pricing.coefficient import MOST_LICENSEES
from registry.pricing.figures import LONGEST_SOURCE
from registry.pricing.reckoning import MOST_MONTHS, Figures, Reckoning, reckon


class Estimate(Identified):
    """What one method gave for one patent or none (EST). Never changed: another figure is another estimate.

    It belongs to the organisation that made it; one without organisation to the provincial officer who did.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="estimates"
    )
    statement = models.ForeignKey(
        Statement,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="estimates",
        verbose_name=_("statement"),
    )
    patent = models.ForeignKey(
        Patent, on_delete=models.PROTECT, null=True, blank=True, related_name="estimates", verbose_name=_("patent")
    )
    method = models.CharField(_("method"), max_length=12, choices=PricingMethod)
    basis = models.CharField(_("kind of fee"), max_length=8, choices=PricingBasis)
    given = models.JSONField(default=dict)  # figures by name, as decimal text
    source = models.CharField(_("source of the figures"), max_length=LONGEST_SOURCE)
    licensees = models.PositiveIntegerField(_("expected licensees"))
    months = models.PositiveSmallIntegerField(_("license term in months"))
    suits = models.JSONField(default=list)  # the answers to the method's questions
    reckoned_on = models.DateField(_("day of the practice and the caps used"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("estimate of a fee")
        verbose_name_plural = _("estimates of fees")
        indexes = [
            models.Index(fields=["organisation", "-made_at"], name="estimate_by_organisation"),
            models.Index(fields=["made_by", "-made_at"], name="estimate_by_maker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(method__in=PricingMethod.values, basis__in=PricingBasis.values),
                name="estimate_known_method",
            ),
            models.CheckConstraint(
                condition=Q(licensees__gte=1, licensees__lte=MOST_LICENSEES, months__gte=1, months__lte=MOST_MONTHS),
                name="estimate_in_range",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="estimate_has_source"),
        ]
        triggers = [pgtrigger.Protect(name="estimate_unchanged", operation=pgtrigger.Update)]

    @property
    def figures(self) -> Figures:
        """The figures as the pure functions take them."""
        return Figures(
            method=PricingMethod(self.method),
            basis=PricingBasis(self.basis),
            given={name: Decimal(value) for name, value in self.given.items()},
            source=self.source,
            licensees=self.licensees,
            months=self.months,
            suits=tuple(self.suits),
        )

    @property
    def reckoning(self) -> Reckoning:
        """Every step, by the practice and the caps of its day."""
        return reckon(self.figures, on=self.reckoned_on)

    def __str__(self) -> str:
        return f"{self.get_method_display()} · {self.get_basis_display()}"
