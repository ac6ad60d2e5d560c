"""Who may decide: nobody on their own organisation's matter, nobody alone, nobody on a colleague's desk."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from core.legal import PRACTICE, RULES
from core.rules import Finding, RuleBook


@dataclass(frozen=True, slots=True)
class ConductFacts:
    """Who wants to decide, who examined, who holds the matter now, and whether the matter is the decider's own."""

    deciding_id: UUID | None
    examiner_id: UUID | None
    belongs_to_a_party: bool
    approves: bool = False


CONDUCT: RuleBook[ConductFacts] = RuleBook("conduct", _("Conduct of examination"))


@CONDUCT.rule("C1", RULES(42), title=_("Own organisation's matter"))
def own_matter(facts: ConductFacts) -> Iterator[Finding]:
    """Whoever belongs to a party, or is otherwise interested, does not examine or decide the matter (RULES 42)."""
    if facts.belongs_to_a_party:
        yield Finding(
            _("You belong or belonged to an organisation that is party to this statement."),
            _("Leave it to a colleague."),
        )


@CONDUCT.rule("C2", PRACTICE("four eyes"), title=_("Four eyes"))
def four_eyes(facts: ConductFacts) -> Iterator[Finding]:
    """Whoever examined a statement does not approve it."""
    if facts.approves and facts.deciding_id == facts.examiner_id:
        yield Finding(_("You examined this statement yourself."), _("Another person has to approve it."))


@CONDUCT.rule("C3", PRACTICE("examination queue"), title=_("On a colleague's desk"))
def colleagues_desk(facts: ConductFacts) -> Iterator[Finding]:
    """Only the examiner who took a statement examines it."""
    if not facts.approves and facts.examiner_id is not None and facts.deciding_id != facts.examiner_id:
        yield Finding(
            _("A colleague has taken this statement."), _("Ask the colleague to hand it back, then take it yourself.")
        )
