"""How licenses and waiting notices end: by time, by agreement, with the statement."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import PRACTICE
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.transitions import advance
from licensing.actions.locking import lock_license, lock_notice
from licensing.actions.sides import require_side
from licensing.enums import LicenseStatus, NoticeStatus
from licensing.lifecycles import LICENSE
from licensing.models import License, Notice, TerminationAgreement, TerminationProposal
from licensing.notifications import tell_both_sides, tell_of_notice
from licensing.queries.timing import cancellation_due_on, proof_accepted_until

BY_AGREEMENT = (PRACTICE("end of a license by agreement"),)


def expire_licenses(*, by: Actor, at: datetime) -> int:
    """Expire every license whose last day is past, each in its own transaction; return how many. Safe to run twice."""
    on = law_date(at)
    over = License.objects.filter(status=LicenseStatus.IN_FORCE, ends_on__lt=on).order_by("ends_on", "id")
    return sum(_expire(license_id, by=by, at=at) for license_id in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _expire(license_id: UUID, *, by: Actor, at: datetime) -> bool:
    license = lock_license(license_id)
    if license.status != LicenseStatus.IN_FORCE:
        return False
    license = advance(license, "expire", by=by, at=at, fields={"ended_on": license.ends_on})
    tell_both_sides("expired", license, at=at, ended_on=str(license.ended_on), due_on=str(cancellation_due_on(license)))
    return True


def close_notices(*, by: Actor, at: datetime) -> int:
    """Close notices that nothing can complete any more: the statement ended and the time for proof is over."""
    on = law_date(at)
    waiting = Notice.objects.filter(status=NoticeStatus.WAITING, statement__ended_on__isnull=False)
    rows = list(waiting.order_by("served_at").values_list("pk", "statement__ended_on"))
    return sum(_close(pk, by=by, at=at) for pk, ended_on in rows if ended_on and on > proof_accepted_until(ended_on))


@transaction.atomic
def _close(notice_id: UUID, *, by: Actor, at: datetime) -> bool:
    notice = lock_notice(notice_id)
    if notice.status != NoticeStatus.WAITING:
        return False
    advance(notice, "close", by=by, at=at, fields={"closed_at": at})
    tell_of_notice("closed", notice, at=at)
    return True


@transaction.atomic
def propose_termination(
    *, license_id: UUID, last_day_on: date, reason: str, by: Actor, at: datetime
) -> TerminationProposal:
    """Propose to the other side that the license ends early. Nothing changes until it agrees.

    Raises:
        IllegalStep: the license is over, or a proposal is already made.
        License.DoesNotExist: the actor acts for neither side.
        ValueError: the last day is past, or not before the end of the term.
    """
    license = lock_license(license_id)
    standing = require_side(license, by=by, at=at)
    if license.status != LicenseStatus.IN_FORCE or TerminationProposal.objects.filter(license=license).exists():
        raise IllegalStep(LICENSE.name, "propose_termination", license.status)
    if not law_date(at) <= last_day_on < license.ends_on:
        raise ValueError("the last day lies between today and the end of the term")
    proposal = TerminationProposal.objects.create(
        license=license,
        last_day_on=last_day_on,
        reason=reason,
        proposed_for_id=standing.organisation_id,
        proposed_by_id=by.person_id,
        proposed_at=at,
    )
    audit.record("propose_termination", license, by=by, at=at, basis=BY_AGREEMENT, data={"last_day": str(last_day_on)})
    tell_both_sides("termination_proposed", license, at=at, last_day_on=str(last_day_on))
    return proposal


@transaction.atomic
def agree_to_termination(*, license_id: UUID, by: Actor, at: datetime) -> License:
    """Agree to the other side's proposal: the license ends with the proposed day, or with today if that is past.

    Raises:
        License.DoesNotExist: the actor acts for neither side.
        IllegalStep: the license is over, or nothing is proposed.
        WrongRole: the actor is on the side that proposed it.
    """
    license = lock_license(license_id)
    standing = require_side(license, by=by, at=at)
    proposal = TerminationProposal.objects.filter(license=license).first()
    if proposal is None:
        raise IllegalStep(LICENSE.name, "terminate", license.status)
    proposed_by_licensee = proposal.proposed_for_id == license.licensee_id
    if proposed_by_licensee == (standing.organisation_id == license.licensee_id):
        raise WrongRole(LICENSE.name, "terminate", by.roles)
    TerminationAgreement.objects.create(
        proposal=proposal, agreed_for_id=standing.organisation_id, agreed_by_id=by.person_id, agreed_at=at
    )
    last_day_on = max(proposal.last_day_on, law_date(at) - timedelta(days=1), license.effective_on)
    license = advance(license, "terminate", by=by, at=at, fields={"ended_on": min(last_day_on, license.ends_on)})
    tell_both_sides(
        "terminated", license, at=at, ended_on=str(license.ended_on), due_on=str(cancellation_due_on(license))
    )
    return license
