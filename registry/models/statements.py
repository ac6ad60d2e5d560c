"""Open license statements: what is declared, where it stands, and what the database refuses."""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from core.models import Staged, follows
from registry.enums import (
    EDITABLE_STATUSES,
    PUBLIC_STATUSES,
    UNDER_EXAMINATION_STATUSES,
    FeeMode,
    StatementStatus,
    TermMode,
)
from registry.fees.caps import FIXED_CAP, PROFIT_CAP, SALES_CAP
from registry.fees.terms import FeeTerms, from_columns
from registry.lifecycles import STATEMENT
from registry.models.bars import agency_as_named, in_chinese, price_settled, term_ahead, through_its_agency, unbarred
from registry.models.bulletin import BulletinEntry
from registry.models.constraints import (
    EXPLANATION_LIMIT,
    LONGEST_EXTENSION,
    NEVER_COMPLETE,
    begins_in,
    complete_terms,
    consented_by_all,
    examiner_is_no_colleague,
    filed_by_patentee,
    frozen_when,
    frozen_when_not,
    instalments_add_up,
    may_exceed,
    replaces_in_order,
    succeeds_a_withdrawn_one,
    text_kept,
    within_patent,
)
from registry.models.patents import Patent

SALES_MODES = (FeeMode.ROYALTY_SALES, FeeMode.ENTRY_ROYALTY_SALES)
PROFIT_MODES = (FeeMode.ROYALTY_PROFIT, FeeMode.ENTRY_ROYALTY_PROFIT)

# What the announced or examined statement says: unchangeable once submitted, save in a correction.
CONTENT = (
    "patent_id", "filed_by_id", "text_agency_id", "replaces_id",
    "fee_mode", "fixed_amount", "royalty_rate", "unit_price", "unit_name",
    "instalments", "payment_terms", "term_mode", "term_until", "term_months", "contact_name", "contact_phone",
    "contact_email", "contact_address", "explanation", "other_matters", "existing_licenses", "exploits_itself",
    "undertakes_no_exclusive", "undertakes_open_to_all", "undertakes_keep_in_force", "undertakes_export_rules",
    "exception_request", "signed_name",
)  # fmt: skip
# What an announcement fixes for ever.
ANNOUNCEMENT = (
    "id",
    "number",
    "effective_on",
    "announced_in_id",
    "content_hash",
    "submitted_at",
    "cap_override_reason",
)


