"""The respondent's answer: it agrees to be mediated, or refuses (M590 3, 8)."""

from datetime import datetime

from django.db import transaction

from core.deadlines import law_date
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused
from core.transitions import advance, lock
from mediation import notifications
from mediation.enums import CaseStatus, ClosingGround, Side
from mediation.models import Answer, Case
from mediation.permissions import Standing, require
from mediation.rules.clocks import mediation_due
from mediation.rules.conduct import ANSWER, ActFacts


@transaction.atomic
def answer(*, case: Case, agrees: bool, statement: str, by: Actor, at: datetime) -> Case:
    """Answer for the respondent. Agreement starts the mediation and its thirty days; refusal closes the case.

    Raises:
        Case.DoesNotExist: the actor is not on the respondent's side of this case.
        IllegalStep: the case does not wait for an answer.
        Refused: the last day is past.
    """
    today = law_date(at)
    locked = lock(case)
    require(by, locked, Standing.RESPONDENT, on=today)
    event = "accept" if agrees else "refuse"
    if locked.status != CaseStatus.ASKED:  # refusing to go on later is another act
        raise IllegalStep("case", "answer", locked.status)
    violations = ANSWER.check(ActFacts(status=locked.status, due_on=locked.reply_due_on, today=today), on=today)
    if violations:
        raise Refused(violations)
    Answer.objects.create(case=locked, agrees=agrees, statement=statement, answered_by_id=by.person_id, answered_at=at)
    if not agrees:
        refused = advance(
            locked, event, by=by, at=at, fields={"closed_at": at, "closing_ground": ClosingGround.REFUSAL}
        )
        notifications.tell_side(refused, Side.APPLICANT, "closed", at=at)
        notifications.tell_mediators(refused, "closed", at=at)
        return refused
    due_on = mediation_due(today)
    begun = advance(locked, event, by=by, at=at, fields={"mediation_since_on": today, "ends_due_on": due_on})
    notifications.tell_side(begun, Side.APPLICANT, "accepted", at=at, due_on=due_on)
    notifications.tell_mediators(begun, "accepted", at=at, due_on=due_on)
    return begun
