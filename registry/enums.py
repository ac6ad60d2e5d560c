"""Choices of this app, one word a legal state."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PatentKind(TextChoices):
    """The three kinds of patent (LAW 2)."""

    INVENTION = "invention", _("Invention")
    UTILITY_MODEL = "utility_model", _("Utility model")
    DESIGN = "design", _("Design")


class RightStatus(TextChoices):
    """What has become of the patent right."""

    IN_FORCE = "in_force", _("In force")
    EXPIRED = "expired", _("Expired")
    LAPSED = "lapsed", _("Lapsed for unpaid annuity")
    SURRENDERED = "surrendered", _("Surrendered")
    INVALIDATED = "invalidated", _("Invalidated")


class AnnuityState(TextChoices):
    """Whether annuities are paid as prescribed."""

    PAID = "paid", _("Paid")
    LATE = "late", _("In the late payment period")
    UNKNOWN = "unknown", _("Not known to the register")


class EncumbranceKind(TextChoices):
    """The three kinds of license contract (O62)."""

    EXCLUSIVE = "exclusive", _("Exclusive license")
    SOLE = "sole", _("Sole license")
    ORDINARY = "ordinary", _("Ordinary license")


class SuspensionGround(TextChoices):
    """Why procedures are suspended (RULES 103, 104)."""

    OWNERSHIP = "ownership", _("Ownership dispute")
    PRESERVATION = "preservation", _("Court preservation")


class InvalidationScope(TextChoices):
    """How much of the right was invalidated; a partial invalidation is no bar."""

    WHOLE = "whole", _("Whole")
    PARTIAL = "partial", _("Partial")


class ReportConclusion(TextChoices):
    """What the patent evaluation report says about the conditions of grant."""

    POSITIVE = "positive", _("No defect found")
    NEGATIVE = "negative", _("Conditions of grant not met")
    PARTIAL = "partial", _("Negative for some claims")


class EventKind(TextChoices):
    """What an event of the register of patents says (RULES 106)."""

    GRANT_FOUND = "grant_found", _("Grant date found")
    TERM_COMPENSATION = "term_compensation", _("Term compensation")
    CHANGE_OF_NAME = "change_of_name", _("Change of name")
    MERGER = "merger", _("Merger")
    ASSIGNMENT = "assignment", _("Assignment")
    LICENSE = "license", _("License contract filed")
    LICENSE_END = "license_end", _("License contract ended")
    PLEDGE = "pledge", _("Pledge registered")
    PLEDGEE_CONSENT = "pledgee_consent", pgettext_lazy("register event", "Pledgee's consent")
    PLEDGE_RELEASE = "pledge_release", _("Pledge released")
    SUSPENSION = "suspension", _("Suspension of procedures")
    SUSPENSION_END = "suspension_end", _("End of a suspension")
    OBSTACLE = "obstacle", _("Other obstacle found")
    OBSTACLE_END = "obstacle_end", _("Other obstacle removed")
    EVALUATION_REPORT = "evaluation_report", _("Evaluation report issued")
    ANNUITY_LATE = "annuity_late", _("Annuity late")
    ANNUITY_PAID = "annuity_paid", _("Annuity paid")
    LAPSE = "lapse", _("Lapse for unpaid annuity")
    RESTORATION = "restoration", _("Restoration of the right")
    SURRENDER = "surrender", _("Surrender")
    EXPIRY = "expiry", _("Expiry")
    INVALIDATION = "invalidation", _("Invalidation")
    ANNULMENT = "annulment", _("Annulment of an event")


class AftermathKind(TextChoices):
    """What an annulled event had brought about and its annulment does not undo."""

    ENDED = "ended", _("The statement ended, and the bulletin announced it")
    REFUSED = "refused", _("The statement was refused")


# The source of what a person of the office enters; it alone annuls the events of other sources.
OFFICE = "office"


class CompensationGround(TextChoices):
    """Why a term was compensated (LAW 42(2), 42(3)); each ground compensates once."""

    GRANT_DELAY = "grant_delay", _("Delay of the grant")
    NEW_DRUG = "new_drug", _("Marketing approval of a new drug")


class FeeMode(TextChoices):
    """How the fee is paid (GL V-11 §3.3)."""

    LUMP_SUM = "lump_sum", _("Lump sum")
    INSTALMENTS = "instalments", _("Instalments")
    ROYALTY_SALES = "royalty_sales", _("Royalty on net sales")
    ROYALTY_PROFIT = "royalty_profit", _("Royalty on profit")
    ENTRY_ROYALTY_SALES = "entry_royalty_sales", _("Entry fee plus royalty on net sales")
    ENTRY_ROYALTY_PROFIT = "entry_royalty_profit", _("Entry fee plus royalty on profit")
    PER_UNIT = "per_unit", _("Amount per unit")
    FREE = "free", _("Free of charge")


class PricingMethod(TextChoices):
    """The five methods of estimating a fee (EST)."""

    OWN_INCOME = "own_income", _("Income of the patentee's own exploitation")
    PAST_FEES = "past_fees", _("Fees already charged for the patent")
    INDUSTRY = "industry", _("Statistics of the same industry")
    CUSTOMARY = "customary", _("International customary rates")
    VALUATION = "valuation", _("Valuation of the patent as an asset")


class PricingBasis(TextChoices):
    """What an estimate is for: a fixed sum, or the rate of a royalty (EST)."""

    FIXED = "fixed", _("A fixed fee")
    SALES = "sales", _("A royalty on net sales")
    PROFIT = "profit", _("A royalty on profit")


class TermMode(TextChoices):
    """How the license term is stated (law.md §1.4)."""

    UNTIL = "until", _("Until a date")
    MONTHS = "months", _("Months from each license's effective date")


class StatementStatus(TextChoices):
    """The life of an open license statement."""

    DRAFT = "draft", pgettext_lazy("statement", "Draft")
    DISCARDED = "discarded", pgettext_lazy("statement", "Discarded")
    SUBMITTED = "submitted", pgettext_lazy("statement", "Submitted")
    EXAMINING = "examining", pgettext_lazy("statement", "Under examination")
    CORRECTION = "correction", pgettext_lazy("statement", "Correction requested")
    PASSED = "passed", pgettext_lazy("statement", "Passed, awaiting approval")
    REFUSAL_PROPOSED = "refusal_proposed", pgettext_lazy("statement", "Refusal proposed, awaiting approval")
    APPROVED = "approved", pgettext_lazy("statement", "Approved, awaiting announcement")
    HELD = "held", pgettext_lazy("statement", "Held back at publication")
    ANNOUNCED = "announced", pgettext_lazy("statement", "Announced")
    REFUSED = "refused", pgettext_lazy("statement", "Refused")
    CANCELED = "canceled", pgettext_lazy("statement", "Canceled by the filer")
    LAPSED = "lapsed", pgettext_lazy("statement", "Deemed not submitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("statement", "Withdrawn")
    ENDED = "ended", pgettext_lazy("statement", "Ended by the office")
    REVOKED = "revoked", pgettext_lazy("statement", "Revoked by the office")
    EXPIRED = "expired", pgettext_lazy("statement", "Expired")


# Statuses in which the statement is or was public.
PUBLIC_STATUSES = (
    StatementStatus.ANNOUNCED,
    StatementStatus.WITHDRAWN,
    StatementStatus.ENDED,
    StatementStatus.REVOKED,
    StatementStatus.EXPIRED,
)
# Statuses in which the filer may still write.
EDITABLE_STATUSES = (StatementStatus.DRAFT, StatementStatus.CORRECTION)
# Statuses in which the office or the filer still works on the statement.
UNDER_EXAMINATION_STATUSES = (
    StatementStatus.SUBMITTED,
    StatementStatus.EXAMINING,
    StatementStatus.CORRECTION,
    StatementStatus.PASSED,
    StatementStatus.REFUSAL_PROPOSED,
    StatementStatus.APPROVED,
    StatementStatus.HELD,
)
# Statuses in which another statement on the same patent would be a duplicate, save the successor of one withdrawn.
PENDING_STATUSES = (*UNDER_EXAMINATION_STATUSES, StatementStatus.ANNOUNCED)


class EndingKind(TextChoices):
    """How an announced statement ends before its term (GL V-11 §4)."""

    WITHDRAWAL = "withdrawal", _("Withdrawal by the patentee")
    TERMINATION = "termination", _("End by the office")
    REVOCATION = "revocation", _("Revocation by the office")


class EndingStatus(TextChoices):
    """The life of an ending, from request to announcement."""

    PREPARED = "prepared", pgettext_lazy("ending", "Waiting for the patentees' consent")
    REQUESTED = "requested", pgettext_lazy("ending", "Requested")
    PASSED = "passed", pgettext_lazy("ending", "Passed, awaiting approval")
    APPROVED = "approved", pgettext_lazy("ending", "Approved, awaiting announcement")
    ANNOUNCED = "announced", pgettext_lazy("ending", "Announced")
    REFUSED = "refused", pgettext_lazy("ending", "Refused")
    CANCELED = "canceled", pgettext_lazy("ending", "Canceled by the patentee")


# Statuses in which an ending is before the office.
UNDER_WAY_STATUSES = (EndingStatus.REQUESTED, EndingStatus.PASSED, EndingStatus.APPROVED)


class DutyOutcome(TextChoices):
    """How a duty to withdraw ended (GL V-11 §2(2), §4)."""

    REMOVED = "removed", _("The ground fell away")
    ENDED = "ended", _("The statement ended")


class EntryKind(TextChoices):
    """What a bulletin entry announces (GL V-11 §5, V-8 §1.3.2)."""

    STATEMENT = "statement", _("Open license statement")
    WITHDRAWAL = "withdrawal", _("Withdrawal of a statement")
    TERMINATION = "termination", _("End of a statement")
    REVOCATION = "revocation", _("Revocation of a statement")
    FILING = "filing", _("Filing of a license")
    FILING_CHANGE = "filing_change", _("Change of a filing")
    FILING_CANCELLATION = "filing_cancellation", _("Cancellation of a filing")
    RECTIFICATION = "rectification", _("Rectification")


class RectificationStatus(TextChoices):
    """The life of a rectification, from proposal to decision (GL V-8 §1.3.2.17)."""

    PROPOSED = "proposed", pgettext_lazy("rectification", "Proposed, awaiting approval")
    APPROVED = "approved", pgettext_lazy("rectification", "Approved for announcement")
    DECLINED = "declined", pgettext_lazy("rectification", "Declined")


class OfficePaperKind(TextChoices):
    """What the office tells a party on paper (GL V-1 §4, V-6 §1.2, V-11 §3.4, §4)."""

    ACCEPTANCE = "acceptance", _("Statement accepted for examination")
    CORRECTION = "correction", _("Correction requested by the office")
    EXTENSION = "extension", _("Extension of the correction period granted")
    APPROVAL = "approval", _("Statement to be announced")
    ANNOUNCEMENT = "announcement", _("Statement announced in the bulletin")
    REFUSAL = "refusal", _("Statement not to be announced")
    NOT_SUBMITTED = "not_submitted", _("Statement deemed not submitted")
    WITHDRAWAL_APPROVED = "withdrawal_approved", _("Withdrawal granted")
    WITHDRAWAL_REFUSED = "withdrawal_refused", _("Withdrawal not granted")
    TERMINATION = "termination", _("End of the statement by the office")
    REVOCATION = "revocation", _("Revocation of the statement by the office")

    @property
    def code(self) -> str:
        """The two letters with which the numbers of this kind begin."""
        return _PAPER_CODES[self.value]


_PAPER_CODES = {
    "acceptance": "SL",
    "correction": "BZ",
    "extension": "YQ",
    "approval": "ZG",
    "announcement": "GG",
    "refusal": "BG",
    "not_submitted": "WT",
    "withdrawal_approved": "CH",
    "withdrawal_refused": "BC",
    "termination": "ZZ",
    "revocation": "CX",
}


class ConsentMethod(TextChoices):
    """How a co-owner's consent was given (GL V-11 §3.2)."""

    ONLINE = "online", _("Given online")
    DOCUMENT = "document", _("Signed document")
    AGREEMENT = "agreement", _("Agreement of the co-owners")


