"""The check every deciding action begins with: may this person decide this matter at all?"""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.models import Membership
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused, Violation
from registry.models import Statement
from registry.rules.conduct import CONDUCT, ConductFacts


def belongs_to_a_party(by: Actor, statement: Statement) -> bool:
    """Whether the person who acts belongs or ever belonged to the filer, an agency of its or a holder of the patent."""
    return by.user_id is not None and belongs(by.user_id, statement)


def belongs(user_id: UUID, statement: Statement) -> bool:
    """Whether a person belongs or ever belonged to the filer, an agency of its or a holder of the patent."""
    return (
        Membership.objects.filter(user_id=user_id)
        .filter(
            Q(organisation_id__in=[statement.filed_by_id, statement.agency_id])
            | Q(organisation_id__in=statement.agency_changes.values("before"))
            | Q(organisation__patentees__ownerships__patent_id=statement.patent_id)
        )
        .exists()
    )


def require_conduct(by: Actor, statement: Statement, *, examiner_id: object, at: datetime, approves: bool) -> None:
    """Let the act go on only if rules C1 to C3 allow it.

    Raises:
        Refused: the person is party, alone, or at a colleague's desk.
    """
    violations = conduct_violations(by, statement, examiner_id=examiner_id, at=at, approves=approves)
    if violations:
        raise Refused(violations)


def conduct_violations(
    by: Actor, statement: Statement, *, examiner_id: object, at: datetime, approves: bool
) -> list[Violation]:
    """Return what keeps this person from deciding on the statement."""
    facts = ConductFacts(
        deciding_id=by.person_id,
        examiner_id=examiner_id,  # type: ignore[arg-type]
        belongs_to_a_party=belongs_to_a_party(by, statement),
        approves=approves,
    )
    return CONDUCT.check(facts, on=law_date(at))
