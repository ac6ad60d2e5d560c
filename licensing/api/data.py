"""What the API says of notices, licenses and filings to the two sides of each."""

from typing import Any

from licensing.enums import FilingSide
from licensing.models import License, Notice
from licensing.queries.facts import paid_for
from licensing.queries.progress import verification_url
from licensing.queries.standing import Standing
from licensing.queries.terms import terms_of
from licensing.queries.timing import filing_due_on
from licensing.rules.terms import fee_of, hash_of
from registry.fees.terms import describe, due_at_start
from registry.models import Statement

_AS_SERVED = (
    "id", "status", "licensee_name", "licensee_uscc", "licensee_address", "contact_name", "contact_phone",
    "contact_email", "intended_start_on", "signed_name", "served_at", "served_on", "terms", "terms_hash",
    "due_at_start",
)  # fmt: skip
_LICENSE = (
    "id", "number", "status", "statement", "notice", "notice_id", "served_on", "paid_on", "effective_on", "ends_on",
    "ended_on", "terms_hash", "verification_code",
)  # fmt: skip


def terms_data(statement: Statement) -> dict[str, Any]:
    """Return the announced terms with the hash that a notice must name."""
    terms = terms_of(statement)
    fee = fee_of(terms)
    return {
        "statement_number": statement.number,
        "terms": terms,
        "terms_hash": hash_of(terms),
        "words": describe(fee),
        "due_at_start": due_at_start(fee),
    }


def notice_data(notice: Notice, standing: Standing) -> dict[str, Any]:
    """Return a notice. The payee's account is for the licensee, who pays."""
    license = getattr(notice, "license", None)
    pays = standing.side == FilingSide.LICENSEE
    return {
        **{name: getattr(notice, name) for name in _AS_SERVED},
        "side": standing.side,
        "statement_number": notice.statement.number,
        "patent_number": notice.statement.patent.number,
        "paid": paid_for(notice),
        "payee_account": notice.statement.payee_account if pays else "",
        "payments": notice.payments.all(),
        "receipt": getattr(notice, "receipt", None),
        "license": license and license.pk,
    }


def _termination(license: License) -> dict[str, Any] | None:
    proposal = getattr(license, "termination", None)
    if proposal is None:
        return None
    by_licensee = proposal.proposed_for_id == license.licensee_id
    return {
        "side": FilingSide.LICENSEE if by_licensee else FilingSide.LICENSOR,
        "last_day_on": proposal.last_day_on,
        "reason": proposal.reason,
        "proposed_at": proposal.proposed_at,
    }


def license_data(license: License, standing: Standing) -> dict[str, Any]:
    """Return a license with the proposal to end it, its filings and the last day to file."""
    return {
        **{name: getattr(license, name) for name in _LICENSE},
        "side": standing.side,
        "verification_url": verification_url(license),
        "filing_due_on": filing_due_on(license),
        "termination": _termination(license),
        "filings": license.filings.select_related("applicant", "license").order_by("-submitted_at"),
    }
