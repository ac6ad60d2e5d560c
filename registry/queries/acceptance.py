"""Whether a statement can be accepted now: a fact with a time."""

from dataclasses import dataclass
from datetime import date, datetime

from core.deadlines import law_date
from core.rules import Violation
from registry.enums import PaperKind, StatementStatus
from registry.facts import AcceptanceFacts, OwnerFact
from registry.models import Statement
from registry.queries.facts import owners_of, patent_facts
from registry.rules import ACCEPTANCE, BARS

OWN_STATE = frozenset({"A1", "A2", "A3"})  # rules about the statement itself, not about the register of patents


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The answer, what stands against it, and the time of the register's facts that it rests on."""

    open: bool
    violations: tuple[Violation, ...]
    as_of: datetime

    @property
    def bars(self) -> tuple[Violation, ...]:
        """What the register of patents has against it, whatever the statement's own state and term."""
        return tuple(item for item in self.violations if item.rule not in OWN_STATE)


def acceptance_of(statement: Statement, *, at: datetime) -> Acceptance:
    """Say whether the statement can be accepted at that moment: in effect, its term running, and no bar (RULES 86)."""
    violations = _violations(statement, law_date(at))
    return Acceptance(not violations, violations, statement.patent.facts_as_of)


def bars_against(statement: Statement, *, on: date) -> tuple[Violation, ...]:
    """Return what the register of patents has against the statement on that day; see :attr:`Acceptance.bars`."""
    return tuple(item for item in _violations(statement, on) if item.rule not in OWN_STATE)


def _violations(statement: Statement, on: date) -> tuple[Violation, ...]:
    facts = AcceptanceFacts(
        on=on,
        status=StatementStatus(statement.status),
        effective_on=statement.effective_on,
        ended_on=statement.ended_on,
        term_until=statement.term_until,
        holders_changed=_holders_changed(statement),
    )
    presented = any(paper.kind == PaperKind.EVALUATION_REPORT for paper in statement.papers.all())
    patent = patent_facts(statement.patent, on=on, report_presented=presented)
    return (*ACCEPTANCE.check(facts, on=on), *BARS.check(patent, on=on))


def _holders_changed(statement: Statement) -> bool:
    """Whether somebody holds the patent who did not declare the statement, or its filer holds it no more."""
    if statement.submitted_at is None:
        return False
    owners = owners_of(statement.patent)
    joined = any(joined_later(owner, statement) for owner in owners)
    return joined or all(owner.organisation_id != statement.filed_by_id for owner in owners)


def joined_later(owner: OwnerFact, statement: Statement) -> bool:
    """Whether the register made somebody a holder only after the statement was declared, which is not theirs therefore.

    Whose day is not known holds the patent from the beginning.
    """
    declared_at = statement.submitted_at
    return owner.since is not None and declared_at is not None and owner.since > law_date(declared_at)
