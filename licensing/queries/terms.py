"""The terms a notice freezes: what the statement announces, without the contact data."""

from typing import Any

from django.utils.translation import gettext

from core.rules import Text
from licensing.rules.terms import fee_of, hash_of
from registry.actions.entries import patentees_of, term_of
from registry.enums import TermMode
from registry.fees.terms import Instalments, canonical, describe, describe_instalments
from registry.models import Statement


def terms_of(statement: Statement) -> dict[str, Any]:
    """Return the announced terms of a statement as JSON-ready data, the same for every licensee."""
    patent = statement.patent
    return {
        "statement_number": statement.number,
        "patent_number": patent.number,
        "patent_title": patent.title,
        "patentees": patentees_of(patent),
        "fee": canonical(statement.terms),
        "payment_terms": statement.payment_terms,
        "term": term_of(statement),
        "other_matters": statement.other_matters,
        "statement_effective_on": str(statement.effective_on),
    }


def terms_hash_of(statement: Statement) -> str:
    """Return the hash that a notice served now would carry."""
    return hash_of(terms_of(statement))


def term_in_words(terms: dict[str, Any]) -> str:
    """Return the license term of frozen terms in the active language."""
    term = terms["term"]
    if term["mode"] == TermMode.UNTIL:
        return gettext("until %(day)s") % {"day": term["until"]}
    return gettext("%(months)s months from the effective date") % {"months": term["months"]}


def rows_of(terms: dict[str, Any]) -> list[dict[str, Text]]:
    """Return frozen terms as label and value in the active language, for pages and documents."""
    fee = fee_of(terms)
    rows: list[dict[str, Text]] = [
        {"label": gettext("Statement"), "value": terms["statement_number"]},
        {"label": gettext("Patent"), "value": f"ZL{terms['patent_number']} {terms['patent_title']}"},
        {"label": gettext("Patentee"), "value": gettext("; ").join(terms["patentees"])},
        {"label": gettext("Fee"), "value": describe(fee)},
    ]
    if isinstance(fee, Instalments):
        rows.append({"label": gettext("Instalments"), "value": "\n".join(describe_instalments(fee))})
    rows += [
        {"label": gettext("How and when to pay"), "value": terms["payment_terms"]},
        {"label": gettext("License term"), "value": term_in_words(terms)},
        {"label": gettext("Kind of license"), "value": gettext("Non-exclusive, for exploitation within China")},
    ]
    if terms["other_matters"]:
        rows.append({"label": gettext("Other matters"), "value": terms["other_matters"]})
    return rows
