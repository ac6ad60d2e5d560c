"""What is lawful and yet worth a second look, by the filer before sending and by the examiner after."""

from collections.abc import Iterator

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.day_words import lazy_day_in_words
from core.deadlines import add_months
from core.legal import GL, NOTICE, O62, PRACTICE, RULES, setting
from core.rules import Finding, RuleBook, Severity
from registry.enums import AnnuityState, ReportConclusion
from registry.facts import StatementFacts
from registry.fees.caps import without_cap
from registry.rules.limits import explanation_over_limit, fee_over_limit
from registry.wording import ranges_in

REVIEWS: RuleBook[StatementFacts] = RuleBook("reviews", _("Points for a second look"))


@REVIEWS.rule(
    "W1", RULES(86, 1, 3), PRACTICE("unknown annuity state"), title=_("Annuities unknown"), severity=Severity.WARNING
)
def annuities_unknown(facts: StatementFacts) -> Iterator[Finding]:
    """Where the register does not know whether annuities are paid, the examiner finds out before passing."""
    if facts.patent.annuity_state is AnnuityState.UNKNOWN:
        yield Finding(
            _("The register does not say whether the annuities are paid."),
            _("The examiner checks it; have the receipt of the last annuity at hand."),
        )


@REVIEWS.rule("W2", PRACTICE("shortest usual license term"), title=_("Short term"), severity=Severity.WARNING)
def short_term(facts: StatementFacts) -> Iterator[Finding]:
    """The law names no shortest term; the pilots asked for one year in principle."""
    months = setting("min_term_months", on=facts.on).whole
    ends_early = facts.term_until is not None and facts.on < facts.term_until < add_months(facts.on, months)
    if ends_early or (facts.term_months is not None and facts.term_months < months):
        yield Finding(
            format_lazy(_("A license term under {months} months is unusual."), months=months),
            _("Few enterprises invest for so short a time; consider a longer term."),
            "term_until" if ends_early else "term_months",
        )


@REVIEWS.rule(
    "W3", GL("V-11 §3.1", 8), PRACTICE("report negative in part"), title=_("Report negative in part"),
    severity=Severity.WARNING,
)  # fmt: skip
def report_negative_in_part(facts: StatementFacts) -> Iterator[Finding]:
    """A report that is negative for some claims is not settled by the Guidelines; the examiner decides."""
    report = facts.patent.report
    if facts.patent.needs_report and report is not None and report.conclusion is ReportConclusion.PARTIAL:
        yield Finding(
            format_lazy(_("Evaluation report {reference} is negative for some claims."), reference=report.reference),
            _("The examiner decides whether the statement can be announced."),
            "evaluation_report",
        )


@REVIEWS.rule("W4", GL("V-11 §3.3"), PRACTICE("price per unit"), title=_("Price per unit"), severity=Severity.WARNING)
def price_per_unit(facts: StatementFacts) -> Iterator[Finding]:
    """For a price per unit the Guidelines state no cap, so a person looks at it."""
    if facts.fee is not None:
        yield from without_cap(facts.fee)


@REVIEWS.rule("W5", O62(12), title=_("Licenses end with the patent"), severity=Severity.WARNING)
def clipped_to_patent(facts: StatementFacts) -> Iterator[Finding]:
    """A term in months counts from each license and ends with the patent at the latest."""
    last = facts.patent.term_ends_on
    if facts.term_months is not None and add_months(facts.on, facts.term_months) > last:
        yield Finding(
            format_lazy(
                _("The patent ends on {last}; every license ends then at the latest."), last=lazy_day_in_words(last)
            ),
            _("Consider whether the fee fits the shorter time."),
            "term_months",
        )


@REVIEWS.rule("W6", GL("V-11 §3.1", 7), RULES(63), title=_("Report presented by the filer"), severity=Severity.WARNING)
def report_presented(facts: StatementFacts) -> Iterator[Finding]:
    """A report that the register does not know was handed in by the filer; the examiner reads its conclusion."""
    if facts.patent.needs_report and facts.patent.report is None and facts.patent.report_presented:
        yield Finding(
            _("The evaluation report was uploaded by the filer and is not in the register yet."),
            _("The examiner reads its conclusion."),
            "evaluation_report",
        )


@REVIEWS.rule("W7", GL("V-11 §3.3"), NOTICE(4), title=_("Exception asked for"), severity=Severity.WARNING)
def exception_asked_for(facts: StatementFacts) -> Iterator[Finding]:
    """The limits of fee and explanation hold "generally". Above them a statement may be sent with the reason for an
    exception; it is announced only if an examiner grants the exception and records why."""
    if not facts.exception_request or not facts.with_filer:
        return
    exceeded = [*fee_over_limit(facts), *explanation_over_limit(facts)]
    for found in exceeded:
        yield Finding(
            found.message,
            _(
                "You ask for an exception. An examiner decides on it; unless it is granted and the reason recorded, the "
                "statement is not announced. Within the limit it needs no exception."
            ),
            found.field,
        )
    if not exceeded:
        yield Finding(
            _("An exception is asked for, although nothing exceeds a limit."),
            _("Leave the request empty."),
            "exception_request",
        )


@REVIEWS.rule(
    "W8", RULES(85, 3), GL("V-11 §3.3"), NOTICE(4), title=_("Range instead of one price"), severity=Severity.WARNING
)
def range_of_prices(facts: StatementFacts) -> Iterator[Finding]:
    """A fee standard is one price for everybody. A range among the terms leaves it open; in the explanation it may be
    part of the calculation, so it is not looked for there."""
    for name in ("payment_terms", "other_matters"):
        for found in ranges_in(facts.texts.get(name, "")):
            yield Finding(
                format_lazy(_("“{range}” is a range, not one price."), range=found),
                _("State one price and one set of terms for everybody."),
                name,
            )
