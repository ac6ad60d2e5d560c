"""How a mediation is conducted: the rules that acts inside a case obey. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal import M590, PRACTICE
from core.rules import Finding, RuleBook, Severity, Violation
from mediation.enums import Audience, CaseStatus, ClosingGround, Side
from mediation.rules.admission import MEDIATION_SINCE
from mediation.rules.clocks import is_over

# The grounds a mediator may give, by the event of the lifecycle they close the case with.
CLOSING_GROUNDS: dict[str, tuple[ClosingGround, ...]] = {
    "fail": (ClosingGround.NO_PROSPECT, ClosingGround.ABSENCE),
    "preempt": (ClosingGround.SUIT, ClosingGround.ARBITRATION),
}

_READERS: dict[Side, frozenset[Audience]] = {
    Side.APPLICANT: frozenset({Audience.JOINT, Audience.APPLICANT}),
    Side.RESPONDENT: frozenset({Audience.JOINT, Audience.RESPONDENT}),
    Side.MEDIATOR: frozenset(Audience),
}


def closing_event(ground: str) -> str:
    """Return the lifecycle event that closes a case on this ground of a mediator.

    Raises:
        LookupError: a mediator does not close a case on that ground.
    """
    for event, grounds in CLOSING_GROUNDS.items():
        if ground in grounds:
            return event
    raise LookupError(f"a mediator does not close a case on the ground {ground!r}")


def may_address(side: Side, audience: Audience) -> bool:
    """Whether a side may hand in a paper for these readers: never one that only the other side would see."""
    return audience in _READERS[side]


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What an act inside a case depends on. Fields that an act does not use stay at their defaults."""

    status: str
    extended: bool = False
    applicant_consents: bool = False
    respondent_consents: bool = False
    signed_already: bool = False
    text_changed: bool = False
    performance_on: date | None = None
    due_on: date | None = None
    today: date | None = None


EXTENSION: RuleBook[ActFacts] = RuleBook("mediation-extension", _("Extension of a mediation"))
ANSWER: RuleBook[ActFacts] = RuleBook("mediation-answer", _("Answer of the respondent"))
SIGNING: RuleBook[ActFacts] = RuleBook("mediation-signing", _("Signing of an agreement"))
PROPOSAL: RuleBook[ActFacts] = RuleBook("mediation-proposal", _("Proposal of an agreement"))
MATERIAL: RuleBook[ActFacts] = RuleBook("mediation-material", _("Papers and sessions"))


@EXTENSION.rule("E1", M590(18), PRACTICE("extensions of a mediation"), title=_("One extension"), since=MEDIATION_SINCE)
def only_once(facts: ActFacts) -> Iterable[Finding]:
    """A mediation normally ends within thirty days; the office extends it once."""
    if facts.extended:
        yield Finding(
            _("The mediation has been extended already."), _("Close the case, or reach an agreement in time.")
        )


@EXTENSION.rule("E2", M590(3), title=_("Consent of both sides"), since=MEDIATION_SINCE)
def both_consent(facts: ActFacts) -> Iterable[Finding]:
    """Mediation is voluntary: it goes on beyond its time only with the consent of both sides."""
    if not (facts.applicant_consents and facts.respondent_consents):
        yield Finding(
            _("Both sides must have consented to the extension."),
            _("Ask the side that has not consented yet; it can do so on its case page."),
        )


@EXTENSION.rule("E3", M590(18), title=_("In time"), since=MEDIATION_SINCE)
def not_over_yet(facts: ActFacts) -> Iterable[Finding]:
    """What has run out is not extended."""
    if facts.due_on and facts.today and is_over(facts.due_on, on=facts.today):
        yield Finding(_("The time of the mediation has run out."), _("A new request may be made."))


@ANSWER.rule("N1", PRACTICE("reply of the respondent"), title=_("Answer in time"), since=MEDIATION_SINCE)
def answers_in_time(facts: ActFacts) -> Iterable[Finding]:
    """Silence until the last day counts as refusal, whenever the case is closed for it."""
    if facts.due_on and facts.today and is_over(facts.due_on, on=facts.today):
        yield Finding(
            _("The time to answer has run out; silence counts as refusal."),
            _("If you want to be mediated, make a request of your own."),
        )


@SIGNING.rule("A1", PRACTICE("signing of an agreement"), title=_("One signature a side"), since=MEDIATION_SINCE)
def signs_once(facts: ActFacts) -> Iterable[Finding]:
    """Each side signs an agreement once."""
    if facts.signed_already:
        yield Finding(_("Your side has signed this agreement already."), _("Wait for the other side's signature."))


@SIGNING.rule("A2", M590(3), title=_("The text that was read"), since=MEDIATION_SINCE)
def signs_what_it_read(facts: ActFacts) -> Iterable[Finding]:
    """Nobody is bound by words they did not see: a signature stands under the text as it was shown."""
    if facts.text_changed:
        yield Finding(
            _("The mediators have proposed another text since you opened this page."),
            _("Read the new text, then sign it if you agree."),
        )


@PROPOSAL.rule(
    "A3",
    PRACTICE("content of an agreement"),
    title=_("A day of performance"),
    severity=Severity.DEFECT,
    since=MEDIATION_SINCE,
)
def performance_lies_ahead(facts: ActFacts) -> Iterable[Finding]:
    """An agreement names the day by which it is performed, which cannot be past when it is proposed."""
    if facts.performance_on and facts.today and facts.performance_on < facts.today:
        yield Finding(_("The day of performance is past."), _("Choose today or a later day."), "performance_on")


@MATERIAL.rule("P1", PRACTICE("papers of a case"), title=_("The case is open"), since=MEDIATION_SINCE)
def case_is_open(facts: ActFacts) -> Iterable[Finding]:
    """Papers are handed in, and sessions held, while the case is open."""
    if facts.status not in (
        CaseStatus.DRAFT,
        CaseStatus.REQUESTED,
        CaseStatus.ASKED,
        CaseStatus.IN_MEDIATION,
    ):
        yield Finding(_("The case is closed and takes nothing more."), _("Begin a new request if the dispute goes on."))


def audience_violation(side: Side, audience: Audience) -> list[Violation]:
    """Return what is wrong with handing in a paper for these readers: a paper has its own side among them."""
    if may_address(side, audience):
        return []
    return [
        Violation(
            "P2",
            _("Readers of a paper"),
            Severity.DEFECT,
            (M590(3),),
            _("A side hands in papers for both sides, or in confidence for itself and the mediators."),
            _("Choose who may read the paper."),
            "audience",
        )
    ]
