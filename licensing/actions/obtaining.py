"""A license comes about by law with notice and payment; this enters it. Nobody is asked (LAW 51(1); GL V-11 §6)."""

import secrets
from datetime import date, datetime

from core import audit
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor
from core.references import next_number
from core.transitions import advance
from licensing.models import License, Notice
from licensing.notifications import tell_both_sides
from licensing.rules.terms import effective_day, license_ends_on

# Crockford's base 32: no letter that looks like a digit.
CODE_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16


def obtain(notice: Notice, *, paid_on: date | None, by: Actor, at: datetime) -> License:
    """Enter the license that a notice and its payment made. Runs inside the act that completed them, under its locks.

    ``paid_on`` is the day of the payment that completed the sum due, None where nothing is due at the start.
    """
    effective_on = effective_day(notice.served_on, paid_on)
    ends_on = license_ends_on(
        notice.terms["term"], effective_on=effective_on, patent_ends_on=notice.statement.patent.term_ends_on
    )
    advance(notice, "complete", by=by, at=at, fields={"closed_at": at})
    year = law_date(at).year
    license = License.objects.create(
        notice=notice,
        number=f"LIC{year}{next_number(f'license:{year}'):06d}",
        statement=notice.statement,
        licensee_id=notice.licensee_id,
        served_on=notice.served_on,
        paid_on=paid_on,
        effective_on=effective_on,
        ends_on=ends_on,
        terms_hash=notice.terms_hash,
        verification_code="".join(secrets.choice(CODE_ALPHABET) for _position in range(CODE_LENGTH)),
        obtained_at=at,
    )
    audit.record(
        "obtain",
        license,
        by=by,
        at=at,
        basis=(LAW(51, 1), GL("V-11 §6")),
        to_status=license.status,
        data={"number": license.number, "effective_on": str(effective_on), "ends_on": str(ends_on)},
    )
    tell_both_sides("obtained", license, at=at, effective_on=str(effective_on), ends_on=str(ends_on))
    return license
