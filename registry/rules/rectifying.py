"""What a rectification may put right (GL V-8 §1.3.2.17): errors of print, never the price, the term or the day."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from core.legal import GL, LAW
from core.rules import Finding, RuleBook, Severity
from registry.enums import EntryKind

# Items that say who and what; the promise itself (price, term, days, numbers) changes by a new statement only.
RECTIFIABLE = (
    "main_class", "title", "patentees", "licensors", "licensee", "filed_on", "granted_on", "contact_name",
    "contact_phone", "contact_email", "contact_address",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RectifyingFacts:
    """An entry's kind, the item in question, how it reads now ("" if the entry lacks it), how it should, and why.

    ``readable`` says whether the new text is a value of the item: a day is a date, a class a class, a name has letters.
    """

    kind: str
    item: str
    standing: str
    after: str
    grounds: str
    readable: bool
    already_proposed: bool


RECTIFYING: RuleBook[RectifyingFacts] = RuleBook("rectification", _("Rectification of an entry"))


@RECTIFYING.rule("Z1", GL("V-8 §1.3.2.17"), LAW(50, 1), title=_("Item of a rectification"), severity=Severity.DEFECT)
def item_can_be_rectified(facts: RectifyingFacts) -> Iterator[Finding]:
    """Errors in what identifies patent and persons are rectified; price, term and days stand as announced."""
    if facts.kind == EntryKind.RECTIFICATION:
        yield Finding(_("A rectification is not rectified."), _("Rectify the first entry again."), field="item")
    elif facts.item not in RECTIFIABLE:
        yield Finding(
            _("This item is not changed by a rectification."),
            _("Price and term change by withdrawal and a new statement only."),
            field="item",
        )
    elif not facts.standing:
        yield Finding(_("The entry has no such item."), _("Choose an item that the entry announces."), field="item")


@RECTIFYING.rule("Z2", GL("V-8 §1.3.2.17"), title=_("Text of a rectification"), severity=Severity.DEFECT)
def text_is_new_and_readable(facts: RectifyingFacts) -> Iterator[Finding]:
    """A rectification names the item before and after."""
    if not facts.after or facts.after == facts.standing:
        yield Finding(_("The item reads like this already."), _("Enter how it should read."), field="after")
    elif not facts.readable:
        yield Finding(
            _("This is no value of the item."),
            _(
                "A day is written 2026-03-03, a class like H01M10/613 or 12-08. Everything else stands in one line; a"
                " telephone number has digits, a name and a title have letters."
            ),
            field="after",
        )


@RECTIFYING.rule("Z3", GL("V-8 §1.3.2.17"), title=_("Grounds of a rectification"), severity=Severity.DEFECT)
def grounds_given(facts: RectifyingFacts) -> Iterator[Finding]:
    """The examiner says how the error is known."""
    if not facts.grounds.strip():
        yield Finding(_("Give the grounds."), _("Say how the error is known."), field="grounds")


@RECTIFYING.rule("Z4", GL("V-8 §1.3.2.17"), title=_("Rectification already proposed"), severity=Severity.DEFECT)
def one_at_a_time(facts: RectifyingFacts) -> Iterator[Finding]:
    """An item waits for one decision at a time."""
    if facts.already_proposed:
        yield Finding(_("A rectification of this item waits for approval."), _("Have it decided first."), field="item")
