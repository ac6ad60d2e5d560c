"""Which agency acts for a side in a case. A mandate alone opens no case: the party names the agency here."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import MandateAct
from accounts.models import Membership
from accounts.queries import mandates_in_force
from core import audit
from core.deadlines import law_date
from core.legal import PRACTICE
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Severity, Violation
from core.transitions import lock
from mediation.enums import Side
from mediation.models import Case
from mediation.permissions import Standing, require
from mediation.queries.cases import current_mediators

_BASIS = PRACTICE("agencies in mediation")


@transaction.atomic
def appoint_agency(*, case: Case, agency_id: UUID | None, by: Actor, at: datetime) -> Case:
    """Name the agency that acts for one's side in this case, or none. Only the party itself does so.

    Raises:
        Case.DoesNotExist: the actor is not a party to this case.
        IllegalStep: the case is closed.
        Refused: the agency has no mandate of the party, acts for the other side, or a mediator belongs to it.
    """
    today = law_date(at)
    locked = lock(case)
    side = require(by, locked, Standing.APPLICANT, Standing.RESPONDENT, on=today).side
    if locked.is_closed:
        raise IllegalStep("case", "appoint_agency", locked.status)
    if by.organisation_id != locked.party(side).pk:
        raise Case.DoesNotExist
    if agency_id is not None:
        _check(locked, side, agency_id, today)
    column = f"{side.value}_agency_id"
    setattr(locked, column, agency_id)
    locked.save(update_fields=[column.removesuffix("_id")])
    audit.record("appoint_agency", locked, by=by, at=at, basis=(_BASIS,), data={"agency": str(agency_id or "")})
    return locked


def _check(case: Case, side: Side, agency_id: UUID, today: date) -> None:
    wrong = []
    if (
        not mandates_in_force(agency_id, on=today, act=MandateAct.MEDIATION)
        .filter(principal_id=case.party(side).pk)
        .exists()
    ):
        wrong.append((_("The agency has no mandate of yours in force."), _("Grant it a mandate first.")))
    opposite = side.other
    if agency_id in (case.party(opposite).pk, getattr(case, f"{opposite.value}_agency_id")):
        wrong.append((_("The agency cannot act for both sides."), _("Choose another agency.")))
    people = [mediator.pk for mediator in current_mediators(case)]
    if Membership.objects.filter(organisation_id=agency_id, user_id__in=people).exists():
        wrong.append((_("A mediator of this case belongs to the agency."), _("Choose another agency.")))
    if wrong:
        raise Refused(
            Violation("G1", _("Agency of a side"), Severity.BAR, (_BASIS,), message, remedy, "agency")
            for message, remedy in wrong
        )
