"""How the bulletin's calendar is made and changed (GL V-8 §1.1: by a yearly plan; its days are office practice)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from core.legal import GL, PRACTICE
from core.rules import Finding, RuleBook, Severity


@dataclass(frozen=True, slots=True)
class MakingFacts:
    """A calendar to be made: its year, today, and what there is already."""

    on: date
    year: int
    exists: bool
    was_settled: bool  # made with the holidays known
    holidays_known: bool


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change of one day: the day, today, how it stands, how it should, and why."""

    on: date
    day: date
    has_calendar: bool
    appears_now: bool
    appears: bool
    reason: str


MAKING: RuleBook[MakingFacts] = RuleBook("calendar", _("Making the calendar of the bulletin"))
CHANGING: RuleBook[ChangeFacts] = RuleBook("calendar_change", _("Changing the calendar of the bulletin"))


@MAKING.rule("K1", GL("V-8 §1.1"), PRACTICE("issue days"), title=_("Year of the calendar"), severity=Severity.DEFECT)
def year_to_come(facts: MakingFacts) -> Iterator[Finding]:
    """A calendar is made for the year that runs or for the next one: a plan is made before, not after."""
    if facts.year not in (facts.on.year, facts.on.year + 1):
        yield Finding(
            _("A calendar is made for this year or the next one."), _("Choose one of these two years."), field="year"
        )


@MAKING.rule("K2", GL("V-8 §1.1"), PRACTICE("issue days"), title=_("Calendar exists"), severity=Severity.DEFECT)
def made_once(facts: MakingFacts) -> Iterator[Finding]:
    """A calendar is made once; again only when it was made before that year's holidays were announced."""
    if facts.exists and (facts.was_settled or not facts.holidays_known):
        yield Finding(
            _("This year has its calendar already, and nothing new is known of its holidays."),
            _("Change single days, with the reason."),
            field="year",
        )


@CHANGING.rule("K3", GL("V-8 §1.1"), PRACTICE("issue days"), title=_("Day already past"), severity=Severity.DEFECT)
def not_in_the_past(facts: ChangeFacts) -> Iterator[Finding]:
    """The plan of a day that has come is not changed any more."""
    if facts.day <= facts.on:
        yield Finding(_("This day has come already."), _("Choose a later day."), field="day")


@CHANGING.rule("K4", GL("V-8 §1.1"), PRACTICE("issue days"), title=_("No calendar yet"), severity=Severity.DEFECT)
def calendar_first(facts: ChangeFacts) -> Iterator[Finding]:
    """A day is changed in a calendar that was made."""
    if not facts.has_calendar:
        yield Finding(_("That year has no calendar yet."), _("Make the calendar of the year first."), field="day")


@CHANGING.rule("K5", PRACTICE("issue days"), title=_("Nothing to change"), severity=Severity.DEFECT)
def something_to_change(facts: ChangeFacts) -> Iterator[Finding]:
    """A change changes something."""
    if facts.has_calendar and facts.appears == facts.appears_now:
        yield Finding(
            _("An issue appears on that day already.") if facts.appears else _("No issue appears on that day anyway."),
            _("Choose another day."),
            field="day",
        )


@CHANGING.rule("K6", PRACTICE("issue days"), title=_("Reason missing"), severity=Severity.DEFECT)
def reason_given(facts: ChangeFacts) -> Iterator[Finding]:
    """Whoever changes the plan says why; the public reads it."""
    if not facts.reason.strip():
        yield Finding(_("The reason is missing."), _("Say in one sentence why the day changes."), field="reason")
