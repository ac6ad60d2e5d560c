"""Whether a statement can be accepted now: a fact with a time."""

from dataclasses import dataclass
from datetime import datetime

from core.deadlines import law_date
from core.rules import Violation
from registry.enums import PaperKind, StatementStatus
from registry.facts import AcceptanceFacts
from registry.models import Statement
from registry.queries.facts import patent_facts
from registry.rules import ACCEPTANCE, BARS


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The answer, what stands against it, and the time of the register's facts that it rests on."""

    open: bool
    violations: tuple[Violation, ...]
    as_of: datetime


def acceptance_of(statement: Statement, *, at: datetime) -> Acceptance:
    """Say whether the statement can be accepted at that moment: in effect, its term running, and no bar (RULES 86)."""
    on = law_date(at)
    facts = AcceptanceFacts(
        on=on,
        status=StatementStatus(statement.status),
        effective_on=statement.effective_on,
        ended_on=statement.ended_on,
        term_until=statement.term_until,
    )
    presented = any(paper.kind == PaperKind.EVALUATION_REPORT for paper in statement.papers.all())
    violations = (
        *ACCEPTANCE.check(facts, on=on),
        *BARS.check(patent_facts(statement.patent, on=on, report_presented=presented), on=on),
    )
    return Acceptance(not violations, violations, statement.patent.facts_as_of)
