"""What bars open licensing whatever the papers say: the nine grounds of RULES 86 and GL V-11 §3.1."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, RULES
from core.rules import Finding, RuleBook
from registry.enums import AnnuityState, EncumbranceKind, ReportConclusion, RightStatus
from registry.facts import PatentFacts

BARS: RuleBook[PatentFacts] = RuleBook("bars", _("Grounds that bar open licensing"))

_ENDED = {
    RightStatus.EXPIRED: _("The patent has expired."),
    RightStatus.LAPSED: _("The patent right has ended because an annuity was not paid."),
    RightStatus.SURRENDERED: _("The patentee has surrendered the patent."),
}


@BARS.rule("G1", LAW(51, 3), RULES(86, 1, 1), GL("V-11 §3.1", 1), title=_("Exclusive or sole license in force"))
def exclusive_or_sole_license(facts: PatentFacts) -> Iterator[Finding]:
    """A patent under an exclusive or sole license in force cannot be open licensed; an ordinary license is no bar."""
    for contract in facts.licenses:
        if contract.kind is not EncumbranceKind.ORDINARY and contract.period.holds(facts.on):
            yield Finding(
                format_lazy(_("An exclusive or sole license to {licensee} is in force."), licensee=contract.licensee),
                _("End that contract and have the register changed, then file again."),
            )


@BARS.rule("G2", RULES(86, 1, 2), RULES(103), RULES(104), GL("V-11 §3.1", 2), title=_("Procedures suspended"))
def procedures_suspended(facts: PatentFacts) -> Iterator[Finding]:
    """While procedures are suspended for an ownership dispute or a court's preservation order, nothing is announced."""
    for suspension in facts.suspensions:
        if suspension.period.holds(facts.on):
            yield Finding(
                format_lazy(_("Procedures are suspended: {ground}."), ground=suspension.ground.label),
                _("Wait until the suspension ends, then file again."),
            )


@BARS.rule("G3", RULES(86, 1, 3), GL("V-11 §3.1", 3), title=_("Annuity not paid as prescribed"))
def annuity_unpaid(facts: PatentFacts) -> Iterator[Finding]:
    """An annuity that is not paid as prescribed bars open licensing; so does the late payment period."""
    if facts.annuity_state is AnnuityState.LATE:
        yield Finding(
            _("An annuity of this patent is overdue."),
            _("Pay the annuity with its surcharge; the bar falls when the register shows the payment."),
        )


@BARS.rule("G4", RULES(86, 1, 4), GL("V-11 §3.1", 4), GL("V-11 §9"), title=_("Pledge without the pledgee's consent"))
def pledge_without_consent(facts: PatentFacts) -> Iterator[Finding]:
    """A pledged patent cannot be open licensed unless the pledgee has consented. Who consented to a text on the statement's
    page has not consented to another."""
    for pledge in facts.pledges:
        consented = pledge.consented_on is not None and pledge.consented_on <= facts.on
        if pledge.period.holds(facts.on) and (not consented or pledge.other_text):
            message, remedy = (
                (
                    _("The patent is pledged to {pledgee}, who has consented to another text alone."),
                    _("Ask the pledgee for its consent to this text."),
                )
                if pledge.other_text
                else (
                    _("The patent is pledged to {pledgee}, who has not consented."),
                    _("Ask the pledgee for its consent, or have its written consent entered in the register."),
                )
            )
            yield Finding(format_lazy(message, pledgee=pledge.pledgee), remedy, "pledgees")


@BARS.rule("G5", RULES(86, 1, 5), GL("V-11 §3.1", 5), GL("V-9 §4.1"), title=_("Patent right ended"))
def right_ended(facts: PatentFacts) -> Iterator[Finding]:
    """A right that has ended cannot be licensed; it ends with the last day of its term at the latest."""
    message = _ENDED.get(facts.right_status)
    if message is None and facts.on > facts.term_ends_on:
        message = _ENDED[RightStatus.EXPIRED]
    if message is not None:
        yield Finding(
            message, _("Nothing can mend this, unless the office restores the right. Anyone may use it freely.")
        )


@BARS.rule("G6", LAW(47, 1), RULES(86, 1, 5), GL("V-11 §3.1", 6), title=_("Patent wholly invalidated"))
def wholly_invalidated(facts: PatentFacts) -> Iterator[Finding]:
    """A patent that was wholly invalidated counts as never granted; a partial invalidation is no bar."""
    decided = facts.wholly_invalidated_on
    if facts.right_status is RightStatus.INVALIDATED or (decided is not None and decided <= facts.on):
        yield Finding(
            _("The whole patent was declared invalid."),
            _("Nothing can mend this, unless a court sets the decision aside."),
        )


@BARS.rule("G7", LAW(50, 1), RULES(86, 1, 5), GL("V-11 §3.1", 7), title=_("No patent evaluation report"))
def report_missing(facts: PatentFacts) -> Iterator[Finding]:
    """For a utility model or a design the patentee provides the patent evaluation report."""
    if facts.needs_report and facts.report is None and not facts.report_presented:
        yield Finding(
            _("A utility model or design needs its patent evaluation report."),
            _("Request the report from the office, or upload the one you have."),
            "evaluation_report",
        )


@BARS.rule("G8", LAW(50, 1), RULES(86, 1, 5), GL("V-11 §3.1", 8), title=_("Evaluation report negative"))
def report_negative(facts: PatentFacts) -> Iterator[Finding]:
    """A utility model or design whose report finds that the conditions of grant are not met cannot be open licensed."""
    if facts.needs_report and facts.report is not None and facts.report.conclusion is ReportConclusion.NEGATIVE:
        yield Finding(
            format_lazy(
                _("Evaluation report {reference} finds that the conditions of grant are not met."),
                reference=facts.report.reference,
            ),
            _("Within two months of receiving the report you may ask the office to correct it."),
            "evaluation_report",
        )


@BARS.rule("G9", RULES(86, 1, 5), GL("V-11 §3.1", 9), title=_("Other obstacle to effective exploitation"))
def other_obstacle(facts: PatentFacts) -> Iterator[Finding]:
    """Another obstacle to the effective exploitation of the patent bars it. A human finds and words it, no program."""
    for obstacle in facts.obstacles:
        if obstacle.period.holds(facts.on):
            yield Finding(
                format_lazy(_("Another obstacle is recorded: {description}"), description=obstacle.description),
                _("Remove the obstacle and tell the office."),
            )
