"""Frozen terms and the days that follow from them. Pure."""

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from core.deadlines import add_months
from core.legal import setting
from registry.bulletin.canonical import canonical
from registry.enums import TermMode
from registry.fees.terms import FeeTerms, due_at_start, from_columns


def hash_of(terms: Mapping[str, Any]) -> str:
    """Return the SHA-256, in hex, of the canonical JSON of frozen terms."""
    return hashlib.sha256(canonical(terms)).hexdigest()


def fee_of(terms: Mapping[str, Any]) -> FeeTerms:
    """Return the fee that frozen terms state. Raises UnclearTerms if they state none, which no notice can hold."""
    return from_columns(**terms["fee"])


def effective_day(served_on: date, paid_on: date | None) -> date:
    """Return the day a license takes effect: the later of notice and payment (LAW 51(1); GL V-11 §6).

    ``paid_on`` is None where nothing is due at the start: the notice alone counts.
    """
    return served_on if paid_on is None else max(served_on, paid_on)


def effective_on_notice(terms: Mapping[str, Any], *, on: date) -> bool:
    """Whether the notice alone makes the license: nothing is due at the start, and office practice says so."""
    nothing_due = due_at_start(fee_of(terms)) == 0
    return nothing_due and setting("royalty_only_effective", on=on).text == "on_notice"


def license_ends_on(term: Mapping[str, Any], *, effective_on: date, patent_ends_on: date) -> date:
    """Return the last day of a license: what the terms say, never after the patent's last day (RULES 85(2)(4); O62 12).

    A term of months ends the day before the corresponding day: 12 months from 10 April end on 9 April.
    """
    if term["mode"] == TermMode.UNTIL:
        stated = date.fromisoformat(term["until"])
    else:
        stated = add_months(effective_on, term["months"]) - timedelta(days=1)
    return min(stated, patent_ends_on)
