"""Every check of an act, joined: what a page shows beforehand is what the action refuses on."""

from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Organisation
from core.deadlines import law_date
from core.rules import Rule, Violation
from licensing.models import Filing, License
from licensing.queries.facts import filing_facts, license_filing_facts, taking_facts
from licensing.queries.timing import filing_due_on
from licensing.rules import FILING_GROUNDS, FILING_PAPERS, TAKING
from licensing.rules.filing import FilingFacts
from registry.models import Statement
from registry.queries.acceptance import acceptance_of


def taking_violations(
    statement: Statement, licensee: Organisation, *, at: datetime, **notice: object
) -> list[Violation]:
    """Return everything against this licensee taking a license now; warnings too."""
    on = law_date(at)
    return [
        *acceptance_of(statement, at=at).violations,
        *TAKING.check(taking_facts(statement, licensee, on=on, **notice), on=on),
    ]


def filing_violations(filing: Filing, *, on: date) -> list[Violation]:
    """Return every ground against recording a filing, and every paper that is wanting."""
    return _judge(filing_facts(filing, on=on))


@dataclass(frozen=True, slots=True)
class CheckedGround:
    """One ground of refusal and what the check found; nothing found means that it does not stand."""

    rule: Rule
    violations: tuple[Violation, ...]


def checked_grounds(filing: Filing, *, on: date) -> list[CheckedGround]:
    """Return every ground against recording and every paper, each with its result, in the books' order."""
    found = filing_violations(filing, on=on)
    return [
        CheckedGround(rule, tuple(violation for violation in found if violation.rule == rule.id))
        for book in (FILING_GROUNDS, FILING_PAPERS)
        for rule in book.rules
        if rule.in_force(on)
    ]


def filing_readiness(
    license: License,
    *,
    at: datetime,
    papers: set[str],
    through_agency: bool = False,
    handler_named: bool = True,
    standing_filing: bool = False,
) -> list[Violation]:
    """Return what stands against filing this license today, as a side should know before it submits."""
    on = law_date(at)
    return _judge(
        license_filing_facts(
            license,
            on=on,
            submitted_on=on,
            due_on=filing_due_on(license),
            applicant_is_side=True,
            papers=papers,
            through_agency=through_agency,
            handler_named=handler_named,
            standing_filing=standing_filing,
        )
    )


def _judge(facts: FilingFacts) -> list[Violation]:
    return [*FILING_GROUNDS.check(facts, on=facts.on), *FILING_PAPERS.check(facts, on=facts.on)]
