"""The office's decisions on filings: recorded with a number, refused or revoked with reasons, canceled (O62)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import Membership
from core.deadlines import law_date
from core.legal import setting
from core.lifecycle import Actor, IllegalStep
from core.references import next_number
from core.rules import Refused, Violation
from core.transitions import advance
from licensing.actions.locking import lock_filing
from licensing.actions.sides import require_side
from licensing.enums import ChangeStatus, LicenseStatus
from licensing.lifecycles import FILING
from licensing.models import Filing
from licensing.notifications import tell_both_sides
from licensing.queries.announcements import cancellation_content, filing_content
from licensing.queries.checks import filing_violations
from licensing.queries.parties import licensors_of
from licensing.rules.conduct import DECIDING, DecidingFacts
from registry.actions.pending import queue_entry
from registry.enums import EntryKind


@transaction.atomic
def record_filing(*, filing_id: UUID, by: Actor, at: datetime) -> Filing:
    """Record a license: give it its filing number and have the next issue announce it (O62 Art 11; GL V-8 §1.3.2.7).

    Raises:
        Refused: a ground of O62 Art 12 stands against it, or the examiner belongs to a side.
        WrongRole, IllegalStep: not an examiner, or decided already.
    """
    filing = lock_filing(filing_id)
    FILING.step("record", filing.status, by.roles)
    on = law_date(at)
    found = filing_violations(filing, on=on)
    refuse_on([*conduct_of(filing, by, at), *found])
    serial = next_number(f"filing:{on.year}")
    number = setting("filing_number_pattern", on=on).text.format(
        year=on.year, office=setting("filing_number_office", on=on).text, serial=serial
    )
    fields = {"number": number, "recorded_on": on, **decision(by, at, violations=_as_data(found))}
    advance(filing, "record", by=by, at=at, fields=fields, data={"number": number})
    queue_entry(
        kind=EntryKind.FILING,
        patent=filing.license.statement.patent,
        subject_id=filing.pk,
        content=filing_content(filing),
        by=by,
        at=at,
    )
    tell_both_sides("recorded", filing.license, at=at, number=number, recorded_on=str(on))
    return filing


@transaction.atomic
def refuse_filing(*, filing_id: UUID, reasons: str, by: Actor, at: datetime) -> Filing:
    """Refuse a filing with reasons; the grounds as checked that day are kept with them (O62 Art 12).

    Raises:
        Refused: no reasons are given, or the examiner belongs to a side.
        WrongRole, IllegalStep: not an examiner, or decided already.
    """
    filing = lock_filing(filing_id)
    FILING.step("refuse", filing.status, by.roles)
    refuse_on(conduct_of(filing, by, at, reasons=reasons))
    found = _as_data(filing_violations(filing, on=law_date(at)))
    advance(filing, "refuse", by=by, at=at, fields={"reasons": reasons, **decision(by, at, violations=found)})
    tell_both_sides("filing_refused", filing.license, at=at, reasons=reasons)
    return filing


@transaction.atomic
def revoke_filing(*, filing_id: UUID, reasons: str, by: Actor, at: datetime) -> Filing:
    """Revoke the record for a ground found later; the revocation is announced (O62 Art 12).

    The grounds as checked that day are kept with the reasons.

    Raises:
        Refused: no reasons are given, or the examiner belongs to a side.
        WrongRole, IllegalStep: not an examiner, or the license is not recorded.
    """
    filing = lock_filing(filing_id)
    FILING.step("revoke", filing.status, by.roles)
    refuse_on(conduct_of(filing, by, at, reasons=reasons))
    found = _as_data(filing_violations(filing, on=law_date(at)))
    fields = {"reasons": reasons, "canceled_on": law_date(at), **decision(by, at, violations=found)}
    advance(filing, "revoke", by=by, at=at, fields=fields)
    _end_record(filing, by=by, at=at)
    tell_both_sides("filing_revoked", filing.license, at=at, reasons=reasons)
    return filing


@transaction.atomic
def cancel_filing(*, filing_id: UUID, by: Actor, at: datetime) -> Filing:
    """Cancel the record of a license that is over. Either side does, within 30 days, or an examiner.

    Raises:
        License.DoesNotExist: the actor acts for an organisation that is on neither side.
        IllegalStep: the license still runs, or is not recorded.
        WrongRole: a person of the office who is no examiner.
    """
    filing = lock_filing(filing_id)
    license = filing.license
    on = law_date(at)
    if by.organisation_id is not None:
        require_side(license, by=by, at=at)
    if license.status == LicenseStatus.IN_FORCE:
        raise IllegalStep(FILING.name, "cancel", license.status)
    advance(filing, "cancel", by=by, at=at, fields={"canceled_on": on})
    _end_record(filing, by=by, at=at)
    tell_both_sides("filing_canceled", license, at=at, canceled_on=str(on))
    return filing


def _end_record(filing: Filing, *, by: Actor, at: datetime) -> None:
    """Announce that the record has ended; what was still to be changed about it is closed."""
    for change in filing.changes.filter(status=ChangeStatus.REQUESTED):
        advance(change, "close", by=by, at=at)
    queue_entry(
        kind=EntryKind.FILING_CANCELLATION,
        patent=filing.license.statement.patent,
        subject_id=filing.pk,
        content=cancellation_content(filing),
        by=by,
        at=at,
    )


def decision(by: Actor, at: datetime, **more: Any) -> dict[str, Any]:
    """Return the columns that say who decided and when."""
    return {"decided_by_id": by.person_id, "decided_at": at, **more}


def _as_data(violations: list[Violation]) -> list[dict[str, Any]]:
    return [violation.as_data() for violation in violations]


def conduct_of(filing: Filing, by: Actor, at: datetime, reasons: str | None = None) -> list[Violation]:
    """Return what forbids this person the decision: an own matter, or reasons that are missing."""
    sides = [*licensors_of(filing.license.statement), filing.license.licensee_id, filing.applicant_id]
    belongs = Membership.objects.filter(user_id=by.person_id, organisation_id__in=sides).exists()
    facts = DecidingFacts(belongs_to_a_side=belongs, reasons=reasons)
    return DECIDING.check(facts, on=law_date(at))


def refuse_on(violations: list[Violation]) -> None:
    """Raise Refused if any of these blocks."""
    blocking = [violation for violation in violations if violation.blocks]
    if blocking:
        raise Refused(blocking)
