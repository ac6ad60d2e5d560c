"""The single extension of a mediation, with the consent of both sides (M590 18; office practice)."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import M590
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Violation
from core.transitions import advance, lock
from mediation import notifications
from mediation.enums import CaseStatus, Side
from mediation.models import Case, ExtensionConsent
from mediation.permissions import Standing, require
from mediation.rules.clocks import extended_due
from mediation.rules.conduct import EXTENSION, ActFacts


@transaction.atomic
def consent_to_extension(*, case: Case, by: Actor, at: datetime) -> ExtensionConsent:
    """Consent for one's side. Once given it stays; given twice it is the same consent.

    Raises:
        Case.DoesNotExist: the actor is on neither side of this case.
        IllegalStep: the case is not in mediation.
        Refused: it has been extended already.
    """
    locked = lock(case)
    side = require(by, locked, Standing.APPLICANT, Standing.RESPONDENT, on=law_date(at)).side
    if locked.status != CaseStatus.IN_MEDIATION:
        raise IllegalStep("case", "consent_to_extension", locked.status)
    once = [found for found in _violations(locked, at) if found.rule == "E1"]
    if once:
        raise Refused(once)
    consent, made = ExtensionConsent.objects.get_or_create(
        case=locked, side=side, defaults={"given_by_id": by.person_id, "given_at": at}
    )
    if made:
        audit.record("consent_to_extension", locked, by=by, at=at, basis=(M590(18),), data={"side": str(side)})
        notifications.tell_side(locked, side.other, "consent", at=at, about=consent.pk)
        notifications.tell_mediators(locked, "consent", at=at, about=consent.pk)
    return consent


@transaction.atomic
def extend(*, case: Case, by: Actor, at: datetime) -> Case:
    """Extend the mediation by thirty days, once.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        Refused: a side has not consented, or it has been extended already.
        IllegalStep: the case is not in mediation.
    """
    today = law_date(at)
    locked = lock(case)
    require(by, locked, Standing.MEDIATOR, on=today)
    locked.lifecycle.step("extend", locked.status, by.roles)
    violations = _violations(locked, at)
    if violations:
        raise Refused(violations)
    assert locked.ends_due_on is not None, "case_mediation_has_term"
    due_on = extended_due(locked.ends_due_on, on=today)
    extended = advance(locked, "extend", by=by, at=at, fields={"ends_due_on": due_on, "extended_at": at})
    notifications.tell_parties(extended, "extended", at=at, due_on=due_on)
    return extended


def _violations(case: Case, at: datetime) -> list[Violation]:
    given = set(case.extension_consents.values_list("side", flat=True))
    facts = ActFacts(
        status=case.status,
        extended=case.extended_at is not None,
        applicant_consents=Side.APPLICANT in given,
        respondent_consents=Side.RESPONDENT in given,
        due_on=case.ends_due_on,
        today=law_date(at),
    )
    return EXTENSION.check(facts, on=law_date(at))
