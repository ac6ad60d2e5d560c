"""What a change of a recorded filing needs (O62; GL V-8 §1.3.2.7). Pure; checked for the side and for the examiner.

The price, the term and the patent of an open license never change: only under what name a party is recorded does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core.legal import GL, O62, PRACTICE
from core.rules import Finding, RuleBook, Severity
from licensing.enums import ChangeItem


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """A change with what the record and the register say now."""

    item: ChangeItem
    before: str  # as recorded now
    after: str
    register: str  # the holders as the register of patents names them now
    grounds: str
    by_side: bool
    proved: bool
    waiting: bool  # another change of the same filing is requested


CHANGING: RuleBook[ChangeFacts] = RuleBook("changing", _("Changing a recorded filing"))


@CHANGING.rule("H1", GL("V-8 §1.3.2.7"), title=_("Nothing changes"), severity=Severity.DEFECT)
def something_changes(facts: ChangeFacts) -> Iterator[Finding]:
    """The bulletin announces what changes before and after: both are said, and they differ."""
    if not facts.after.strip():
        yield Finding(_("The new name is missing."), _("Write the name as the record shall say it."), "after")
    elif facts.after == facts.before:
        yield Finding(
            format_lazy(_("The record says this already: {name}."), name=facts.before),
            _("For a licensor, have the register of patents changed first; for a licensee, write the new name."),
            "after",
        )


@CHANGING.rule("H2", O62(12), GL("V-11 §9"), title=_("Licensor not as in the register"))
def as_the_register_says(facts: ChangeFacts) -> Iterator[Finding]:
    """The licensor of a record is who the register of patents names; the change of a record follows the register's."""
    if facts.item is ChangeItem.LICENSORS and facts.after != facts.register:
        yield Finding(
            format_lazy(_("The register of patents now names {names}."), names=facts.register),
            _("Refuse this request; a new one takes the names from the register."),
        )


@CHANGING.rule("H3", PRACTICE("change of a recorded filing"), title=_("Another change is waiting"))
def one_at_a_time(facts: ChangeFacts) -> Iterator[Finding]:
    """A record changes step by step: each change says what was recorded before it."""
    if facts.waiting:
        yield Finding(_("A change of this filing is already requested."), _("Wait for the office's decision on it."))


@CHANGING.rule("H4", O62(), PRACTICE("change of a recorded filing"), title=_("Proof missing"), severity=Severity.DEFECT)
def name_is_proved(facts: ChangeFacts) -> Iterator[Finding]:
    """Another name of the licensee is proved by a paper; of the licensor the register of patents is the proof."""
    if facts.by_side and facts.item is ChangeItem.LICENSEE and not facts.proved:
        yield Finding(
            _("The change of the licensee's name is not proved."),
            _("Upload the notice of the market regulator, or the decision that brought the change about."),
            "proof",
        )


@CHANGING.rule("H5", PRACTICE("change of a recorded filing"), title=_("Grounds missing"), severity=Severity.DEFECT)
def grounds_given(facts: ChangeFacts) -> Iterator[Finding]:
    """Whoever has a public record changed says why."""
    if not facts.grounds.strip():
        yield Finding(_("The grounds are missing."), _("Say what changed and when."), "grounds")