class Statement(Staged):
    """A patentee's declaration that anyone may use the patent at a stated price (LAW 50-51; RULES 85)."""

    lifecycle = STATEMENT

    number = models.CharField(_("statement number"), max_length=20, blank=True)
    patent = models.ForeignKey(Patent, on_delete=models.PROTECT, related_name="statements", verbose_name=_("patent"))
    filed_by = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="statements", verbose_name=_("patentee who files")
    )
    agency = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="statements_as_agency",
        verbose_name=_("patent agency"),
    )  # that acts now
    # That the text names: through which it was first sent. A change of agency changes no text that was consented to.
    text_agency = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    status = models.CharField(
        _("status"), max_length=20, choices=StatementStatus, default=StatementStatus.DRAFT, editable=False
    )

    # Fee: mode and standard. All sums in yuan, rates in percent. Read through registry.fees.terms.
    fee_mode = models.CharField(_("fee mode"), max_length=25, choices=FeeMode, blank=True)
    fixed_amount = models.DecimalField(_("fixed amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    royalty_rate = models.DecimalField(_("royalty rate"), max_digits=5, decimal_places=2, null=True, blank=True)
    unit_price = models.DecimalField(_("amount per unit"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit_name = models.CharField(_("unit"), max_length=30, blank=True)
    instalments = models.JSONField(_("instalments"), default=list, blank=True)
    payment_terms = models.TextField(_("how and when to pay"), max_length=1000, blank=True)
    payee_account = models.CharField(_("payee's bank account"), max_length=200, blank=True)  # never announced

    term_mode = models.CharField(_("license term"), max_length=10, choices=TermMode, blank=True)
    term_until = models.DateField(_("until"), null=True, blank=True)  # last day
    term_months = models.PositiveSmallIntegerField(_("months"), null=True, blank=True)

    contact_name = models.CharField(_("contact person"), max_length=100, blank=True)
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail address"), blank=True)
    contact_address = models.CharField(_("address"), max_length=300, blank=True)

    explanation = models.TextField(_("brief explanation of the fee"), blank=True)
    exception_request = models.TextField(_("exception asked for"), blank=True)  # from the limits of GL V-11 §3.3
    other_matters = models.TextField(_("other matters"), blank=True)
    existing_licenses = models.TextField(_("existing licenses"), blank=True)
    exploits_itself = models.BooleanField(_("the patentee exploits the patent itself"), default=False)
    undertakes_no_exclusive = models.BooleanField(_("no exclusive or sole license is in force"), default=False)
    undertakes_open_to_all = models.BooleanField(_("anyone gets a license on these terms"), default=False)
    undertakes_keep_in_force = models.BooleanField(_("the patent is kept in force"), default=False)
    undertakes_export_rules = models.BooleanField(_("technology export rules are followed"), default=False)
    signed_name = models.CharField(_("signed by"), max_length=100, blank=True)

    # What was typed into a field and is no value of it (yet), so that a saved draft loses nothing. Empty once submitted.
    typed = models.JSONField(default=dict, blank=True)
    created_by = models.ForeignKey(User, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("begun"))
    saved_at = models.DateTimeField(_("last saved"))
    saved_in = models.CharField(max_length=36, blank=True, default="")  # the browser window that saved last
    consents_asked_at = models.DateTimeField(_("co-owners asked"), null=True, blank=True)
    # Of the present text, written whenever it changes; empty until co-owners are asked. What counts answers reads it.
    text_hash = models.CharField(max_length=64, blank=True, default="")
    pledgees_asked_at = models.DateTimeField(_("pledgees asked"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)  # of the content as submitted or corrected

    examiner = models.ForeignKey(
        User, verbose_name=_("examiner"), on_delete=models.PROTECT, null=True, blank=True, related_name="examined"
    )
    claimed_at = models.DateTimeField(_("taken"), null=True, blank=True)
    correction_asked_on = models.DateField(_("correction requested"), null=True, blank=True)  # served on that day
    correction_due_on = models.DateField(_("correction due"), null=True, blank=True)
    correction_extended_months = models.PositiveSmallIntegerField(_("correction period extended by"), default=0)
    correction_rounds = models.PositiveSmallIntegerField(default=0)
    cap_override_reason = models.TextField(_("why the cap is exceeded"), blank=True)
    decided_by = models.ForeignKey(
        User, verbose_name=_("decided by"), on_delete=models.PROTECT, null=True, blank=True, related_name="decided"
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    hold_reasons = models.JSONField(_("reasons for holding back"), default=list, blank=True)

    effective_on = models.DateField(_("effective date"), null=True, blank=True)  # = announcement date
    announced_in = models.ForeignKey(
        BulletinEntry,
        verbose_name=_("announced in"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="announced_statement",
    )
    ended_on = models.DateField(_("ended"), null=True, blank=True)  # first day on which it no longer is effective
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaced statement"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        indexes = [
            models.Index(fields=["status", "-effective_on"], name="statement_by_status"),
            models.Index(fields=["filed_by", "-created_at"], name="statement_by_filer"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="statement_number_once"),
            models.UniqueConstraint(
                fields=["patent"],
                condition=Q(status__in=UNDER_EXAMINATION_STATUSES),
                name="statement_one_examined_per_patent",
            ),
            models.UniqueConstraint(
                fields=["patent"],
                condition=Q(status=StatementStatus.ANNOUNCED),
                name="statement_one_in_effect_per_patent",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="statement_replaces_another"),
            models.CheckConstraint(
                condition=~Q(number="")
                | Q(agency=None, text_agency=None)
                | Q(agency__isnull=False, text_agency__isnull=False, text_agency=F("agency")),
                name="statement_draft_names_its_agency",
            ),
            models.CheckConstraint(
                condition=may_exceed() | Q(fixed_amount=None) | Q(fixed_amount__lte=FIXED_CAP),
                name="statement_fixed_cap",
            ),
            models.CheckConstraint(
                condition=may_exceed()
                | Q(royalty_rate=None)
                | (Q(fee_mode__in=SALES_MODES) & Q(royalty_rate__lte=SALES_CAP))
                | (Q(fee_mode__in=PROFIT_MODES) & Q(royalty_rate__lte=PROFIT_CAP)),
                name="statement_rate_cap",
            ),
            models.CheckConstraint(
                condition=may_exceed() | Q(explanation__length__lte=EXPLANATION_LIMIT),
                name="statement_explanation_brief",
            ),
            models.CheckConstraint(
                condition=Q(cap_override_reason="") | Q(examiner__isnull=False), name="statement_override_by_somebody"
            ),
            models.CheckConstraint(
                condition=(Q(fixed_amount=None) | Q(fixed_amount__gt=0))
                & (Q(royalty_rate=None) | Q(royalty_rate__gt=0))
                & (Q(unit_price=None) | Q(unit_price__gt=0)),
                name="statement_sums_positive",
            ),
            models.CheckConstraint(
                condition=Q(status__in=NEVER_COMPLETE) | complete_terms(), name="statement_fee_complete"
            ),
            models.CheckConstraint(
                condition=Q(status__in=NEVER_COMPLETE)
                | Q(term_mode=TermMode.UNTIL, term_until__isnull=False, term_months=None)
                | Q(term_mode=TermMode.MONTHS, term_months__gt=0, term_until=None),
                name="statement_term_complete",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(StatementStatus.DRAFT, StatementStatus.DISCARDED))
                | (~Q(number="") & Q(submitted_at__isnull=False) & Q(content_hash__regex=r"^[0-9a-f]{64}$")),
                name="statement_submitted_is_numbered",
            ),
            models.CheckConstraint(
                condition=Q(status__in=NEVER_COMPLETE)
                | (
                    ~Q(contact_name="")
                    & ~Q(contact_phone="", contact_email="", contact_address="")
                    & ~Q(explanation="")
                    & ~Q(signed_name="")
                    & Q(typed={})
                    & Q(
                        undertakes_no_exclusive=True,
                        undertakes_open_to_all=True,
                        undertakes_keep_in_force=True,
                        undertakes_export_rules=True,
                    )
                ),
                name="statement_content_complete",
            ),
            models.CheckConstraint(
                condition=Q(examiner=None) | Q(decided_by=None) | ~Q(examiner=F("decided_by")),
                name="statement_four_eyes",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(StatementStatus.EXAMINING, StatementStatus.CORRECTION, StatementStatus.PASSED))
                | Q(examiner__isnull=False),
                name="statement_examined_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=(StatementStatus.APPROVED, StatementStatus.REFUSED, *PUBLIC_STATUSES))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="statement_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=PUBLIC_STATUSES, effective_on__isnull=False, announced_in__isnull=False)
                    | (~Q(status__in=PUBLIC_STATUSES) & Q(effective_on=None, announced_in=None))
                ),
                name="statement_effective_iff_announced",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("effective_on")), name="statement_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(status=StatementStatus.CORRECTION)
                | Q(
                    correction_asked_on__isnull=False,
                    correction_due_on__isnull=False,
                    correction_due_on__gt=F("correction_asked_on"),
                ),
                name="statement_correction_has_term",
            ),
            models.CheckConstraint(
                condition=Q(correction_extended_months__lte=LONGEST_EXTENSION), name="statement_extension_not_too_long"
            ),
        ]
        triggers = [
            follows(STATEMENT),
            instalments_add_up(),
            begins_in("statement", StatementStatus.DRAFT),
            filed_by_patentee(),
            consented_by_all(),
            text_kept(),
            within_patent(),
            unbarred(),
            term_ahead(),
            through_its_agency(),
            agency_as_named(),
            in_chinese(),
            price_settled(),
            replaces_in_order(),
            succeeds_a_withdrawn_one(),
            examiner_is_no_colleague(),
            pgtrigger.Protect(
                name="statement_content_frozen",
                operation=pgtrigger.Update,
                condition=frozen_when_not(EDITABLE_STATUSES, CONTENT),
            ),
            pgtrigger.Protect(
                name="statement_extended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.status = 'correction' AND NEW.status = 'correction' AND ("
                    "  OLD.correction_asked_on IS DISTINCT FROM NEW.correction_asked_on"
                    "  OR OLD.correction_due_on IS DISTINCT FROM NEW.correction_due_on"
                    "     AND (OLD.correction_extended_months > 0 OR NEW.correction_extended_months = 0"
                    "          OR NEW.correction_due_on < OLD.correction_due_on)"
                    "  OR OLD.correction_extended_months > 0"
                    "     AND OLD.correction_extended_months <> NEW.correction_extended_months)"
                ),
            ),
            pgtrigger.Protect(
                name="statement_announcement_frozen",
                operation=pgtrigger.Update,
                condition=frozen_when(PUBLIC_STATUSES, ANNOUNCEMENT),
            ),
            pgtrigger.Protect(
                name="statement_kept",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__status__in=(StatementStatus.DRAFT, StatementStatus.DISCARDED)),
            ),
        ]

    @property
    def terms(self) -> FeeTerms:
        """The fee terms as typed values. Raises UnclearTerms while the columns do not state a fee."""
        return from_columns(
            fee_mode=self.fee_mode,
            fixed_amount=self.fixed_amount,
            royalty_rate=self.royalty_rate,
            unit_price=self.unit_price,
            unit_name=self.unit_name,
            instalments=self.instalments,
        )

    def __str__(self) -> str:
        return self.number or str(self.patent)
