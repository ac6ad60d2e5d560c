"""Licenses and proposals to end them."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, Staged, append_only, follows
from licensing.enums import LicenseStatus
from licensing.lifecycles import LICENSE
from licensing.models.constraints import agreed_by_the_other_side, begins_as, kept, lawful_license
from licensing.models.notices import SHA256, Notice
from registry.models import Statement

RUNS = Func(
    F("effective_on"),
    Coalesce(F("ended_on"), F("ends_on")),
    Value("[]"),
    function="daterange",
    output_field=DateRangeField(),
)


class License(Staged):
    """A license obtained by notice and payment, non-exclusive, within China, on the frozen terms (LAW 51(1), 12).

    ``effective_on`` is the later of the notice's service and the payment that completed it; ``ends_on`` is the last
    day of its term, never after the patent's; ``ended_on`` is the last day it really ran, once it is over.
    """

    lifecycle = LICENSE

    notice = models.OneToOneField(Notice, verbose_name=_("notice"), on_delete=models.PROTECT, related_name="license")
    number = models.CharField(_("license number"), max_length=20, unique=True)
    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.PROTECT, related_name="licenses"
    )
    licensee = models.ForeignKey(
        Organisation, verbose_name=_("licensee"), on_delete=models.PROTECT, related_name="licenses"
    )
    status = models.CharField(
        _("status"), max_length=10, choices=LicenseStatus, default=LicenseStatus.IN_FORCE, editable=False
    )
    served_on = models.DateField(_("day of service"))
    paid_on = models.DateField(_("paid on"), null=True, blank=True)  # empty where nothing is due at the start
    effective_on = models.DateField(_("effective date"))
    ends_on = models.DateField(_("last day of the term"))
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    terms_hash = models.CharField(_("hash of the terms"), max_length=64)
    verification_code = models.CharField(_("verification code"), max_length=16, unique=True)
    obtained_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("license")
        verbose_name_plural = _("licenses")
        indexes = [
            models.Index(fields=["licensee", "-effective_on"], name="license_by_licensee"),
            models.Index(fields=["statement", "status"], name="license_by_statement"),
            models.Index(fields=["status", "ends_on"], name="license_by_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=r"^LIC[0-9]{10}$"), name="license_number_form"),
            models.CheckConstraint(condition=Q(terms_hash__regex=SHA256), name="license_terms_hashed"),
            models.CheckConstraint(
                condition=Q(verification_code__regex=r"^[0-9A-HJKMNP-TV-Z]{16}$"), name="license_code_form"
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None, effective_on=F("served_on"))
                | Q(paid_on__isnull=False, effective_on=Greatest(F("served_on"), F("paid_on"))),
                name="license_effective_on_the_later_day",
            ),
            models.CheckConstraint(condition=Q(ends_on__gte=F("effective_on")), name="license_ends_after_start"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("effective_on"), ended_on__lte=F("ends_on")),
                name="license_ended_within_term",
            ),
            models.CheckConstraint(
                condition=Q(status=LicenseStatus.IN_FORCE, ended_on=None)
                | (~Q(status=LicenseStatus.IN_FORCE) & Q(ended_on__isnull=False)),
                name="license_over_has_day",
            ),
            ExclusionConstraint(
                name="license_one_at_a_time",
                expressions=[
                    (F("statement"), RangeOperators.EQUAL),
                    (F("licensee"), RangeOperators.EQUAL),
                    (RUNS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            follows(LICENSE),
            begins_as("license", LicenseStatus.IN_FORCE),
            kept("license"),
            lawful_license(),
            pgtrigger.ReadOnly(name="license_as_obtained", exclude=["status", "ended_on"]),
        ]

    def __str__(self) -> str:
        return self.number


class PrintedCertificate(Identified):
    """The hash of a certificate that was handed out. Another version of the printer may give one license other bytes."""

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="prints")
    sha256 = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField(_("printed"))

    class Meta:
        verbose_name = _("printed certificate")
        verbose_name_plural = _("printed certificates")
        constraints = [models.CheckConstraint(condition=Q(sha256__regex=SHA256), name="printed_certificate_has_hash")]
        triggers = append_only("printed_certificate")

    def __str__(self) -> str:
        return f"{self.license}: {self.sha256[:12]}"


class TerminationProposal(Identified):
    """One side's proposal to end a license early; the other side's agreement ends it. Never a one-sided act."""

    license = models.OneToOneField(License, on_delete=models.PROTECT, related_name="termination")
    last_day_on = models.DateField(_("last day"))
    reason = models.TextField(_("reason"), max_length=1000)
    proposed_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"))

    class Meta:
        verbose_name = _("proposal to end a license")
        verbose_name_plural = _("proposals to end licenses")
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="termination_has_reason")]
        triggers = append_only("termination")

    def __str__(self) -> str:
        return f"{self.license} {self.last_day_on}"


class TerminationAgreement(Identified):
    """The other side's agreement to a proposal."""

    proposal = models.OneToOneField(TerminationProposal, on_delete=models.PROTECT, related_name="agreement")
    agreed_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(_("agreed"))

    class Meta:
        verbose_name = _("agreement to end a license")
        verbose_name_plural = _("agreements to end licenses")
        triggers = [*append_only("termination_agreement"), agreed_by_the_other_side()]

    def __str__(self) -> str:
        return str(self.proposal)
