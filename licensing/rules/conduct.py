"""Who may decide on a filing, and how: nobody on their own organisation's matter, nothing adverse without reasons."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.legal import GL, RULES
from core.rules import Finding, RuleBook, Severity


@dataclass(frozen=True, slots=True)
class DecidingFacts:
    """``reasons`` is None where the decision needs none."""

    belongs_to_a_side: bool
    reasons: str | None = None


DECIDING: RuleBook[DecidingFacts] = RuleBook("deciding", _("Deciding on a filing"))


@DECIDING.rule("E1", RULES(42), title=_("Own organisation's matter"))
def own_matter(facts: DecidingFacts) -> Iterator[Finding]:
    """Whoever belongs or belonged to one of the sides does not decide on the filing (RULES 42)."""
    if facts.belongs_to_a_side:
        yield Finding(
            _("You belong or belonged to an organisation that is a side of this license."),
            _("Leave it to a colleague."),
        )


@DECIDING.rule("E2", GL("V-6 §1.2"), title=_("Reasons missing"), severity=Severity.DEFECT)
def with_reasons(facts: DecidingFacts) -> Iterator[Finding]:
    """An adverse decision gives its reasons (GL V-6 §1.2)."""
    if facts.reasons is not None and not facts.reasons.strip():
        yield Finding(
            _("The reasons are missing."), _("Say which ground stands against it and what would mend it."), "reasons"
        )
