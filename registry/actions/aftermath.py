"""What an annulled event leaves behind is named to the examiners, who say what was done about it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core import audit
from core.legal import PRACTICE, RULES
from core.lifecycle import Actor, IllegalStep, WrongRole
from registry.actions.conduct import require_conduct
from registry.actions.examining import needs
from registry.models import Aftermath, LeftBehind, Patent, RegisterEvent
from registry.queries.aftermath import left_behind
from registry.register_notices import tell_aftermath

BASIS = (RULES(106), PRACTICE("annulment of register events"))


def name_aftermath(
    patent: Patent, event: RegisterEvent, annulment: RegisterEvent, *, by: Actor, at: datetime
) -> list[Aftermath]:
    """Name the statements that ended or were refused because of an event that is annulled now, and tell their filers.

    Called once an event, in the transaction that takes its annulment in; the patent must be locked.
    """
    named = []
    for statement, kind in left_behind(patent, event):
        item = Aftermath.objects.create(event=event, statement=statement, annulment=annulment, kind=kind, found_at=at)
        data = {"kind": kind.value, "event": event.reference, "annulment": annulment.reference}
        audit.record("event_annulled", statement, by=by, at=at, basis=BASIS, data=data)
        tell_aftermath(item, at=at)
        named.append(item)
    return named


@transaction.atomic
def settle_aftermath(*, aftermath: Aftermath, note: str, by: Actor, at: datetime) -> Aftermath:
    """Say what was done about a statement that ended or was refused because of an annulled event.

    Raises:
        WrongRole: not an examiner.
        Refused: no note, or the examiner belongs to a party.
        IllegalStep: it was settled before.
    """
    if Role.EXAMINER not in by.roles:
        raise WrongRole("aftermath", "settle", by.roles)
    require_note(note)
    locked = Aftermath.objects.select_for_update(of=("self",)).select_related("statement").get(pk=aftermath.pk)
    require_conduct(by, locked.statement, examiner_id=None, at=at, approves=False)
    settle(locked, about=locked.statement, note=note, by=by, at=at)
    return locked


def require_note(note: str) -> None:
    """Raise Refused where nothing is said."""
    if not note.strip():
        raise needs("note", _("Say what was done."))


def settle(locked: LeftBehind, *, about: Model, note: str, by: Actor, at: datetime) -> None:
    """Keep what was done about a locked thing that an annulled event left behind.

    Raises:
        IllegalStep: it was settled before.
    """
    if locked.settled_at is not None:
        raise IllegalStep("aftermath", "settle", "settled")
    locked.settled_at, locked.settled_by_id, locked.note = at, by.person_id, note.strip()
    locked.save(update_fields=["settled_at", "settled_by", "note"])
    audit.record("settle_aftermath", about, by=by, at=at, basis=BASIS, data={"note": locked.note})
