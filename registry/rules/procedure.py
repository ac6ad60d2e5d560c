"""How the filer's acts are done: consent, correction in time, withdrawal with its papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.day_words import lazy_day_in_words
from core.legal import FAQ3, GL, LAW, PRACTICE
from core.rules import Finding, RuleBook, Severity
from registry.rules.periods import is_over


@dataclass(frozen=True, slots=True)
class ConsentActFacts:
    """The text that was read and the text that stands now, by their hashes."""

    read_hash: str
    present_hash: str
    already_given: bool


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """The day of the correction and its last day."""

    on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class WithdrawalFacts:
    """What a request for withdrawal says and brings."""

    grounds: str = ""
    unconditional: bool = False
    has_consent_paper: bool = False
    not_here: tuple[str, ...] = ()  # patentees whose consent is needed and who do not sign in here
    ending_open: bool = False


CONSENT: RuleBook[ConsentActFacts] = RuleBook("consent", _("Consent of a co-owner"))
CORRECTION: RuleBook[CorrectionFacts] = RuleBook("correction", _("Correction of a statement"))
WITHDRAWAL: RuleBook[WithdrawalFacts] = RuleBook("withdrawal", _("Withdrawal of a statement"))


@CONSENT.rule("P1", LAW(14), GL("V-11 §3.2"), title=_("Text changed"), severity=Severity.DEFECT)
def text_changed(facts: ConsentActFacts) -> Iterator[Finding]:
    """A consent is given to exactly the text that was read; a text that changed meanwhile has to be read again."""
    if facts.read_hash != facts.present_hash:
        yield Finding(
            _("The statement was changed while you read it."), _("Read the text as it stands now, then consent again.")
        )


@CONSENT.rule("P2", LAW(14), GL("V-11 §3.2"), title=_("Consent already given"), severity=Severity.DEFECT)
def consent_already_given(facts: ConsentActFacts) -> Iterator[Finding]:
    """One consent of each patentee to a text is enough."""
    if facts.already_given:
        yield Finding(_("Consent to this text was already given."), _("Nothing more is needed."))


@CORRECTION.rule(
    "P3", GL("V-1 §4"), PRACTICE("correction period"), title=_("Correction too late"), severity=Severity.BAR
)
def correction_too_late(facts: CorrectionFacts) -> Iterator[Finding]:
    """A correction is sent within the period that the office set; otherwise the statement counts as not submitted."""
    if facts.due_on is not None and is_over(facts.due_on, on=facts.on):
        yield Finding(
            format_lazy(_("The period for correction ended on {due}."), due=lazy_day_in_words(facts.due_on)),
            _("Cancel this statement, then file a new one; otherwise it counts as not submitted."),
        )


@WITHDRAWAL.rule("P4", LAW(50, 2), GL("V-11 §4"), title=_("Ground missing"), severity=Severity.DEFECT)
def ground_missing(facts: WithdrawalFacts) -> Iterator[Finding]:
    """A withdrawal is requested in writing on a ground of RULES 86 or for another legitimate reason."""
    if not facts.grounds:
        yield Finding(_("The ground of the withdrawal is missing."), _("Say why you withdraw."), "grounds")


@WITHDRAWAL.rule("P5", GL("V-11 §4"), title=_("Conditions attached"), severity=Severity.DEFECT)
def conditions_attached(facts: WithdrawalFacts) -> Iterator[Finding]:
    """No condition may be attached to a withdrawal."""
    if not facts.unconditional:
        yield Finding(
            _("It is not confirmed that the withdrawal is without conditions."),
            _("Tick the confirmation."),
            "unconditional",
        )


@WITHDRAWAL.rule("P6", GL("V-11 §4"), FAQ3("Q25"), title=_("Consent of all patentees"), severity=Severity.DEFECT)
def withdrawal_consent_missing(facts: WithdrawalFacts) -> Iterator[Finding]:
    """All co-owners consent to the withdrawal in writing, on paper or each here; through an agency every patentee does.
    Whoever does not sign in here consents on paper. After an assignment by its filer the statement is the former
    patentees' to withdraw: who holds the patent only since then is not asked (GL V-11 §9)."""
    if not facts.has_consent_paper:
        for name in facts.not_here:
            yield Finding(
                format_lazy(_("The written consent of {owner} to the withdrawal is missing."), owner=name),
                _("Upload the consent, signed by every patentee."),
                "consent_file",
            )


@WITHDRAWAL.rule("P7", GL("V-11 §4"), title=_("Ending already under way"), severity=Severity.DEFECT)
def ending_under_way(facts: WithdrawalFacts) -> Iterator[Finding]:
    """A statement ends once: a second request has to wait for the outcome of the first."""
    if facts.ending_open:
        yield Finding(_("A withdrawal or an end of this statement is already under way."), _("Wait for its outcome."))
