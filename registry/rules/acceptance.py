"""Whether an announced statement can be accepted: it is in effect, and its term is not over. The bars come on top."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, PRACTICE, RULES
from core.rules import Finding, RuleBook
from registry.enums import StatementStatus
from registry.facts import AcceptanceFacts

ACCEPTANCE: RuleBook[AcceptanceFacts] = RuleBook("acceptance", _("Acceptance of a statement"))


@ACCEPTANCE.rule("A1", LAW(50), LAW(51, 1), GL("V-11 §3.5"), title=_("Statement not in effect"))
def not_in_effect(facts: AcceptanceFacts) -> Iterator[Finding]:
    """A statement takes effect on the day of its announcement and can be accepted from that day on."""
    if facts.effective_on is None or facts.on < facts.effective_on:
        yield Finding(_("The statement is not in effect yet."), _("Accept it from the day of its announcement."))


@ACCEPTANCE.rule(
    "A2", LAW(50, 2), GL("V-11 §4"), PRACTICE("acceptance on the day of withdrawal"), title=_("Statement ended")
)
def ended(facts: AcceptanceFacts) -> Iterator[Finding]:
    """A withdrawal takes effect on the day of its announcement; on that day nothing can be accepted any more."""
    announced_before = facts.effective_on is not None and facts.status is not StatementStatus.ANNOUNCED
    if announced_before or (facts.ended_on is not None and facts.on >= facts.ended_on):
        yield Finding(
            _("The statement has ended. Licenses obtained before stay valid."), _("Ask the patentee for a license.")
        )


@ACCEPTANCE.rule("A3", RULES(85, 2), title=_("License term over"))
def term_over(facts: AcceptanceFacts) -> Iterator[Finding]:
    """A license cannot begin after the last day of the term that the statement announces."""
    if facts.term_until is not None and facts.on > facts.term_until:
        yield Finding(_("The announced license term is over."), _("Ask the patentee for a license."))


@ACCEPTANCE.rule("A4", LAW(50, 1), GL("V-11 §9"), title=_("Patentee has changed"))
def patentee_changed(facts: AcceptanceFacts) -> Iterator[Finding]:
    """A statement is its patentees' own. After an assignment or another change of patentee it is withdrawn, and declared
    anew if the new patentee wants to go on; a pure change of name changes nobody."""
    if facts.holders_changed:
        yield Finding(
            _("The patent has another patentee than when the statement was declared."),
            _("The former patentee withdraws the statement; the new one may file its own."),
        )
