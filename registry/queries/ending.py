"""What stands against an announced statement, for an end by the office."""

from collections.abc import Collection
from datetime import date

from core.deadlines import law_date
from registry.enums import EndingKind, EventKind
from registry.models import Statement
from registry.queries.acceptance import bars_against, joined_later
from registry.queries.facts import owners_of, patent_facts
from registry.queries.register import counting_events
from registry.rules.office_end import OfficeEndFacts, causes_from

# Rule against acceptance → the kinds of event that bring its ground about.
EVENTS_BEHIND: dict[str, tuple[EventKind, ...]] = {
    "G1": (EventKind.LICENSE,),
    "G2": (EventKind.SUSPENSION,),
    "G3": (EventKind.ANNUITY_LATE,),
    "G4": (EventKind.PLEDGE,),
    "G5": (EventKind.LAPSE, EventKind.SURRENDER, EventKind.EXPIRY),
    "G6": (EventKind.INVALIDATION,),
    "G8": (EventKind.EVALUATION_REPORT,),
    "G9": (EventKind.OBSTACLE,),
    "A4": (EventKind.ASSIGNMENT, EventKind.MERGER),
}


def office_end_facts(
    statement: Statement,
    *,
    on: date,
    falsehood: bool = False,
    proposed: EndingKind | None = None,
    deviation: str = "",
) -> OfficeEndFacts:
    """Return the grounds that stand on that day, each with the day it arose, as far as the register's events tell."""
    bars = bars_against(statement, on=on)
    days = _event_days(statement, {item.rule for item in bars}, on) | _day_of_joining(statement)
    return OfficeEndFacts(
        on=on,
        filed_on=law_date(statement.submitted_at) if statement.submitted_at else on,
        causes=causes_from(bars, patent_facts(statement.patent, on=on), days),
        falsehood=falsehood,
        proposed=proposed,
        deviation=deviation,
    )


def _day_of_joining(statement: Statement) -> dict[str, date]:
    """Return, for A4, the day on which somebody became holder last, by an event or by what a delivery named."""
    joined = [owner.since for owner in owners_of(statement.patent) if owner.since and joined_later(owner, statement)]
    return {"A4": max(joined)} if joined else {}


def _event_days(statement: Statement, rules: Collection[str], on: date) -> dict[str, date]:
    """Return, by rule, the day of the newest event behind the ground: an earlier one was undone in between."""
    kinds = {kind: rule for rule, those in EVENTS_BEHIND.items() if rule in rules for kind in those}
    if not kinds:
        return {}
    days: dict[str, date] = {}
    for event in counting_events(statement.patent.number):
        rule = kinds.get(event.kind)
        if rule is not None and event.on <= on:
            days[rule] = max(event.on, days.get(rule, event.on))
    return days
