"""The fields of an entry, in the order of print, from the one content that is hashed: page, PDF and CSV say these.

GL V-11 §5 (statements, withdrawals), GL V-8 §1.3.2.7 as of Order 84 (filings), §1.3.2.17 (rectifications).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.rules import Text
from registry.enums import EndingKind, EntryKind, FeeMode, PatentKind, TermMode

FIELDS: dict[str, Text] = {
    "main_class": _("Main class"),
    "patent_number": _("Patent number"),
    "patent_kind": _("Kind of patent"),
    "statement_number": _("Statement number"),
    "filing_number": _("Filing number"),
    "title": _("Title"),
    "patentees": _("Patentee"),
    "licensors": _("Licensor"),
    "licensee": _("Licensee"),
    "filed_on": _("Filing date"),
    "granted_on": _("Granted"),
    "license_kind": _("Kind of license"),
    "fee_mode": _("Fee mode"),
    "fixed_amount": _("Fixed amount (yuan)"),
    "royalty_rate": _("Royalty rate (%)"),
    "unit_price": _("Amount per unit (yuan)"),
    "unit_name": _("Unit"),
    "instalments": _("Instalments (months: yuan)"),
    "payment_terms": _("How and when to pay"),
    "term_mode": _("License term"),
    "term_until": _("License term until"),
    "term_months": _("Months from each license"),
    "contact_name": _("Contact person"),
    "contact_phone": _("Telephone"),
    "contact_email": _("E-mail address"),
    "contact_address": _("Address"),
    "effective_on": _("Effective"),
    "ending": _("Way of ending"),
    "ended_on": _("Ended"),
    "recorded_on": _("Recorded"),
    "changed_on": _("Changed"),
    "canceled_on": _("Canceled"),
    "corrects_issue": _("Issue of the entry rectified"),
    "corrects_position": _("Number of the entry rectified"),
    "corrects_leaf": _("Leaf of the entry rectified"),
    "item": pgettext_lazy("rectification", "Item"),
    "before": pgettext_lazy("rectification", "Before"),
    "after": pgettext_lazy("rectification", "After"),
}
LISTS = ("patentees", "licensors")
CODES: dict[str, Mapping[str, Text]] = {
    "kind": dict(EntryKind.choices),
    "patent_kind": dict(PatentKind.choices),
    "fee_mode": dict(FeeMode.choices),
    "term_mode": dict(TermMode.choices),
    "ending": dict(EndingKind.choices),
    "license_kind": {"open_license": _("Open license")},
    "item": FIELDS,
}


def fields_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Return what an entry says as text by field, in the order of print; what it does not say is left out."""
    fee, term = content.get("fee", {}), content.get("term", {})
    said: dict[str, Any] = {name: content[name] for name in FIELDS if name in content}
    said |= {name: fee[name] for name in fee if name != "instalments"}
    said |= {f"term_{name}": term[name] for name in term}
    for group in ("contact", "corrects"):
        said |= {f"{group}_{name}": value for name, value in content.get(group, {}).items()}
    said |= {name: "; ".join(content[name]) for name in LISTS if name in content}
    if fee.get("instalments"):
        said["instalments"] = "; ".join(f"{part['due_months']}: {part['amount']}" for part in fee["instalments"])
    return {name: str(said[name]) for name in FIELDS if said.get(name) not in (None, "")}


def shown(name: str, value: str) -> str:
    """Return a field's value as people read it in the active language: codes in words, several names as the language
    separates them, the rest as it is."""
    if name in LISTS:
        return gettext("; ").join(value.split("; "))
    return str(CODES.get(name, {}).get(value, value))
