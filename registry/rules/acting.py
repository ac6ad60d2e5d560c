"""Who acts at the office for the patentee of a statement: the patentee itself, or its agency (LAW 18; GL V-11 §3.3)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW, PRACTICE
from core.rules import Finding, RuleBook, Severity


@dataclass(frozen=True, slots=True)
class ActingFacts:
    """Who wants to act on a statement at the office, for a patentee that resides somewhere."""

    in_mainland: bool = True
    through_agency: bool = False
    covered: bool = True  # by the agency's mandate


ACTING: RuleBook[ActingFacts] = RuleBook("acting", _("Who acts on a statement"))


def without_agency() -> Finding:
    """Return what is said to a patentee abroad or in Hong Kong, Macao or Taiwan that files or acts by itself."""
    return Finding(
        _("A patentee who does not reside in mainland China acts through a patent agency."),
        _(
            "Have your patent agency act. If none acts yet, give one a mandate and, for a statement at the office, name it"
            " on the statement's page."
        ),
    )


@ACTING.rule("P9", LAW(18, 1), GL("V-11 §3.3"), title=_("Act without an agency"))
def acts_without_agency(facts: ActingFacts) -> Iterator[Finding]:
    """A patentee who resides abroad or in Hong Kong, Macao or Taiwan does nothing at the office by itself: it sends,
    corrects, cancels and withdraws through an agency, and asks through it for time. Discarding a draft that never reached
    the office is no such act."""
    if not facts.in_mainland and not facts.through_agency:
        yield without_agency()


@ACTING.rule("P10", LAW(18), GL("V-11 §3.3"), title=_("Act outside the mandate"))
def outside_the_mandate(facts: ActingFacts) -> Iterator[Finding]:
    """An agency does what its power of attorney covers, while it is in force."""
    if facts.through_agency and not facts.covered:
        yield Finding(
            _("The agency's mandate does not cover this act."), _("Have the principal grant a mandate for it.")
        )


@dataclass(frozen=True, slots=True)
class NamingFacts:
    """Whom the patentee of a statement names as its agency: nobody where ``agency`` is empty."""

    agency: str = ""
    mandated: bool = False
    in_mainland: bool = True
    acts_already: bool = False


NAMING: RuleBook[NamingFacts] = RuleBook("naming", _("Agency of a statement"))
CHANGE = PRACTICE("change of agency")


@NAMING.rule("P11", LAW(18), GL("V-11 §3.3"), CHANGE, title=_("Agency without a mandate"))
def agency_without_mandate(facts: NamingFacts) -> Iterator[Finding]:
    """Whoever is named holds the patentee's power of attorney for statements on this patent, in force on that day."""
    if facts.agency and not facts.mandated:
        yield Finding(
            format_lazy(_("{agency} has no mandate of yours for this patent in force."), agency=facts.agency),
            _("Grant it a mandate for statements first, then name it here."),
            "agency",
        )


@NAMING.rule("P12", LAW(18, 1), GL("V-11 §3.3"), title=_("No agency for a patentee abroad"))
def none_abroad(facts: NamingFacts) -> Iterator[Finding]:
    """A patentee who resides abroad or in Hong Kong, Macao or Taiwan replaces its agency by another one, never by none."""
    if not facts.agency and not facts.in_mainland:
        yield replace(without_agency(), field="agency")


@NAMING.rule("P13", CHANGE, title=_("Nothing changes"), severity=Severity.DEFECT)
def nothing_changes(facts: NamingFacts) -> Iterator[Finding]:
    """Naming whoever acts already changes nothing and is no act."""
    if facts.acts_already:
        yield Finding(_("Whoever you named acts on this statement already."), _("Name somebody else."), "agency")
