"""The check every deciding action begins with: may this person decide this matter at all?"""

from datetime import datetime

from django.db.models import Q

from accounts.models import Membership
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Refused
from registry.models import Statement
from registry.rules.conduct import CONDUCT, ConductFacts


def belongs_to_a_party(by: Actor, statement: Statement) -> bool:
    """Whether the person belongs or ever belonged to the filer, its agency or a holder of the patent."""
    if by.user_id is None:
        return False
    return (
        Membership.objects.filter(user_id=by.person_id)
        .filter(
            Q(organisation_id__in=[statement.filed_by_id, statement.agency_id])
            | Q(organisation__patentees__ownerships__patent_id=statement.patent_id)
        )
        .exists()
    )


def require_conduct(by: Actor, statement: Statement, *, examiner_id: object, at: datetime, approves: bool) -> None:
    """Let the act go on only if rules C1 to C3 allow it.

    Raises:
        Refused: the person is party, alone, or at a colleague's desk.
    """
    facts = ConductFacts(
        deciding_id=by.person_id,
        examiner_id=examiner_id,  # type: ignore[arg-type]
        belongs_to_a_party=belongs_to_a_party(by, statement),
        approves=approves,
    )
    violations = CONDUCT.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
