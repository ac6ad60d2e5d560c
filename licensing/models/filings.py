"""Filings of licenses with the office (备案) and their papers (RULES 15(2), 87; GL V-11 §7; O62)."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, Staged, StoredFile, append_only, follows
from licensing.enums import STANDING_FILINGS, FilingPaperKind, FilingSide, FilingStatus
from licensing.lifecycles import FILING
from licensing.models.constraints import begins_as, decided_by_no_colleague, filed_by_a_side, kept
from licensing.models.days import LawDay
from licensing.models.licenses import License

NUMBERED = (FilingStatus.RECORDED, FilingStatus.REVOKED, FilingStatus.CANCELED)
REASONED = (FilingStatus.REFUSED, FilingStatus.REVOKED)
UNDECIDED = (FilingStatus.SUBMITTED, FilingStatus.TAKEN_BACK)


class Filing(Staged):
    """An application to record a license. ``due_on`` is the law's last day; a later one is accepted and flagged."""

    lifecycle = FILING

    license = models.ForeignKey(License, verbose_name=_("license"), on_delete=models.PROTECT, related_name="filings")
    number = models.CharField(_("filing number"), max_length=20, blank=True)
    status = models.CharField(
        _("status"), max_length=10, choices=FilingStatus, default=FilingStatus.SUBMITTED, editable=False
    )
    side = models.CharField(_("filed by"), max_length=10, choices=FilingSide)
    applicant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="filings", verbose_name=_("applicant")
    )
    handler_name = models.CharField(_("person who handles the filing"), max_length=100)
    submitted_by = models.ForeignKey(User, verbose_name=_("submitted by"), on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_on = models.DateField(_("day of submission"))
    due_on = models.DateField(_("due"))
    is_late = models.BooleanField(_("late"))
    is_export = models.BooleanField(_("technology export"), default=False)
    is_represented = models.BooleanField(_("filed through an agency"), default=False)

    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    recorded_on = models.DateField(_("recorded"), null=True, blank=True)
    canceled_on = models.DateField(_("canceled"), null=True, blank=True)
    reasons = models.TextField(_("reasons"), blank=True)
    violations = models.JSONField(default=list, blank=True)  # the grounds as checked at the decision

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        indexes = [models.Index(fields=["status", "submitted_at"], name="filing_by_status")]
        constraints = [
            models.UniqueConstraint(
                fields=["license"], condition=Q(status__in=STANDING_FILINGS), name="filing_one_standing_per_license"
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="filing_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=NUMBERED, number__regex=r"^X[0-9]{13}$", recorded_on__isnull=False)
                | (~Q(status__in=NUMBERED) & Q(number="", recorded_on=None)),
                name="filing_numbered_iff_recorded",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNDECIDED, decided_by=None, decided_at=None)
                | (~Q(status__in=UNDECIDED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="filing_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=REASONED) | ~Q(reasons=""), name="filing_refused_with_reasons"
            ),
            models.CheckConstraint(
                condition=Q(is_late=True, submitted_on__gt=F("due_on"))
                | Q(is_late=False, submitted_on__lte=F("due_on")),
                name="filing_late_iff_after_due",
            ),
            models.CheckConstraint(condition=Q(submitted_on=LawDay("submitted_at")), name="filing_day_is_its_time"),
            models.CheckConstraint(
                condition=Q(canceled_on=None) | Q(status__in=(FilingStatus.REVOKED, FilingStatus.CANCELED)),
                name="filing_canceled_has_status",
            ),
        ]
        triggers = [
            follows(FILING),
            begins_as("filing", FilingStatus.SUBMITTED),
            kept("filing"),
            filed_by_a_side(),
            decided_by_no_colleague(),
            pgtrigger.ReadOnly(
                name="filing_as_submitted",
                fields=[
                    "license", "side", "applicant", "handler_name", "submitted_by", "submitted_at", "submitted_on",
                    "due_on", "is_late", "is_export", "is_represented",
                ],
            ),
            pgtrigger.Protect(
                name="filing_number_frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.number <> '' AND (OLD.number IS DISTINCT FROM NEW.number"
                    " OR OLD.recorded_on IS DISTINCT FROM NEW.recorded_on)"
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number or str(self.license)


class FilingPaper(Identified):
    """A paper handed in with a filing."""

    filing = models.ForeignKey(Filing, on_delete=models.PROTECT, related_name="papers")
    kind = models.CharField(_("kind"), max_length=10, choices=FilingPaperKind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name = _("paper of a filing")
        verbose_name_plural = _("papers of filings")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FilingPaperKind.values), name="filing_paper_kind_known")
        ]
        triggers = append_only("filing_paper")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file}"
