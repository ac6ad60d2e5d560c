"""Rules of law as pure functions: facts in, findings out, each with its statute.

A rule never queries and never reads a clock: what it needs is in the facts, and the day on which the law is
applied is given to :meth:`RuleBook.check`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.utils.functional import Promise

from core.legal import Citation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise
else:
    Text = str | Promise
Facts = TypeVar("Facts")


class Severity(StrEnum):
    """What a finding means for the act that is checked."""

    BAR = "bar"  # the law forbids it whatever the papers say
    DEFECT = "defect"  # the papers are wrong and can be corrected
    WARNING = "warning"  # lawful, yet worth a second look


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: the sentence, how to mend it, and the form field it is about (empty: the whole).

    ``basis`` are articles that this finding rests on besides those of its rule.
    """

    message: Text
    remedy: Text = ""
    field: str = ""
    basis: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """A finding with the rule that made it and the articles it rests on."""

    rule: str
    title: Text
    severity: Severity
    basis: tuple[Citation, ...]
    message: Text
    remedy: Text = ""
    field: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the act must not go on."""
        return self.severity is not Severity.WARNING

    def as_data(self) -> dict[str, Any]:
        """Return the violation as JSON-ready data in the active language."""
        return {
            "rule": self.rule,
            "title": str(self.title),
            "severity": str(self.severity),
            "basis": [str(citation) for citation in self.basis],
            "message": str(self.message),
            "remedy": str(self.remedy),
            "field": self.field,
        }


Check = Callable[[Facts], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule(Generic[Facts]):
    """One rule of law, its identity, its articles and the days between which it is in force."""

    id: str
    title: Text
    severity: Severity
    basis: tuple[Citation, ...]
    check: Check[Facts]
    since: date
    until: date | None = None

    def in_force(self, on: date) -> bool:
        """Whether the rule applies on this day; ``until`` is the first day on which it no longer does."""
        return self.since <= on and (self.until is None or on < self.until)

    @property
    def text(self) -> str:
        """The law as stated in the rule's docstring."""
        return (self.check.__doc__ or "").strip()


@dataclass(slots=True)
class RuleBook(Generic[Facts]):
    """All rules about one act, in the order in which their findings are shown."""

    name: str
    title: Text
    rules: list[Rule[Facts]] = field(default_factory=list)

    def rule(
        self,
        id: str,
        *basis: Citation,
        title: Text,
        severity: Severity = Severity.BAR,
        since: date = date(2021, 6, 1),
        until: date | None = None,
    ) -> Callable[[Check[Facts]], Check[Facts]]:
        """Register a check under a unique id. The check's docstring states the law it implements.

        Raises:
            ValueError: the id is taken, no article is given, or the docstring is missing.
        """

        def register(check: Check[Facts]) -> Check[Facts]:
            if any(known.id == id for known in self.rules):
                raise ValueError(f"rule {id} is registered twice in {self.name}")
            if not basis or not check.__doc__:
                raise ValueError(f"rule {id} needs its articles and a docstring that states the law")
            self.rules.append(Rule(id, title, severity, basis, check, since, until))
            return check

        return register

    def check(self, facts: Facts, *, on: date, only: Iterable[str] | None = None) -> list[Violation]:
        """Return every violation on that day, in the book's order; ``only`` narrows to some rule ids."""
        wanted = None if only is None else set(only)
        return [
            Violation(
                rule.id,
                rule.title,
                rule.severity,
                (*rule.basis, *found.basis),
                found.message,
                found.remedy,
                found.field,
            )
            for rule in self.rules
            if rule.in_force(on) and (wanted is None or rule.id in wanted)
            for found in rule.check(facts)
        ]


class Refused(Exception):
    """An act that the law refuses. Carries every violation, so that the reader sees all of them at once."""

    def __init__(self, violations: Iterable[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__("; ".join(f"{item.rule}: {item.message}" for item in self.violations))
