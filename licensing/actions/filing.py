"""Filing a license with the office (备案) and taking a filing back. Either side files, alone (RULES 87; FAQ2 Q8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import FAQ2, GL, RULES
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from core.storage import store
from core.transitions import advance
from core.validation.files import CleanFile
from licensing.actions.locking import lock_filing, lock_license
from licensing.actions.sides import require_side
from licensing.enums import STANDING_FILINGS, FilingPaperKind
from licensing.lifecycles import FILING
from licensing.models import Filing, FilingPaper
from licensing.notifications import tell_both_sides
from licensing.queries.checks import filing_readiness
from licensing.queries.facts import is_export_license
from licensing.queries.timing import decision_due_on, filing_due_on


@dataclass(frozen=True, slots=True)
class PaperUpload:
    """A paper for a filing: what it is, and its inspected copy."""

    kind: FilingPaperKind
    file: CleanFile


@transaction.atomic
def submit_filing(
    *, license_id: UUID, handler_name: str, papers: Sequence[PaperUpload], by: Actor, at: datetime
) -> Filing:
    """File a license. The notice, the terms and the voucher or receipt are on file already and go with it.

    The last day is three months after the effective date (RULES 15(2)); later it is accepted and flagged.

    Raises:
        Refused: a ground against recording stands already, or a paper is missing.
        License.DoesNotExist: the actor acts for neither side.
    """
    license = lock_license(license_id)
    on = law_date(at)
    standing = require_side(license, by=by, at=at)
    violations = filing_readiness(
        license,
        at=at,
        papers={paper.kind.value for paper in papers},
        through_agency=standing.through_agency,
        handler_named=bool(handler_name),
        standing_filing=license.filings.filter(status__in=STANDING_FILINGS).exists(),
    )
    if any(violation.blocks for violation in violations):
        raise Refused(violation for violation in violations if violation.blocks)
    due_on = filing_due_on(license)
    filing = Filing.objects.create(
        license=license,
        side=standing.side,
        applicant_id=standing.organisation_id,
        handler_name=handler_name,
        submitted_by_id=by.person_id,
        submitted_at=at,
        submitted_on=on,
        due_on=due_on,
        is_late=on > due_on,
        is_export=is_export_license(license),
        is_represented=standing.through_agency,
    )
    for paper in papers:
        FilingPaper.objects.create(filing=filing, kind=paper.kind, file=store(paper.file, by=by, at=at), added_at=at)
    basis = (RULES(15, 2), RULES(87), GL("V-11 §7"), FAQ2("Q8"))
    data = {"license": license.number, "side": standing.side.value, "late": filing.is_late}
    audit.record("submit", filing, by=by, at=at, basis=basis, to_status=filing.status, data=data)
    tell_both_sides("filed", license, at=at, due_on=str(decision_due_on(filing)))
    return filing


@transaction.atomic
def take_back_filing(*, filing_id: UUID, by: Actor, at: datetime) -> Filing:
    """Take a filing back before the office decides. Only the side that filed may.

    Raises:
        License.DoesNotExist: the actor acts for neither side of the license.
        IllegalStep: the office has decided.
        WrongRole: the other side filed.
    """
    filing = lock_filing(filing_id)
    license = filing.license
    standing = require_side(license, by=by, at=at)
    if standing.organisation_id != filing.applicant_id:
        raise WrongRole(FILING.name, "take_back", by.roles)
    advance(filing, "take_back", by=by, at=at)
    tell_both_sides("filing_taken_back", license, at=at)
    return filing
