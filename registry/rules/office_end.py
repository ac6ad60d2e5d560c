"""How the office ends an announced statement: what the facts call for, end or revocation, and when it may differ."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, PRACTICE, RULES, Citation
from core.rules import Finding, RuleBook, Severity, Text, Violation
from registry.enums import EncumbranceKind, EndingKind
from registry.facts import PatentFacts, Period


@dataclass(frozen=True, slots=True)
class Cause:
    """A ground that stands today, and since when; ``arose_on`` is empty where the register knows no day."""

    rule: str
    message: Text
    arose_on: date | None = None
    from_the_beginning: bool = False

    def existed(self, filed_on: date) -> bool:
        """Whether it stood when the statement was filed already. A ground without a day was checked against then."""
        return self.from_the_beginning or (self.arose_on is not None and self.arose_on <= filed_on)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the facts call for, why, and where that stands. ``kind`` is empty where nothing calls for an end."""

    kind: EndingKind | None
    reason: Text
    basis: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class OfficeEndFacts:
    """What stands against an announced statement, whether it was false at filing, and what the examiner proposes."""

    on: date
    filed_on: date
    causes: tuple[Cause, ...]
    falsehood: bool
    proposed: EndingKind | None = None
    deviation: str = ""


def causes_from(
    bars: Iterable[Violation], patent: PatentFacts, event_days: Mapping[str, date] = MappingProxyType({})
) -> tuple[Cause, ...]:
    """Return what stands against acceptance as grounds, each with the day it arose: the first day of its entry in the
    register, else the day of its event in ``event_days`` (by rule)."""
    entered = {
        "G1": [item.period for item in patent.licenses if item.kind is not EncumbranceKind.ORDINARY],
        "G2": [item.period for item in patent.suspensions],
        "G4": [item.period for item in patent.pledges if item.consented_on is None or item.consented_on > patent.on],
        "G9": [item.period for item in patent.obstacles],
    }
    return tuple(
        Cause(
            item.rule,
            item.message,
            _earliest(entered.get(item.rule, ()), patent.on) or event_days.get(item.rule),
            item.rule == "G6",
        )
        for item in bars
    )


def _earliest(periods: Iterable[Period], on: date) -> date | None:
    return min((period.since for period in periods if period.holds(on)), default=None)


def suggest(facts: OfficeEndFacts) -> Suggestion:
    """Say what the facts call for.

    What was false or concealed at filing is revoked as soon as it is found (GL V-11 §3.4; RULES 88, 100), and so is a
    statement that a ground of RULES 86 stood against at filing; a right wholly invalidated never existed (LAW 47(1)).
    A ground that arose later ends it, if the patentee does not withdraw promptly (GL V-11 §2(2), §4).
    """
    if facts.falsehood:
        return Suggestion(
            EndingKind.REVOCATION,
            _("Something false was stated, or something true concealed, to have the statement announced."),
            (RULES(88), RULES(100), GL("V-11 §3.4")),
        )
    if any(cause.from_the_beginning for cause in facts.causes):
        return Suggestion(
            EndingKind.REVOCATION,
            _("The right counts as never granted, so that the ground existed at submission."),
            (LAW(47, 1), RULES(86), GL("V-11 §4")),
        )
    if any(cause.existed(facts.filed_on) for cause in facts.causes):
        return Suggestion(
            EndingKind.REVOCATION,
            _("The ground existed when the statement was filed."),
            (RULES(86), GL("V-11 §3.4"), GL("V-11 §4")),
        )
    if facts.causes:
        return Suggestion(
            EndingKind.TERMINATION,
            _("The ground arose after the statement was filed, and the patentee has not withdrawn it."),
            (RULES(86), GL("V-11 §2"), GL("V-11 §4")),
        )
    return Suggestion(None, _("No ground stands against the statement today."), (GL("V-11 §4"),))


OFFICE_END: RuleBook[OfficeEndFacts] = RuleBook("office end", _("End or revocation by the office"))


@OFFICE_END.rule("N1", RULES(86), GL("V-11 §4"), title=_("No ground for an end"))
def no_ground(facts: OfficeEndFacts) -> Iterator[Finding]:
    """The office ends or revokes a statement only on a ground of RULES 86, or because it was false at filing."""
    if not facts.causes and not facts.falsehood:
        yield Finding(
            _("No ground stands against the statement today."),
            _("Enter the fact in the register first, or say what was false at submission."),
            "falsehood",
        )


@OFFICE_END.rule(
    "N2", GL("V-11 §4"), PRACTICE("end or revocation"), title=_("End or revocation"), severity=Severity.DEFECT
)
def against_the_facts(facts: OfficeEndFacts) -> Iterator[Finding]:
    """A ground that existed at filing, or falsehood, revokes; a later ground ends. The Guidelines say "end or revoke"
    without a rule between them: whoever proposes the other one says why."""
    suggestion = suggest(facts)
    if suggestion.kind is not None and facts.proposed not in (None, suggestion.kind) and not facts.deviation.strip():
        yield Finding(
            _("What you propose is not what the facts call for."), _("Choose the other, or say why."), "deviation"
        )
