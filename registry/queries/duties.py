"""Duties to withdraw: which run, which are over due, what the office does then."""

from datetime import date

from django.db.models import QuerySet

from core.legal import GL
from core.rules import Rule
from registry.enums import StatementStatus
from registry.models import Statement, WithdrawalDuty
from registry.rules import ACCEPTANCE, BARS

DUTY_BASIS = (GL("V-11 §2"), GL("V-11 §4"))


def open_duties() -> QuerySet[WithdrawalDuty]:
    """Return the duties whose statement is still announced, the next due first."""
    running = WithdrawalDuty.objects.filter(closed_at=None, statement__status=StatementStatus.ANNOUNCED)
    return running.select_related("statement__patent", "statement__filed_by").order_by("due_on", "pk")


def overdue_duties(*, on: date) -> QuerySet[WithdrawalDuty]:
    """Return those that were neither obeyed nor fell away in time: the office ends the statement (GL V-11 §4)."""
    return open_duties().filter(due_on__lt=on)


def open_duty(statement: Statement) -> WithdrawalDuty | None:
    """Return the statement's running duty; its ``consequence`` is the kind of ending that the office would propose."""
    return open_duties().filter(statement=statement).first()


def grounds_of(duty: WithdrawalDuty) -> list[Rule]:
    """Return the rules that stand against the statement, with their titles and articles."""
    return [rule for book in (BARS, ACCEPTANCE) for rule in book.rules if rule.id in duty.rules]


def renamed_since_announcement(statement: Statement) -> list[str]:
    """Return the names of holders of an announced statement that its bulletin entry does not have: pure changes of name,
    or a change of patentee, which bars acceptance besides."""
    if statement.announced_in is None:
        return []
    announced = statement.announced_in.content.get("patentees", [])
    return [held.patentee.name for held in statement.patent.ownerships.all() if held.patentee.name not in announced]
