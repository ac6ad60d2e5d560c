"""What a request for mediation needs (M590 4-6) and when it is not admitted (M590 8). Pure.

The applicant is told before sending: every finding below stands on the page "check your answers". Whether a ground of
Article 8 really holds is decided by a mediator, who names one of :data:`DECLINE_GROUNDS`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal import LAW, M590, PRACTICE, Citation
from core.rules import Finding, RuleBook, Severity
from mediation.enums import DeclineGround, Proceedings

MEDIATION_SINCE = date(2024, 7, 2)

# Article 8 lists the grounds without numbers in any text at hand; each is cited by its article.
DECLINE_GROUNDS: dict[DeclineGround, Citation] = {ground: M590(8) for ground in DeclineGround}


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What the register and the draft say about a request on the day it would be sent."""

    was_announced: bool
    applicant_concerned: bool
    respondent_concerned: bool
    parties_differ: bool
    applicant_verified: bool
    subject: str
    claim: str
    facts: str
    proceedings: str
    papers: int
    other_open_case: bool


REQUEST: RuleBook[RequestFacts] = RuleBook("mediation-request", _("Request for mediation"))


@REQUEST.rule("M1", LAW(52), M590(2), title=_("An open license is in dispute"), since=MEDIATION_SINCE)
def open_license(facts: RequestFacts) -> Iterable[Finding]:
    """The office mediates disputes over carrying out an open license, so there must be an announced statement."""
    if not facts.was_announced:
        yield Finding(
            _("The statement was never announced, so there is no open license to dispute about."),
            _("Choose a license or a statement that has been announced."),
        )


@REQUEST.rule("M2", M590(4), title=_("The applicant is a party to the dispute"), since=MEDIATION_SINCE)
def applicant_is_concerned(facts: RequestFacts) -> Iterable[Finding]:
    """A party to the dispute applies: the patentee, or whoever gave notice or holds a license."""
    if not facts.applicant_concerned:
        yield Finding(
            _("Only the patentee and those who gave notice of or hold a license under the statement may apply."),
            _("Choose a license of your own."),
        )


@REQUEST.rule("M3", M590(5), title=_("A definite respondent"), since=MEDIATION_SINCE)
def respondent_is_definite(facts: RequestFacts) -> Iterable[Finding]:
    """The request names the other side, which is the other party to the same license or notice."""
    if not facts.parties_differ or not facts.respondent_concerned:
        yield Finding(
            _("The respondent must be the other party to the license or notice."),
            _("Begin the request from the license that is in dispute."),
        )


@REQUEST.rule("M4", M590(5), title=_("A definite claim and facts"), severity=Severity.DEFECT, since=MEDIATION_SINCE)
def claim_and_facts(facts: RequestFacts) -> Iterable[Finding]:
    """The request states what is claimed, and the facts and reasons."""
    if not facts.subject:
        yield Finding(_("Say what the dispute is about."), _("Choose the subject."), "subject")
    if not facts.claim.strip():
        yield Finding(_("Say what you ask for."), _("State your claim, with sums and dates."), "claim")
    if not facts.facts.strip():
        yield Finding(_("Say what happened."), _("State the facts and reasons, in the order of time."), "facts")


@REQUEST.rule(
    "M5",
    M590(6),
    title=_("The applicant's identity is proved"),
    severity=Severity.DEFECT,
    since=MEDIATION_SINCE,
)
def identity_is_proved(facts: RequestFacts) -> Iterable[Finding]:
    """The applicant proves who it is; the registry's own identity check serves as the proof."""
    if not facts.applicant_verified:
        yield Finding(
            _("The identity of the applicant is not verified yet."),
            _("Have the organisation verified, then send the request."),
        )


@REQUEST.rule("M6", M590(6), title=_("Evidence"), severity=Severity.WARNING, since=MEDIATION_SINCE)
def evidence_is_there(facts: RequestFacts) -> Iterable[Finding]:
    """Evidence goes with the request; it may follow later while the case is open."""
    if facts.papers == 0:
        yield Finding(_("No paper goes with the request."), _("Add what shows the facts, now or later."), "papers")


@REQUEST.rule("M7", M590(8), title=_("Other proceedings are declared"), severity=Severity.DEFECT, since=MEDIATION_SINCE)
def proceedings_are_declared(facts: RequestFacts) -> Iterable[Finding]:
    """The office must know whether one of the grounds of refusal holds."""
    if not facts.proceedings:
        yield Finding(
            _("Say whether the dispute is before a court or an arbitral body."),
            _("Answer the question on other proceedings."),
            "declared_proceedings",
        )


@REQUEST.rule("M8", M590(8), title=_("No suit has been accepted"), since=MEDIATION_SINCE)
def no_suit(facts: RequestFacts) -> Iterable[Finding]:
    """A request is not admitted when a party has sued and the court has accepted the suit."""
    if facts.proceedings == Proceedings.SUIT:
        yield Finding(
            _("A court has accepted a suit on this dispute, so the office cannot mediate."),
            _("Ask the court for mediation, or request it here after the suit has been withdrawn."),
            "declared_proceedings",
        )


@REQUEST.rule("M9", M590(8), title=_("No arbitration has been applied for"), since=MEDIATION_SINCE)
def no_arbitration(facts: RequestFacts) -> Iterable[Finding]:
    """A request is not admitted when arbitration has been applied for."""
    if facts.proceedings == Proceedings.ARBITRATION:
        yield Finding(
            _("Arbitration has been applied for, so the office cannot mediate."),
            _("Ask the arbitral body for mediation, or request it here after the application has been withdrawn."),
            "declared_proceedings",
        )


@REQUEST.rule("M10", M590(8), title=_("Nothing has been ruled yet"), since=MEDIATION_SINCE)
def nothing_ruled(facts: RequestFacts) -> Iterable[Finding]:
    """A request is not admitted when a court or an arbitral body has already ruled on the dispute."""
    if facts.proceedings == Proceedings.RULED:
        yield Finding(
            _("A court or an arbitral body has already ruled on this dispute, so the office cannot mediate."),
            _("The ruling can be enforced or appealed against; it cannot be mediated here."),
            "declared_proceedings",
        )


@REQUEST.rule(
    "M11", PRACTICE("one open case between the same parties"), title=_("One open case"), since=MEDIATION_SINCE
)
def one_open_case(facts: RequestFacts) -> Iterable[Finding]:
    """While a case about the same license is open between the same parties, no second one is opened."""
    if facts.other_open_case:
        yield Finding(
            _("A case about this license is already open between the same parties."),
            _("Bring the matter forward in that case."),
        )
