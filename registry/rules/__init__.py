"""The rules of the registry, each a pure function with its articles."""

from collections.abc import Iterable

from core.rules import Violation
from registry.facts import StatementFacts
from registry.rules.acceptance import ACCEPTANCE
from registry.rules.acting import ACTING, NAMING
from registry.rules.bars import BARS
from registry.rules.defects import DEFECTS
from registry.rules.entering import ANNULLING, DECIDING, ENTERING, IDENTIFYING
from registry.rules.halting import HALTING
from registry.rules.office_end import OFFICE_END
from registry.rules.periods import EXTENSION
from registry.rules.procedure import CONSENT, CORRECTION, WITHDRAWAL
from registry.rules.reviews import REVIEWS
from registry.rules.spreadsheet import BATCH, SPREADSHEET

__all__ = [
    "ACCEPTANCE",
    "ACTING",
    "ANNULLING",
    "BARS",
    "BATCH",
    "BOOKS",
    "CONSENT",
    "CORRECTION",
    "DECIDING",
    "DEFECTS",
    "ENTERING",
    "EXTENSION",
    "HALTING",
    "IDENTIFYING",
    "NAMING",
    "OFFICE_END",
    "REVIEWS",
    "SPREADSHEET",
    "WITHDRAWAL",
    "blocking",
    "check_statement",
]

BOOKS = (
    BARS,
    DEFECTS,
    REVIEWS,
    ACCEPTANCE,
    ACTING,
    NAMING,
    CONSENT,
    CORRECTION,
    EXTENSION,
    WITHDRAWAL,
    OFFICE_END,
    ENTERING,
    DECIDING,
    ANNULLING,
    IDENTIFYING,
    HALTING,
    SPREADSHEET,
    BATCH,
)


def check_statement(facts: StatementFacts) -> list[Violation]:
    """Return everything there is to say of a statement on its day: bars, defects, points for a second look."""
    return [
        *BARS.check(facts.patent, on=facts.on),
        *DEFECTS.check(facts, on=facts.on),
        *REVIEWS.check(facts, on=facts.on),
    ]


def blocking(violations: Iterable[Violation]) -> list[Violation]:
    """Return those that keep the statement from being filed or announced."""
    return [violation for violation in violations if violation.blocks]
