"""What licensing does when the register of patents stops or resumes the acceptance of a statement, or annuls an event."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from core.lifecycle import Actor
from core.rules import Violation
from licensing.actions.aftermath import name_filings
from licensing.notifications import tell_annulled_end, tell_licensees
from registry.enums import AftermathKind
from registry.models import Patent, RegisterEvent, Statement
from registry.queries.aftermath import left_behind
from registry.register_notices import grounds
from registry.signals import acceptance_resumed, acceptance_stopped, event_annulled, statement_ended


@receiver(acceptance_stopped, dispatch_uid="tell licensees of a bar")
def hear_of_bar(
    sender: Any, *, statement: Statement, violations: tuple[Violation, ...], at: datetime, **_more: Any
) -> None:
    """Tell the licensees at once, in the transaction of the entry (GL V-11 §2(2))."""
    tell_licensees("barred", statement, at=at, grounds=grounds(violations))


@receiver(acceptance_resumed, dispatch_uid="tell licensees that a bar fell away")
def hear_of_resumption(sender: Any, *, statement: Statement, at: datetime, **_more: Any) -> None:
    """Tell them too when the last bar is gone."""
    tell_licensees("resumed", statement, at=at)


@receiver(statement_ended, dispatch_uid="tell licensees of an end")
def hear_of_end(sender: Any, *, statement: Statement, at: datetime, **_more: Any) -> None:
    """Tell them of the end of the statement: their licenses live on (LAW 50(2))."""
    tell_licensees("ended", statement, at=at, ended_on=str(statement.ended_on))


@receiver(event_annulled, dispatch_uid="name filings that were decided on an annulled event")
def hear_of_annulment(
    sender: Any,
    *,
    patent: Patent,
    event: RegisterEvent,
    annulment: RegisterEvent,
    by: Actor,
    at: datetime,
    **_more: Any,
) -> None:
    """Name the filings that the event had decided, in the transaction of its annulment, and tell those whose notices
    went nowhere because a statement ended on it (RULES 106)."""
    name_filings(patent, event, annulment, by=by, at=at)
    for statement, kind in left_behind(patent, event):
        if kind is AftermathKind.ENDED:
            tell_annulled_end(statement, event, at=at)
