"""Who may act on a statement at the office, and what stands against it."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import MandateAct, Residence
from accounts.models import Organisation
from accounts.queries import mandates_in_force, may_act_for
from accounts.roles import Role
from core.lifecycle import Actor
from core.rules import Violation
from registry.enums import PENDING_STATUSES, StatementStatus
from registry.models import Ownership, Statement
from registry.queries.facts import owners_of
from registry.queries.progress import correction_missed, extension_days, pending_withdrawal
from registry.queries.statements import statements_of, violations_of
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
    announced, at_work = statement.status == StatementStatus.ANNOUNCED, statement.status in PENDING_STATUSES
    act = MandateAct.WITHDRAWALS if announced else MandateAct.STATEMENTS
    barred = acting_violations(actor, statement, on=on, act=act)
    steps = {row.event for row in statement.lifecycle.events(statement.status, actor.roles)} if not barred else set()
    withdrawal = pending_withdrawal(statement)
    in_time = bool(extension_days(statement)) and not correction_missed(statement, on=on)
    return {
        "barred": barred if at_work else [],
        "can_name": at_work and actor.organisation_id == statement.filed_by_id,
        "unattended": at_work and unattended(actor, on=on).filter(pk=statement.pk).exists(),
        "withdrawal": withdrawal,
        "can_extend": "extend" in steps and in_time,
        "can_cancel": "cancel" in steps,
        "can_withdraw": announced and not barred and withdrawal is None,
    }


def agencies_with_mandate(statement: Statement, *, on: date) -> QuerySet[Organisation]:
    """Return the agencies that hold the filing patentee's mandate for statements on this patent, by name."""
    mandates = mandates_in_force(None, on=on, act=MandateAct.STATEMENTS, patent_number=statement.patent.number)
    holding = mandates.filter(principal_id=statement.filed_by_id).values("agency_id")
    return Organisation.objects.filter(pk__in=holding).order_by("name")


def agencies_to_name(statement: Statement, *, on: date) -> tuple[list[Organisation], bool]:
    """Return the agencies that the patentee can name instead of the present one, and whether it can act without any."""
    others = agencies_with_mandate(statement, on=on).exclude(pk=statement.agency_id)
    return list(others), statement.agency_id is not None and in_mainland(statement)


def unattended(actor: Actor, *, on: date) -> QuerySet[Statement]:
    """Return the patentee's statements at the office or announced whose agency holds no mandate any more, or that have
    none although the patentee resides abroad or in Hong Kong, Macao or Taiwan: an agency has to be named."""
    if Role.PATENTEE not in actor.roles:
        return Statement.objects.none()
    covered = Q(pk__in=[])
    for mandate in mandates_in_force(None, on=on, act=MandateAct.STATEMENTS).filter(principal_id=actor.organisation_id):
        patents = Q(patent__number__in=mandate.patent_numbers) if mandate.patent_numbers else Q()
        covered |= Q(agency_id=mandate.agency_id) & patents
    abroad = Ownership.objects.filter(patent=OuterRef("patent"), patentee__organisation=OuterRef("filed_by")).exclude(
        patentee__residence=Residence.MAINLAND
    )
    alone = Q(agency__isnull=False) & ~covered | Q(Exists(abroad), agency=None)
    return statements_of(actor, on=on).filter(alone, status__in=PENDING_STATUSES).order_by("number")


def in_mainland(statement: Statement) -> bool:
    """Whether the filing patentee resides in mainland China; one whom the register no longer names is not asked."""
    own = [owner for owner in owners_of(statement.patent) if owner.organisation_id == statement.filed_by_id]
    return all(owner.in_mainland for owner in own)
