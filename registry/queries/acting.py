"""Who may act on a statement at the office, and what stands against it."""

from datetime import date
from typing import Any

from accounts.enums import MandateAct
from accounts.queries import may_act_for
from accounts.roles import Role
from core.lifecycle import Actor
from core.rules import Violation
from registry.enums import PENDING_STATUSES, StatementStatus
from registry.models import Statement
from registry.queries.facts import owners_of
from registry.queries.progress import correction_missed, extension_days, pending_withdrawal
from registry.queries.statements import violations_of
from registry.rules.acting import ACTING, ActingFacts


def acting_violations(
    actor: Actor, statement: Statement, *, on: date, act: MandateAct = MandateAct.STATEMENTS
) -> list[Violation]:
    """Return what keeps somebody who reads a statement as its filer from such an act at the office."""
    number = statement.patent.number
    facts = ActingFacts(
        in_mainland=in_mainland(statement),
        through_agency=Role.AGENCY in actor.roles,
        covered=may_act_for(actor, statement.filed_by_id, on=on, act=act, patent_number=number),
    )
    return ACTING.check(facts, on=on)


def sending_violations(actor: Actor, statement: Statement, *, on: date) -> list[Violation]:
    """Return everything there is to say of a text and of who would send it, each thing once."""
    of_text = violations_of(statement, on=on)
    said = {str(item.message) for item in of_text}
    return [*(item for item in acting_violations(actor, statement, on=on) if str(item.message) not in said), *of_text]


def acts_offered(actor: Actor, statement: Statement, *, on: date) -> dict[str, Any]:
    """Return which acts at the office a page offers on a statement, and what keeps this actor from them (``barred``)."""
    announced = statement.status == StatementStatus.ANNOUNCED
    act = MandateAct.WITHDRAWALS if announced else MandateAct.STATEMENTS
    barred = acting_violations(actor, statement, on=on, act=act)
    steps = {row.event for row in statement.lifecycle.events(statement.status, actor.roles)} if not barred else set()
    withdrawal = pending_withdrawal(statement)
    in_time = bool(extension_days(statement)) and not correction_missed(statement, on=on)
    return {
        "barred": barred if statement.status in PENDING_STATUSES else [],
        "withdrawal": withdrawal,
        "can_extend": "extend" in steps and in_time,
        "can_cancel": "cancel" in steps,
        "can_withdraw": announced and not barred and withdrawal is None,
    }


def in_mainland(statement: Statement) -> bool:
    """Whether the filing patentee resides in mainland China; one whom the register no longer names is not asked."""
    own = [owner for owner in owners_of(statement.patent) if owner.organisation_id == statement.filed_by_id]
    return all(owner.in_mainland for owner in own)
