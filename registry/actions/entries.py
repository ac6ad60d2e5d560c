"""What an entry of the bulletin says, field by field (GL V-11 §5)."""

from datetime import date
from typing import Any

from registry.enums import EndingKind, EntryKind, TermMode
from registry.fees.terms import canonical
from registry.models import Ending, Patent, Statement

KIND_OF_ENDING = {
    EndingKind.WITHDRAWAL: EntryKind.WITHDRAWAL,
    EndingKind.TERMINATION: EntryKind.TERMINATION,
    EndingKind.REVOCATION: EntryKind.REVOCATION,
}


def patentees_of(patent: Patent) -> list[str]:
    """Return the holders' names in the register's order."""
    return [ownership.patentee.name for ownership in patent.ownerships.all()]


def term_of(statement: Statement) -> dict[str, Any]:
    """Return the license term as announced."""
    if statement.term_mode == TermMode.UNTIL:
        return {"mode": TermMode.UNTIL.value, "until": str(statement.term_until)}
    return {"mode": TermMode.MONTHS.value, "months": statement.term_months}


def statement_content(statement: Statement, *, effective_on: date) -> dict[str, Any]:
    """Return the announced fields of a statement."""
    patent = statement.patent
    return {
        "main_class": patent.main_class,
        "patent_number": patent.number,
        "patent_kind": patent.kind,
        "statement_number": statement.number,
        "patentees": patentees_of(patent),
        "title": patent.title,
        "filed_on": str(patent.filed_on),
        "granted_on": str(patent.granted_on or ""),
        "fee": canonical(statement.terms),
        "payment_terms": statement.payment_terms,
        "term": term_of(statement),
        "contact": {
            "name": statement.contact_name,
            "phone": statement.contact_phone,
            "email": statement.contact_email,
            "address": statement.contact_address,
        },
        "effective_on": str(effective_on),
    }


def ending_content(ending: Ending, *, ended_on: date) -> dict[str, Any]:
    """Return the announced fields of a withdrawal, or of an end or revocation by the office."""
    statement = ending.statement
    patent = statement.patent
    return {
        "main_class": patent.main_class,
        "patent_number": patent.number,
        "patent_kind": patent.kind,
        "statement_number": statement.number,
        "patentees": patentees_of(patent),
        "title": patent.title,
        "ending": ending.kind,
        "ended_on": str(ended_on),
    }