class PaperKind(TextChoices):
    """What a paper filed with a statement or its withdrawal is (GL V-11 §3.2, §3.3, §4; FAQ3)."""

    EVALUATION_REPORT = "evaluation_report", _("Patent evaluation report")
    POWER_OF_ATTORNEY = "power_of_attorney", _("Power of attorney")
    PLEDGEE_CONSENT = "pledgee_consent", _("Pledgee's consent")
    OTHER = "other", _("Other paper")
    WITHDRAWAL_CONSENT = "withdrawal_consent", _("Consent of all patentees to the withdrawal")
    WITHDRAWAL_PROOF = "withdrawal_proof", _("Proof of the ground of withdrawal")


# Papers that belong to an ending, not to the statement itself.
ENDING_PAPERS = (PaperKind.WITHDRAWAL_CONSENT, PaperKind.WITHDRAWAL_PROOF)


class BatchStatus(TextChoices):
    """The life of a batch of statements that came as a spreadsheet."""

    CHECKING = "checking", pgettext_lazy("batch", "Being checked")
    CHECKED = "checked", pgettext_lazy("batch", "Checked")
    UNREADABLE = "unreadable", pgettext_lazy("batch", "Unreadable")
    REPLACED = "replaced", pgettext_lazy("batch", "Replaced by a corrected version")
    DISCARDED = "discarded", pgettext_lazy("batch", "Discarded")
    SUBMITTING = "submitting", pgettext_lazy("batch", "Being submitted")
    SUBMITTED = "submitted", pgettext_lazy("batch", "Submitted")


