"""Mediation cases, the respondent's answer and the consents to an extension."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Identified, Staged, append_only, follows
from mediation.enums import (
    CLOSED_STATUSES,
    OPEN_STATUSES,
    PARTIES,
    UNSENT_STATUSES,
    CaseStatus,
    ClosingGround,
    DeclineGround,
    Proceedings,
    Side,
    Subject,
)
from mediation.lifecycles import CASE
from mediation.models.constraints import (
    agency_is_no_mediators_own,
    case_begins_as_draft,
    closed_case_rests,
    extension_is_consented,
    request_is_frozen,
    step_is_founded,
)
from registry.models import Statement


class Case(Staged):
    """A dispute over carrying out an open license that a party brings before the office (LAW 52; M590).

    Days named ``_due_on`` are last days (Asia/Shanghai). Nobody but the applicant knows of a draft; the respondent
    hears of the case when it is admitted.
    """

    lifecycle = CASE

    number = models.CharField(_("case number"), max_length=20, blank=True)
    status = models.CharField(_("status"), max_length=15, choices=CaseStatus, default=CaseStatus.DRAFT, editable=False)
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="cases", verbose_name=_("open license statement")
    )
    license = models.ForeignKey(
        "licensing.License",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("license"),
    )
    applicant = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases_brought", verbose_name=_("applicant")
    )
    respondent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="cases_answered", verbose_name=_("respondent")
    )
    # Who acts for a side in this very case. A mandate alone opens no case: an agency may hold mandates of both.
    applicant_agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("agency of the applicant"),
    )  # fmt: skip
    respondent_agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("agency of the respondent"),
    )  # fmt: skip

    subject = models.CharField(_("subject of the dispute"), max_length=15, choices=Subject, blank=True)
    claim = models.TextField(_("claim"), max_length=4000, blank=True)
    facts = models.TextField(_("facts and reasons"), max_length=10000, blank=True)
    declared_proceedings = models.CharField(_("other proceedings"), max_length=15, choices=Proceedings, blank=True)

    created_by = models.ForeignKey(User, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("last saved"))
    requested_by = models.ForeignKey(
        User, verbose_name=_("requested by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(_("requested"), null=True, blank=True)
    admission_due_on = models.DateField(_("admission due"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("admission decided"), null=True, blank=True)
    decline_ground = models.CharField(_("ground of refusal"), max_length=20, choices=DeclineGround, blank=True)
    decision_reasons = models.TextField(_("reasons of the decision"), max_length=2000, blank=True)
    reply_due_on = models.DateField(_("answer due"), null=True, blank=True)
    mediation_since_on = models.DateField(_("mediation since"), null=True, blank=True)
    ends_due_on = models.DateField(_("mediation ends"), null=True, blank=True)
    extended_at = models.DateTimeField(_("extended"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closing_ground = models.CharField(_("why closed"), max_length=15, choices=ClosingGround, blank=True)
    closing_note = models.TextField(_("note on closing, for both sides"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("mediation case")
        verbose_name_plural = _("mediation cases")
        indexes = [
            models.Index(fields=["applicant", "-created_at"], name="case_by_applicant"),
            models.Index(fields=["respondent", "-created_at"], name="case_by_respondent"),
            models.Index(fields=["status", "ends_due_on"], name="case_by_status"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="case_number_once"),
            models.UniqueConstraint(
                F("statement"),
                F("license"),
                Least("applicant", "respondent"),
                Greatest("applicant", "respondent"),
                condition=Q(status__in=OPEN_STATUSES),
                nulls_distinct=False,
                name="case_one_open_per_license_and_pair",
            ),
            models.CheckConstraint(condition=~Q(applicant=F("respondent")), name="case_parties_differ"),
            models.CheckConstraint(
                condition=(
                    Q(applicant_agency=None) | Q(respondent_agency=None) | ~Q(applicant_agency=F("respondent_agency"))
                )
                & (Q(applicant_agency=None) | ~Q(applicant_agency=F("respondent")))
                & (Q(respondent_agency=None) | ~Q(respondent_agency=F("applicant"))),
                name="case_agency_of_one_side",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNSENT_STATUSES, number="", requested_at=None)
                | (
                    ~Q(status__in=UNSENT_STATUSES)
                    & Q(number__regex=r"^MED[0-9]{9}$", requested_at__isnull=False, requested_by__isnull=False)
                    & Q(admission_due_on__isnull=False)
                ),
                name="case_numbered_iff_requested",
            ),
            models.CheckConstraint(
                condition=Q(status__in=UNSENT_STATUSES)
                | (~Q(subject="") & ~Q(claim="") & ~Q(facts="") & Q(declared_proceedings=Proceedings.NONE)),
                name="case_request_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.ASKED) | Q(reply_due_on__isnull=False, decided_at__isnull=False),
                name="case_asked_has_term",
            ),
            models.CheckConstraint(
                condition=~Q(status=CaseStatus.IN_MEDIATION)
                | Q(mediation_since_on__isnull=False, ends_due_on__isnull=False),
                name="case_mediation_has_term",
            ),
            models.CheckConstraint(
                condition=(Q(status__in=CLOSED_STATUSES, closed_at__isnull=False) & ~Q(closing_ground=""))
                | (~Q(status__in=CLOSED_STATUSES) & Q(closed_at=None, closing_ground="")),
                name="case_closed_has_ground",
            ),
            models.CheckConstraint(
                condition=(Q(status=CaseStatus.NOT_ADMITTED, decided_at__isnull=False) & ~Q(decline_ground=""))
                | (~Q(status=CaseStatus.NOT_ADMITTED) & Q(decline_ground="")),
                name="case_not_admitted_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(ends_due_on=None) | Q(ends_due_on__gt=F("mediation_since_on")),
                name="case_ends_after_start",
            ),
        ]
        triggers = [
            follows(CASE),
            case_begins_as_draft(),
            request_is_frozen(),
            closed_case_rests(),
            extension_is_consented(),
            step_is_founded(),
            agency_is_no_mediators_own(),
            pgtrigger.Protect(name="case_kept", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.number or str(self.statement)

    @property
    def matter_number(self) -> str:
        """The number of the license in dispute, or of the statement where no license was reached."""
        return self.license.number if self.license else self.statement.number

    @property
    def stage(self) -> CaseStatus:
        """The status as an enum member."""
        return CaseStatus(self.status)

    @property
    def is_open(self) -> bool:
        """Whether the request has been made and the case has not ended."""
        return self.status in OPEN_STATUSES

    @property
    def is_closed(self) -> bool:
        """Whether the case has ended after it was requested."""
        return self.status in CLOSED_STATUSES

    def party(self, side: Side) -> Organisation:
        """Return the organisation on this side. Raises KeyError for the mediator."""
        return {Side.APPLICANT: self.applicant, Side.RESPONDENT: self.respondent}[side]


class Answer(Identified):
    """What the respondent answers to the request: whether it agrees to be mediated, and its view of the dispute."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="answer")
    agrees = models.BooleanField(_("agrees to be mediated"))
    statement = models.TextField(_("what the respondent says"), max_length=10000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer of the respondent")
        verbose_name_plural = _("answers of respondents")
        triggers = append_only("answer")

    def __str__(self) -> str:
        return f"{self.case}: {self.agrees}"


class ExtensionConsent(Identified):
    """One side's consent to the single extension of the mediation."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="extension_consents")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("given"))

    class Meta:
        verbose_name = _("consent to an extension")
        verbose_name_plural = _("consents to extensions")
        constraints = [
            models.UniqueConstraint(fields=["case", "side"], name="extension_consent_once"),
            models.CheckConstraint(condition=Q(side__in=PARTIES), name="extension_consent_of_a_party"),
        ]
        triggers = append_only("extension_consent")

    def __str__(self) -> str:
        return f"{self.case}: {self.side}"
