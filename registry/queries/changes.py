"""How two texts of statements differ, field by field, in words: for filers, examiners, co-owners and the public."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from core.day_words import day_in_words
from core.money import format_percent, format_yuan
from core.rules import Text
from registry.differences import differences
from registry.enums import FeeMode, TermMode
from registry.models import Statement
from registry.queries.content import canonical_content

# What the bulletin announces of a statement; the rest is between filer and office.
ANNOUNCED = frozenset({
    "fee_mode", "fixed_amount", "royalty_rate", "unit_price", "unit_name", "instalments", "payment_terms", "term_mode",
    "term_until", "term_months", "contact_name", "contact_phone", "contact_email", "contact_address",
})  # fmt: skip
_NOT_SHOWN = frozenset({"patent", "filed_by", "agency", "replaces"})


@dataclass(frozen=True, slots=True)
class Change:
    """One field with what it says on either side; empty where it says nothing."""

    label: Text
    before: Text
    after: Text


def changes(before: Mapping[str, Any], after: Mapping[str, Any], *, announced_only: bool = False) -> list[Change]:
    """Return the fields of the text that differ, in the form's order."""
    return [
        Change(label_of(pair.name), words_of(pair.name, pair.before), words_of(pair.name, pair.after))
        for pair in differences(before, after)
        if pair.name not in _NOT_SHOWN and (not announced_only or pair.name in ANNOUNCED)
    ]


def changes_from_earlier(statement: Statement, *, announced_only: bool = False) -> list[Change]:
    """Return what this statement says otherwise than the one it replaces; nothing where it replaces none."""
    if statement.replaces is None:
        return []
    before, after = canonical_content(statement.replaces), canonical_content(statement)
    return changes(before, after, announced_only=announced_only)


def label_of(name: str) -> Text:
    """Return what a field of the text is called."""
    label = str(Statement._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def words_of(name: str, value: Any) -> Text:
    """Return a value of the canonical text as people read it."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    return _SHOWN.get(name, str)(value)


def _day(value: str) -> str:
    return day_in_words(date.fromisoformat(value))


def _instalments(rows: list[dict[str, Any]]) -> str:
    said = [{"month": row.get("due_months", ""), "amount": row.get("amount", "")} for row in rows]
    return " · ".join(_("month %(month)s: ¥%(amount)s") % row for row in said)


_SHOWN: dict[str, Callable[[Any], Text]] = {
    "fee_mode": lambda value: FeeMode(value).label,
    "term_mode": lambda value: TermMode(value).label,
    "fixed_amount": lambda value: format_yuan(Decimal(value)),
    "unit_price": lambda value: format_yuan(Decimal(value)),
    "royalty_rate": lambda value: format_percent(Decimal(value)),
    "term_until": _day,
    "instalments": _instalments,
}