class BatchMode(TextChoices):
    """Which rows of a batch are submitted."""

    GOOD = "good", _("Submit the good rows and leave the others")
    ALL = "all", _("Submit all rows or none")


class RowOutcome(TextChoices):
    """What the check or the submission of a batch found of a row."""

    UNCHECKED = "unchecked", pgettext_lazy("row", "Not checked yet")
    GOOD = "good", pgettext_lazy("row", "Good")
    CONSENTS = "consents", pgettext_lazy("row", "Good, consents still missing")
    DEFECTIVE = "defective", pgettext_lazy("row", "With defects")
    BARRED = "barred", pgettext_lazy("row", "Barred by law")
    SUBMITTED = "submitted", pgettext_lazy("row", "Submitted")
    DRAFTED = "drafted", pgettext_lazy("row", "Draft, waiting for consents")
    BEFORE = "before", pgettext_lazy("row", "Submitted before")


# Rows that a submission takes, and rows that stand for a statement.
FIT_OUTCOMES = (RowOutcome.GOOD, RowOutcome.CONSENTS)
UNFIT_OUTCOMES = (RowOutcome.DEFECTIVE, RowOutcome.BARRED)
DONE_OUTCOMES = (RowOutcome.SUBMITTED, RowOutcome.DRAFTED, RowOutcome.BEFORE)
