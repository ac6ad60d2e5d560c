"""Facts of the register that decide on open licensing (RULES 86; GL V-11 §3.1). Periods are half-open."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import Identified, StoredFile
from registry.enums import EncumbranceKind, InvalidationScope, ReportConclusion, SuspensionGround
from registry.models.patents import Patent


class Pledge(Identified):
    """A registered pledge. It bars open licensing unless the pledgee has consented in writing (GL V-11 §9)."""

    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="pledges")
    pledgee = models.CharField(_("pledgee"), max_length=200)
    number = models.CharField(_("registration number"), max_length=40, blank=True)
    since_on = models.DateField(_("registered"))
    released_on = models.DateField(_("released"), null=True, blank=True)
    consented_on = models.DateField(_("pledgee's consent"), null=True, blank=True)
    consent_paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_on=None) | Q(released_on__gte=F("since_on")), name="pledge_period_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pledgee} {self.since_on}"


class Encumbrance(Identified):
    """A license contract outside open licensing. Exclusive and sole ones bar it (LAW 51(3); RULES 86)."""

    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="encumbrances")
    kind = models.CharField(_("kind"), max_length=10, choices=EncumbranceKind)
    licensee = models.CharField(_("licensee"), max_length=200)
    filing_number = models.CharField(_("filing number"), max_length=20, blank=True)
    since_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)  # first day on which it no longer runs

    class Meta:
        verbose_name = _("license contract outside open licensing")
        verbose_name_plural = _("license contracts outside open licensing")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="encumbrance_period_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.licensee}"


class Suspension(Identified):
    """A suspension of procedures (RULES 103: ownership dispute; RULES 104: court preservation)."""

    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="suspensions")
    ground = models.CharField(_("ground"), max_length=15, choices=SuspensionGround)
    since_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="suspension_period_in_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} {self.since_on}"


class Obstacle(Identified):
    """Another obstacle to effective exploitation, found by a human (GL V-11 §3.1(9)). Never set by a program."""

    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="obstacles")
    description = models.TextField(_("obstacle"), max_length=1000)
    since_on = models.DateField(_("from"))
    until_on = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("other obstacle")
        verbose_name_plural = _("other obstacles")
        constraints = [
            models.CheckConstraint(condition=~Q(description=""), name="obstacle_is_described"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="obstacle_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.description[:80]


class Invalidation(Identified):
    """A final invalidation decision; a whole one means the right never existed (LAW 47)."""

    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="invalidations")
    scope = models.CharField(_("scope"), max_length=10, choices=InvalidationScope)
    decided_on = models.DateField(_("decided"))
    decision_number = models.CharField(_("decision number"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("invalidation")
        verbose_name_plural = _("invalidations")

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.decided_on}"


class EvaluationReport(Identified):
    """The patent evaluation report; one exists per patent and anyone may inspect it (RULES 62, 63)."""

    patent = models.OneToOneField(Patent, on_delete=models.PROTECT, related_name="evaluation_report")
    reference = models.CharField(_("report number"), max_length=40)
    issued_on = models.DateField(_("issued"))
    conclusion = models.CharField(_("conclusion"), max_length=10, choices=ReportConclusion)
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("patent evaluation report")
        verbose_name_plural = _("patent evaluation reports")
        constraints = [models.CheckConstraint(condition=~Q(reference=""), name="report_has_reference")]

    def __str__(self) -> str:
        return self.reference
