"""Annulling a register event that was entered by mistake: another event says that it does not count (RULES 106)."""

from datetime import datetime
from uuid import uuid4

from django.db import transaction

from core.deadlines import law_date
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from registry.actions.events import RECORDERS, Received, own_matter, take_in_events
from registry.enums import OFFICE, EventKind
from registry.models import RegisterEvent
from registry.queries.events import annulment_of, is_entered
from registry.rules.entering import ANNULLING, DECIDING, AnnulmentFacts, PersonFacts


@transaction.atomic
def annul_event(*, event: RegisterEvent, reason: str, by: Actor, at: datetime) -> RegisterEvent:
    """Annul an event of whatever source as the office, and return the annulment.

    The facts of the patent are folded without it, and its statements checked again, in the same transaction. The event
    itself is kept as received; what it caused and cannot be undone becomes a task of the examiners.

    Raises:
        WrongRole: neither an examiner nor an administrator.
        Refused: R10, the patent is their own organisation's; R12, no reason, or nothing that can be annulled.
    """
    if not by.roles & RECORDERS:
        raise WrongRole("register event", "annul", by.roles)
    on = law_date(at)
    own = PersonFacts(own_matter=own_matter(by, event.patent_number, at=at))
    facts = AnnulmentFacts(
        waiting=not is_entered(event),
        is_annulment=event.kind == EventKind.ANNULMENT,
        annulled_already=annulment_of(event) is not None,
        reason_missing=not reason.strip(),
    )
    violations = [*DECIDING.check(own, on=on, only=["R10"]), *ANNULLING.check(facts, on=on)]
    if violations:
        raise Refused(violations)
    details = {"annuls": event.reference, "annuls_source": event.source, "reason": reason.strip()}
    received = Received(event.patent_number, EventKind.ANNULMENT, on, OFFICE, str(uuid4()), details)
    return take_in_events(events=[received], by=by, at=at).entered[0]
