"""The clocks of a statement: the correction period and its extension, and the last days of the remedies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.day_words import lazy_day_in_words
from core.deadlines import CALENDAR, add_months, deadline_days, deadline_months, next_working_day
from core.legal import GL, PRACTICE, setting
from core.rules import Finding, RuleBook, Severity


def correction_due(asked_on: date, extended_months: int = 0) -> date:
    """Return the last day of a correction period, extended or not.

    Period and extension are one period from the day of service, which is not counted; it ends on the corresponding day
    of its last month (RULES 4-5; GL V-7 §2). A notice served electronically is served on the day it enters the inbox.
    """
    return deadline_months(asked_on, setting("correction_period_months", on=asked_on).whole + extended_months)


def is_over(due_on: date, *, on: date) -> bool:
    """Whether a period whose last day was fixed earlier is over.

    A last day that turned out to be a holiday once its year's arrangement appeared moves to the next working day.
    """
    return on > next_working_day(due_on)


def missed_until(due_on: date) -> date:
    """Return the last day before the office draws the consequence of a missed period: one month after its end (GL V-7 §2).

    Nothing is in time any more in that month; it lets what was sent on the last day arrive before the office acts.
    """
    last = next_working_day(due_on)
    return add_months(last, setting("missed_period_months", on=last).whole)


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """What is asked of a correction period, and how it stands. ``months`` is empty where none can be read."""

    on: date
    due_on: date
    extended_months: int
    months: int | None
    reasons: str


EXTENSION: RuleBook[ExtensionFacts] = RuleBook("extension", _("Extension of a correction period"))


@EXTENSION.rule("T1", GL("V-7 §4"), title=_("Extension asked for too late"))
def extension_too_late(facts: ExtensionFacts) -> Iterator[Finding]:
    """The extension of a period that the office set is requested before the period expires."""
    if is_over(facts.due_on, on=facts.on):
        yield Finding(
            format_lazy(_("The period for correction ended on {due}."), due=lazy_day_in_words(facts.due_on)),
            _("Cancel this statement, then file a new one; otherwise it counts as not submitted."),
        )


@EXTENSION.rule("T2", GL("V-7 §4"), title=_("Period extended already"))
def extended_already(facts: ExtensionFacts) -> Iterator[Finding]:
    """A period that the office set is extended once."""
    if facts.extended_months:
        yield Finding(
            _("This period was extended already; it is extended once only."),
            format_lazy(_("Send the correction by {due}."), due=lazy_day_in_words(facts.due_on)),
        )


@EXTENSION.rule("T3", GL("V-7 §4"), title=_("Length of the extension"), severity=Severity.DEFECT)
def extension_length(facts: ExtensionFacts) -> Iterator[Finding]:
    """The extension is of whole months, and of two at most."""
    most = setting("correction_extension_months", on=facts.on).whole
    if facts.months is None or not 1 <= facts.months <= most:
        yield Finding(
            format_lazy(_("An extension is of 1 to {most} whole months."), most=most),
            _("Choose one of the offered days."),
            "months",
        )


@EXTENSION.rule(
    "T4",
    GL("V-7 §4"),
    PRACTICE("extension of a correction period asked for in time"),
    title=_("Reason of the extension"),
    severity=Severity.DEFECT,
)
def extension_reason(facts: ExtensionFacts) -> Iterator[Finding]:
    """The request says why it is made. With a reason and in time it is granted; no fee is asked (office practice)."""
    if not facts.reasons.strip():
        yield Finding(_("The reason of the extension is missing."), _("Say why you need more time."), "reasons")


@dataclass(frozen=True, slots=True)
class Remedies:
    """What can be done against an adverse decision, each with its last day (GL V-6 §1.2)."""

    reconsideration_by: date
    suit_by: date

    @property
    def note(self) -> str | Promise:
        """The sentence beside days in a year whose holidays are not known yet; empty otherwise."""
        return CALENDAR.note(max(self.reconsideration_by, self.suit_by))

    def as_params(self) -> dict[str, str]:
        """Return both days as a notice names them."""
        return {"reconsideration_on": self.reconsideration_by.isoformat(), "suit_on": self.suit_by.isoformat()}


def remedies(served_on: date) -> Remedies:
    """Return the remedies against a decision served on that day: administrative reconsideration within 60 days
    (Administrative Reconsideration Law, Art. 20), a suit within six months (Administrative Litigation Law, Art. 46)."""
    return Remedies(
        deadline_days(served_on, setting("reconsideration_days", on=served_on).whole),
        deadline_months(served_on, setting("suit_months", on=served_on).whole),
    )
