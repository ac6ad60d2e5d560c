"""Filings that were decided on an event annulled now are named to the examiners, who say what was done about them."""

from datetime import datetime

from django.db import transaction

from accounts.roles import Role
from core import audit
from core.lifecycle import Actor, WrongRole
from licensing.actions.deciding import conduct_of, refuse_on
from licensing.models import FilingAftermath
from licensing.notifications import tell_aftermath
from licensing.queries.aftermath import filings_left_behind
from registry.actions.aftermath import BASIS, require_note, settle
from registry.models import Patent, RegisterEvent


def name_filings(patent: Patent, event: RegisterEvent, annulment: RegisterEvent, *, by: Actor, at: datetime) -> None:
    """Name the filings that were decided because of an event that is annulled now, and tell both sides.

    Called once an event, in the transaction that takes its annulment in; the patent must be locked.
    """
    for filing, kind in filings_left_behind(patent, event):
        item = FilingAftermath.objects.create(event=event, filing=filing, annulment=annulment, kind=kind, found_at=at)
        data = {"kind": kind.value, "event": event.reference, "annulment": annulment.reference}
        audit.record("event_annulled", filing, by=by, at=at, basis=BASIS, data=data)
        tell_aftermath(item, at=at)


@transaction.atomic
def settle_filing_aftermath(*, aftermath: FilingAftermath, note: str, by: Actor, at: datetime) -> FilingAftermath:
    """Say what was done about a filing that was decided because of an annulled event.

    Raises:
        WrongRole: not an examiner.
        Refused: no note, or the examiner belongs to a side.
        IllegalStep: it was settled before.
    """
    if Role.EXAMINER not in by.roles:
        raise WrongRole("aftermath", "settle", by.roles)
    require_note(note)
    rows = FilingAftermath.objects.select_for_update(of=("self",)).select_related("filing__license__statement")
    locked = rows.get(pk=aftermath.pk)
    refuse_on(conduct_of(locked.filing, by, at))
    settle(locked, about=locked.filing, note=note, by=by, at=at)
    return locked
