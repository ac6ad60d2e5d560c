"""Halting publication and letting it go on: who may, with what."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from core.legal import PRACTICE
from core.rules import Finding, RuleBook, Severity


@dataclass(frozen=True, slots=True)
class HaltFacts:
    """What is asked and what stands: ``act`` is halt, propose or confirm."""

    act: str
    reason: str
    halted: bool
    acting_id: UUID | None = None
    proposed_by_id: UUID | None = None


HALTING: RuleBook[HaltFacts] = RuleBook("halting", _("Halting publication"))
_BASIS = PRACTICE("halt of publication")


@HALTING.rule("H1", _BASIS, title=_("Reason of a halt"), severity=Severity.DEFECT)
def reason_missing(facts: HaltFacts) -> Iterator[Finding]:
    """Publication is halted, and its resumption proposed, with a reason that everybody at the office can read."""
    if facts.act != "confirm" and not facts.reason.strip():
        yield Finding(_("The reason is missing."), _("Say in a sentence why."), "reason")


@HALTING.rule("H2", _BASIS, title=_("State of publication"))
def state_of_publication(facts: HaltFacts) -> Iterator[Finding]:
    """What is halted is not halted again; what is not halted is not resumed."""
    if facts.act == "halt" and facts.halted:
        yield Finding(_("Publication is halted already."), _("Nothing more is needed."))
    if facts.act != "halt" and not facts.halted:
        yield Finding(_("Publication is not halted."), _("Nothing more is needed."))


@HALTING.rule("H3", PRACTICE("four eyes"), title=_("Two persons resume"))
def two_persons(facts: HaltFacts) -> Iterator[Finding]:
    """One person halts; to resume takes two: one proposes, another confirms."""
    if facts.act == "confirm" and facts.halted and facts.proposed_by_id is None:
        yield Finding(_("Nobody has proposed to resume yet."), _("Propose it; another person confirms."))
    if facts.act == "confirm" and facts.proposed_by_id is not None and facts.proposed_by_id == facts.acting_id:
        yield Finding(_("You proposed to resume yourself."), _("Another person has to confirm it."))
