"""What an annulled event had brought about in statements of its patent and is not undone with it."""

from collections.abc import Iterator

from django.db.models import Q

from registry.enums import AftermathKind, StatementStatus
from registry.models import Examination, Patent, RegisterEvent, Statement, WithdrawalDuty
from registry.queries.ending import EVENTS_BEHIND
from registry.queries.events import while_it_counted

_AT_FILING = {"A4": "F11"}  # a statement under examination meets another rule on who the patentee is
_ENDED = (StatementStatus.WITHDRAWN, StatementStatus.ENDED, StatementStatus.REVOKED)


def left_behind(patent: Patent, event: RegisterEvent) -> Iterator[tuple[Statement, AftermathKind]]:
    """Return the statements that ended, or were refused, on a ground that this event brought about.

    Whether they would have ended otherwise too, on another ground that stood beside it, is for a person to judge.
    """
    rules = [rule for rule, kinds in EVENTS_BEHIND.items() if event.kind in kinds]
    if not rules:
        return
    named, found = Q(pk__in=[]), Q(pk__in=[])
    for rule in rules:
        named |= Q(rules__contains=[rule])
        found |= Q(violations__contains=[{"rule": _AT_FILING.get(rule, rule)}])
    duties = WithdrawalDuty.objects.filter(named, while_it_counted(event, "opened_at"))
    refusals = Examination.objects.filter(found, while_it_counted(event, "done_at"), event="propose_refusal")
    own = patent.statements.order_by("pk")
    for statement in own.filter(status__in=_ENDED, duties__in=duties).distinct():
        yield statement, AftermathKind.ENDED
    for statement in own.filter(status=StatementStatus.REFUSED, examinations__in=refusals).distinct():
        yield statement, AftermathKind.REFUSED
