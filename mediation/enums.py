"""Choices of this app, one word a legal state."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseStatus(TextChoices):
    """The life of a mediation case (M590)."""

    DRAFT = "draft", pgettext_lazy("case", "Draft request")
    DISCARDED = "discarded", pgettext_lazy("case", "Draft discarded")
    REQUESTED = "requested", pgettext_lazy("case", "Requested, admission not decided")
    NOT_ADMITTED = "not_admitted", pgettext_lazy("case", "Not admitted")
    ASKED = "asked", pgettext_lazy("case", "Admitted, respondent asked")
    IN_MEDIATION = "in_mediation", pgettext_lazy("case", "In mediation")
    AGREED = "agreed", pgettext_lazy("case", "Closed with an agreement")
    FAILED = "failed", pgettext_lazy("case", "Closed without an agreement")
    REFUSED = "refused", pgettext_lazy("case", "Closed: a party refuses mediation")
    WITHDRAWN = "withdrawn", pgettext_lazy("case", "Withdrawn by the applicant")
    PREEMPTED = "preempted", pgettext_lazy("case", "Closed for court or arbitration")
    TIMED_OUT = "timed_out", pgettext_lazy("case", "Closed: time ran out")

    @property
    def tone(self) -> str:
        """The color family of its tag."""
        tones = {"agreed": "success", "asked": "info", "in_mediation": "info", "requested": "warning"}
        return tones.get(self.value, "neutral")


# Statuses in which somebody still has to act in the case.
OPEN_STATUSES = (CaseStatus.REQUESTED, CaseStatus.ASKED, CaseStatus.IN_MEDIATION)
# Statuses before the request reached the office: nobody but the applicant knows of the case.
UNSENT_STATUSES = (CaseStatus.DRAFT, CaseStatus.DISCARDED)
# Statuses that the respondent never hears of.
UNSERVED_STATUSES = (*UNSENT_STATUSES, CaseStatus.REQUESTED, CaseStatus.NOT_ADMITTED)
# Statuses that end a case after it was requested.
CLOSED_STATUSES = (
    CaseStatus.NOT_ADMITTED,
    CaseStatus.AGREED,
    CaseStatus.FAILED,
    CaseStatus.REFUSED,
    CaseStatus.WITHDRAWN,
    CaseStatus.PREEMPTED,
    CaseStatus.TIMED_OUT,
)


class Subject(TextChoices):
    """What the dispute is about (M590 Art. 4; LAW 52)."""

    FEE_STANDARD = "fee_standard", _("Fee standard")
    FEE_MODE = "fee_mode", _("Fee mode")
    TERM = "term", _("License term")
    PAYMENT = "payment", _("Payment of the fee")
    OTHER = "other", _("Another matter of carrying out the open license")


class Proceedings(TextChoices):
    """Whether the same dispute is or was before a court or an arbitral body (M590 Art. 8)."""

    NONE = "none", _("None")
    SUIT = "suit", _("A suit has been filed and accepted by a court")
    ARBITRATION = "arbitration", _("Arbitration has been applied for")
    RULED = "ruled", _("A court or an arbitral body has already ruled")


class DeclineGround(TextChoices):
    """Why a request is not admitted (M590 Art. 8)."""

    REFUSED_BY_PARTY = "refused_by_party", _("The other side refuses mediation")
    SUIT = "suit", _("A suit has been filed and accepted")
    ARBITRATION = "arbitration", _("Arbitration has been applied for")
    RULED = "ruled", _("A court or an arbitral body has already ruled")
    OTHER = "other", _("Another ground")


class ClosingGround(TextChoices):
    """Why a case ended. Which grounds go with which status is stated in ``mediation.rules.closing``."""

    AGREEMENT = "agreement", _("The parties reached an agreement")
    WITHDRAWAL = "withdrawal", _("The applicant withdrew the request")
    REFUSAL = "refusal", _("A party refuses mediation")
    SILENCE = "silence", _("The respondent did not answer in time, which counts as refusal")
    NO_PROSPECT = "no_prospect", _("There is no prospect of an agreement")
    ABSENCE = "absence", _("A party stayed away without good reason")
    SUIT = "suit", _("A suit was filed and accepted")
    ARBITRATION = "arbitration", _("Arbitration was applied for")
    TIME = "time", _("The time of the mediation ran out")
    NOT_ADMITTED = "not_admitted", _("The request was not admitted")


class Side(TextChoices):
    """Whose a paper, an answer or a signature is."""

    APPLICANT = "applicant", _("Applicant")
    RESPONDENT = "respondent", _("Respondent")
    MEDIATOR = "mediator", _("Mediator")

    @property
    def other(self) -> "Side":
        """The opposite party. Raises KeyError for the mediator, who has none."""
        return {"applicant": Side.RESPONDENT, "respondent": Side.APPLICANT}[self.value]


PARTIES = (Side.APPLICANT, Side.RESPONDENT)


class Audience(TextChoices):
    """Who may read a paper or the minutes of a session. The mediators of the case may read all of them."""

    JOINT = "joint", _("Both sides and the mediators")
    APPLICANT = "applicant", _("In confidence: the applicant and the mediators only")
    RESPONDENT = "respondent", _("In confidence: the respondent and the mediators only")
    MEDIATORS = "mediators", _("In confidence: the mediators only")

    @property
    def confidential(self) -> bool:
        """Whether at least one side must never see it."""
        return self is not Audience.JOINT


class PaperKind(TextChoices):
    """What a paper shows."""

    IDENTITY = "identity", _("Proof of identity")
    POWER = "power", _("Power of attorney")
    CONTRACT = "contract", _("Notice, license or contract")
    PAYMENT = "payment", _("Proof of payment")
    ACCOUNTS = "accounts", _("Accounts of sales or royalties")
    LETTERS = "letters", _("Correspondence")
    REPORT = "report", _("Report or valuation")
    POSITION = "position", _("Position or offer")
    OTHER = "other", _("Other evidence")


class SessionMode(TextChoices):
    """How a session is held."""

    ONLINE = "online", _("Online")
    OFFLINE = "offline", _("In person")
    WRITTEN = "written", _("In writing")


class RecusalGround(TextChoices):
    """Why a mediator steps down (office practice on the pattern of the law of procedure)."""

    PARTY = "party", _("Is a party, or acts for one")
    RELATIVE = "relative", _("Is a near relative of a party or its agent")
    INTEREST = "interest", _("Has an interest in the case")
    RELATION = "relation", _("Has another relation that may affect impartiality")
    UNABLE = "unable", _("Cannot go on for other reasons")
