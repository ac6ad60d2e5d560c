"""The patentee names the agency that acts on its statement from now on, or acts without one (LAW 18)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation
from core import audit
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused
from registry.actions.ending_requests import missing_consents, prepared_withdrawal, submit_withdrawal
from registry.actions.submitting import locked_with_patent
from registry.enums import PENDING_STATUSES
from registry.models import AgencyChange, Statement
from registry.notifications import tell_agencies
from registry.queries.acting import agencies_with_mandate, in_mainland
from registry.rules.acting import CHANGE, NAMING, NamingFacts

BASIS = (LAW(18), GL("V-11 §3.3"), CHANGE)


@transaction.atomic
def name_agency(*, statement: Statement, agency_id: UUID | None, by: Actor, at: datetime) -> Statement:
    """Let this agency act on a statement at the office or announced from now on, or nobody but the patentee itself.

    The agency before it no longer reads or does anything on the statement; what it did stands (docs/adr/0020). The text,
    which names the agency that sent it first, stays as it is, and so do the consents to it.

    Raises:
        Statement.DoesNotExist: the actor is not the patentee who filed it.
        IllegalStep: it is still a draft, or over.
        Refused: no mandate is in force, the patentee needs an agency, or nothing would change.
    """
    on = law_date(at)
    locked = locked_with_patent(statement, by=by, at=at, act=None)
    if by.organisation_id != locked.filed_by_id:
        raise Statement.DoesNotExist(f"{by.label} is not the patentee")
    if locked.status not in PENDING_STATUSES:
        raise IllegalStep("statement", "name_agency", locked.status)
    agency = Organisation.objects.filter(pk=agency_id).first() if agency_id is not None else None
    facts = NamingFacts(
        agency=agency.name if agency is not None else str(agency_id or ""),
        mandated=agency in agencies_with_mandate(locked, on=on),
        in_mainland=in_mainland(locked),
        acts_already=agency_id == locked.agency_id,
    )
    violations = NAMING.check(facts, on=on)
    if violations:
        raise Refused(violations)
    before = locked.agency
    AgencyChange.objects.create(statement=locked, before=before, after=agency, named_by_id=by.person_id, named_at=at)
    locked.agency = agency
    locked.save(update_fields=["agency"])
    data = {"before": str(before.pk) if before else "", "after": str(agency.pk) if agency else ""}
    audit.record("name_agency", locked, by=by, at=at, basis=BASIS, data=data)
    tell_agencies(locked, before=before, after=agency, at=at)
    waiting = prepared_withdrawal(locked)
    if waiting is not None and not missing_consents(waiting):
        submit_withdrawal(waiting, by=by, at=at)
    return locked
