"""The exact text of a statement: canonical data and its hash. What co-owners consent to and what is submitted."""

import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from registry.models import Statement

# The signature is set under the text, and the payee's account is never announced: neither is part of the text.
TEXT_COLUMNS = (
    "fee_mode", "fixed_amount", "royalty_rate", "unit_price", "unit_name", "instalments", "payment_terms",
    "term_mode", "term_until", "term_months", "contact_name", "contact_phone", "contact_email", "contact_address",
    "explanation", "other_matters", "existing_licenses", "exploits_itself", "undertakes_no_exclusive",
    "undertakes_open_to_all", "undertakes_keep_in_force", "undertakes_export_rules", "exception_request",
)  # fmt: skip


def canonical_content(statement: Statement) -> dict[str, Any]:
    """Return the statement's text as JSON-ready data: same text, same data. Columns that are not used are left out."""
    columns = {name: _plain(getattr(statement, name)) for name in TEXT_COLUMNS}
    return {
        "patent": statement.patent.number,
        "filed_by": str(statement.filed_by_id),
        "agency": str(statement.text_agency_id or ""),
        **({"replaces": statement.replaces.number} if statement.replaces else {}),
        **{name: value for name, value in columns.items() if value not in (None, "", [])},
    }


def content_hash(statement: Statement) -> str:
    """Return the SHA-256 of the canonical content, in hex."""
    text = json.dumps(canonical_content(statement), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def withdrawal_hash(statement: Statement, grounds: str) -> str:
    """Return the SHA-256 of a request for withdrawal. It is without conditions, and says so."""
    request = {"statement": statement.number, "withdrawal": grounds, "unconditional": True}
    text = json.dumps(request, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else value
