"""Changing a recorded filing: a side requests it, an examiner decides; or the office makes it of its own motion."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import GL, O62
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.models import StoredFile
from core.storage import store
from core.transitions import advance
from core.validation.files import CleanFile
from licensing.actions.deciding import conduct_of, decision, refuse_on
from licensing.actions.locking import lock_change, lock_filing
from licensing.actions.sides import require_side
from licensing.enums import ChangeItem, ChangeStatus, FilingStatus
from licensing.lifecycles import FILING, FILING_CHANGE
from licensing.models import Filing, FilingChange
from licensing.notifications import tell_both_sides
from licensing.queries.announcements import change_content
from licensing.queries.changes import change_facts, facts_of, recorded_names, register_names
from licensing.queries.standing import Standing
from licensing.queries.timing import change_due_on
from licensing.rules import CHANGING
from registry.actions.pending import queue_entry
from registry.enums import EntryKind

BASIS = (O62(), GL("V-8 §1.3.2.7"))


@transaction.atomic
def request_change(
    *, filing_id: UUID, item: ChangeItem, after: str, grounds: str, proof: CleanFile | None, by: Actor, at: datetime
) -> FilingChange:
    """Ask the office to record a party under another name. A licensor's name is taken from the register of patents.

    Raises:
        Refused: nothing changes, another change waits, or grounds or proof are missing.
        License.DoesNotExist: the actor acts for neither side.
        IllegalStep: the license is not recorded.
    """
    filing = _recorded(filing_id)
    standing = require_side(filing.license, by=by, at=at)
    after = _names(filing, item, after)
    facts = change_facts(filing, item, after=after, grounds=grounds, by_side=True, proved=proof is not None)
    refuse_on(CHANGING.check(facts, on=law_date(at)))
    kept = store(proof, by=by, at=at) if proof is not None else None
    change = _begin(filing, item, after, grounds, standing=standing, proof=kept, by=by, at=at)
    due_on = str(change_due_on(change))
    tell_both_sides("change_requested", filing.license, at=at, before=change.before, after=after, due_on=due_on)
    return change


@transaction.atomic
def make_change(
    *, filing_id: UUID, item: ChangeItem, after: str, grounds: str, by: Actor, at: datetime
) -> FilingChange:
    """Change a record of the office's own motion, with its grounds; both sides read them.

    Raises:
        Refused: as :func:`request_change`, or the examiner belongs to a side.
        WrongRole, IllegalStep: not an examiner, or the license is not recorded.
    """
    filing = _recorded(filing_id)
    FILING_CHANGE.step("record", ChangeStatus.REQUESTED, by.roles)
    on, after = law_date(at), _names(filing, item, after)
    facts = change_facts(filing, item, after=after, grounds=grounds, by_side=False, proved=False)
    refuse_on([*conduct_of(filing, by, at), *CHANGING.check(facts, on=on)])
    change = _begin(filing, item, after, grounds, standing=None, proof=None, by=by, at=at)
    return _record(change, by=by, at=at)


@transaction.atomic
def record_change(*, change_id: UUID, by: Actor, at: datetime) -> FilingChange:
    """Record a requested change; the next issue of the bulletin announces it.

    Raises:
        Refused: a rule stands against it now, or the examiner belongs to a side.
        WrongRole, IllegalStep: not an examiner, or decided already.
    """
    change = lock_change(change_id)
    FILING_CHANGE.step("record", change.status, by.roles)
    refuse_on([*conduct_of(change.filing, by, at), *CHANGING.check(facts_of(change), on=law_date(at))])
    return _record(change, by=by, at=at)


@transaction.atomic
def refuse_change(*, change_id: UUID, reasons: str, by: Actor, at: datetime) -> FilingChange:
    """Refuse a requested change with reasons; the record stays as it is.

    Raises:
        Refused: no reasons are given, or the examiner belongs to a side.
        WrongRole, IllegalStep: not an examiner, or decided already.
    """
    change = lock_change(change_id)
    FILING_CHANGE.step("refuse", change.status, by.roles)
    refuse_on(conduct_of(change.filing, by, at, reasons=reasons))
    advance(change, "refuse", by=by, at=at, fields=decision(by, at, reasons=reasons))
    tell_both_sides(
        "change_refused", change.filing.license, at=at, before=change.before, after=change.after, reasons=reasons
    )
    return change


@transaction.atomic
def take_back_change(*, change_id: UUID, by: Actor, at: datetime) -> FilingChange:
    """Take a request back before the office decides. Only the side that made it may.

    Raises:
        License.DoesNotExist: the actor acts for neither side of the license.
        IllegalStep: it is decided, or closed with the record.
        WrongRole: the other side or the office made it.
    """
    change = lock_change(change_id)
    filing = change.filing
    standing = require_side(filing.license, by=by, at=at)
    if standing.organisation_id != change.applicant_id:
        raise WrongRole(FILING_CHANGE.name, "take_back", by.roles)
    advance(change, "take_back", by=by, at=at)
    tell_both_sides("change_taken_back", filing.license, at=at, before=change.before, after=change.after)
    return change


def _recorded(filing_id: UUID) -> Filing:
    filing = lock_filing(filing_id)
    if filing.status != FilingStatus.RECORDED:
        raise IllegalStep(FILING.name, "change", filing.status)
    return filing


def _names(filing: Filing, item: ChangeItem, after: str) -> str:
    return register_names(filing) if item == ChangeItem.LICENSORS else after.strip()


def _begin(
    filing: Filing,
    item: ChangeItem,
    after: str,
    grounds: str,
    *,
    standing: Standing | None,
    proof: StoredFile | None,
    by: Actor,
    at: datetime,
) -> FilingChange:
    change = FilingChange.objects.create(
        filing=filing,
        item=item,
        before=recorded_names(filing)[item],
        after=after,
        grounds=grounds.strip(),
        side=standing.side if standing else "",
        applicant_id=standing.organisation_id if standing else None,
        proof=proof,
        requested_by_id=by.person_id,
        requested_at=at,
        requested_on=law_date(at),
    )
    data = {"filing": filing.number, "item": item.value, "before": change.before, "after": after}
    audit.record("request", change, by=by, at=at, basis=BASIS, to_status=change.status, data=data)
    return change


def _record(change: FilingChange, *, by: Actor, at: datetime) -> FilingChange:
    """Record the change, have it announced and tell both sides."""
    filing = change.filing
    on = law_date(at)
    change = advance(change, "record", by=by, at=at, fields=decision(by, at, changed_on=on))
    change.filing = filing
    queue_entry(
        kind=EntryKind.FILING_CHANGE,
        patent=filing.license.statement.patent,
        subject_id=change.pk,
        content=change_content(change),
        by=by,
        at=at,
    )
    said = {"before": change.before, "after": change.after, "changed_on": str(on), "grounds": change.grounds}
    tell_both_sides("filing_changed", filing.license, at=at, number=filing.number, **said)
    return change
