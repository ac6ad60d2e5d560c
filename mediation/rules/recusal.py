"""Who may mediate a case. Pure.

Announcement 590 has an article on recusal whose text was not at hand; the grounds follow the law of procedure and are
labelled as office practice.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.legal import M590, PRACTICE
from core.rules import Finding, RuleBook
from mediation.rules.admission import MEDIATION_SINCE

TOPIC = "recusal of mediators"


@dataclass(frozen=True, slots=True)
class MediatorFacts:
    """What is known of a person who would mediate. ``others`` are the mediators the case would have besides."""

    is_appointed: bool
    belongs_to_party: bool
    belongs_to_agency: bool
    stepped_down: bool
    is_assigned: bool
    others: int


MEDIATOR: RuleBook[MediatorFacts] = RuleBook("mediator", _("Mediator of a case"))


@MEDIATOR.rule("R1", M590(3), title=_("Appointed mediator"), since=MEDIATION_SINCE)
def is_appointed(facts: MediatorFacts) -> Iterable[Finding]:
    """Mediation is fair only in the hands of a mediator whom the office appointed."""
    if not facts.is_appointed:
        yield Finding(_("This person is no mediator of the office."), _("Choose an appointed mediator."), "mediators")


@MEDIATOR.rule("R2", M590(3), PRACTICE(TOPIC), title=_("No party, nor one of its people"), since=MEDIATION_SINCE)
def is_no_party(facts: MediatorFacts) -> Iterable[Finding]:
    """Nobody mediates a matter of an organisation to which they belong or belonged."""
    if facts.belongs_to_party:
        yield Finding(
            _("This person belongs or belonged to a party."), _("Choose a mediator without ties."), "mediators"
        )


@MEDIATOR.rule("R3", M590(3), PRACTICE(TOPIC), title=_("No agent of a party"), since=MEDIATION_SINCE)
def is_no_agent(facts: MediatorFacts) -> Iterable[Finding]:
    """Nobody mediates where the agency to which they belong or belonged acts for a side."""
    if facts.belongs_to_agency:
        yield Finding(
            _("This person belongs or belonged to the agency of a party."),
            _("Choose a mediator without ties."),
            "mediators",
        )


@MEDIATOR.rule("R4", PRACTICE(TOPIC), title=_("Not stepped down before"), since=MEDIATION_SINCE)
def is_not_recused(facts: MediatorFacts) -> Iterable[Finding]:
    """Whoever stepped down from a case does not come back to it."""
    if facts.stepped_down:
        yield Finding(_("This person stepped down from the case."), _("Choose another mediator."), "mediators")


@MEDIATOR.rule("R5", PRACTICE("number of mediators"), title=_("Not twice in one case"), since=MEDIATION_SINCE)
def is_not_there_yet(facts: MediatorFacts) -> Iterable[Finding]:
    """A person is assigned to a case once."""
    if facts.is_assigned:
        yield Finding(_("This person already mediates the case."), _("Choose another mediator."), "mediators")


@MEDIATOR.rule("R6", PRACTICE("number of mediators"), title=_("Three at most"), since=MEDIATION_SINCE)
def are_not_too_many(facts: MediatorFacts) -> Iterable[Finding]:
    """A case has one mediator, or three in a complex one."""
    if facts.others >= 3:
        yield Finding(_("A case has three mediators at most."), _("Choose one mediator or three."), "mediators")


def lawful_number(number: int, allowed: tuple[int, ...]) -> bool:
    """Whether a case may begin with so many mediators (office practice: one or three)."""
    return number in allowed
