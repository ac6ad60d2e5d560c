"""What stands against an announced statement, for an end by the office."""

from dataclasses import replace
from datetime import date

from core.deadlines import law_date
from registry.enums import EndingKind
from registry.models import Statement
from registry.queries.facts import statement_facts
from registry.rules import check_statement
from registry.rules.office_end import OfficeEndFacts, causes_from


def office_end_facts(
    statement: Statement,
    *,
    on: date,
    falsehood: bool = False,
    proposed: EndingKind | None = None,
    deviation: str = "",
) -> OfficeEndFacts:
    """Return the grounds that stand on that day, each with the day it arose, as far as the register's events tell."""
    facts = statement_facts(statement, on=on)
    duty = statement.duties.filter(closed_at=None).first()
    causes = causes_from(check_statement(facts), facts.patent)
    if duty is not None:
        causes = tuple(
            replace(cause, arose_on=duty.since_on) if cause.arose_on is None and cause.rule in duty.rules else cause
            for cause in causes
        )
    return OfficeEndFacts(
        on=on,
        filed_on=law_date(statement.submitted_at) if statement.submitted_at else on,
        causes=causes,
        falsehood=falsehood,
        proposed=proposed,
        deviation=deviation,
    )
