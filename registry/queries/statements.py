"""Statements as their filers see them: which are theirs, and what stands against each."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.enums import MandateAct
from accounts.queries import mandates_in_force
from accounts.roles import Role
from core.lifecycle import Actor
from core.rules import Violation
from registry.enums import EDITABLE_STATUSES, PENDING_STATUSES, StatementStatus
from registry.models import Patent, Patentee, Statement
from registry.queries.facts import statement_facts
from registry.rules import check_statement
from registry.rules.limits import explanation_over_limit, fee_over_limit


def statements_of(actor: Actor, *, on: date) -> QuerySet[Statement]:
    """Return the statements this actor files: their organisation's, or a principal's that the agency filed for.

    An agency whose mandate has ended sees nothing of the principal any more.
    """
    every = Statement.objects.select_related("patent", "filed_by", "agency")
    if actor.organisation_id is None:
        return every.none()
    if Role.AGENCY in actor.roles:
        covered = _covered(actor.organisation_id, on, "filed_by_id", "patent__number")
        return every.filter(covered, agency_id=actor.organisation_id)
    return every.filter(filed_by_id=actor.organisation_id)


def _covered(agency_id: UUID, on: date, principal: str, number: str, act: MandateAct | None = None) -> Q:
    """Return the condition that a mandate of the agency covers the principal and the patent of a row."""
    found = Q(pk__in=[])
    for mandate in mandates_in_force(agency_id, on=on, act=act):
        patents = Q(**{f"{number}__in": mandate.patent_numbers}) if mandate.patent_numbers else Q()
        found |= Q(**{principal: mandate.principal_id}) & patents
    return found


def shown_statements_of(actor: Actor, *, on: date) -> QuerySet[Statement]:
    """Return the same without discarded drafts, the last saved first."""
    return statements_of(actor, on=on).exclude(status=StatementStatus.DISCARDED).order_by("-saved_at", "id")


def principals_of(actor: Actor, *, on: date, act: MandateAct = MandateAct.STATEMENTS) -> list[UUID]:
    """Return the organisations for which this actor may act so: their own, or those whose mandate the agency holds."""
    if actor.organisation_id is None:
        return []
    if Role.AGENCY in actor.roles:
        mandates = mandates_in_force(actor.organisation_id, on=on, act=act)
        return list(mandates.values_list("principal_id", flat=True).distinct())
    return [actor.organisation_id]


def patents_to_file(actor: Actor, *, on: date) -> QuerySet[Patent]:
    """Return the patents on which this actor may file a statement, by number."""
    if Role.AGENCY in actor.roles and actor.organisation_id is not None:
        holder = "ownerships__patentee__organisation_id"
        covered = _covered(actor.organisation_id, on, holder, "number", MandateAct.STATEMENTS)
        return Patent.objects.filter(covered).distinct().order_by("number")
    holders = Patentee.objects.filter(organisation_id__in=principals_of(actor, on=on))
    return Patent.objects.filter(ownerships__patentee__in=holders).distinct().order_by("number")


def patents_free_to_file(actor: Actor, *, on: date) -> QuerySet[Patent]:
    """Return those of them on which no statement is pending or in effect: a patent has one at a time."""
    taken = Statement.objects.filter(status__in=PENDING_STATUSES)
    return patents_to_file(actor, on=on).exclude(pk__in=taken.values("patent_id"))


def consents_wanted(actor: Actor) -> QuerySet[Statement]:
    """Return the statements on which this actor's organisation was asked for consent and which can still take it."""
    if actor.organisation_id is None:
        return Statement.objects.none()
    own = Q(patent__ownerships__patentee__organisation_id=actor.organisation_id)
    return (
        Statement.objects.select_related("patent", "filed_by", "agency")
        .filter(own, status__in=EDITABLE_STATUSES, consents_asked_at__isnull=False)
        .exclude(filed_by_id=actor.organisation_id, agency=None)
        .distinct()
    )


def consent_was_asked(actor: Actor, statement_id: UUID) -> bool:
    """Whether this organisation was asked for its consent to a statement that has been sent or discarded since."""
    asked = Statement.objects.filter(pk=statement_id, consents_asked_at__isnull=False)
    own = asked.filter(patent__ownerships__patentee__organisation_id=actor.organisation_id)
    return actor.organisation_id is not None and own.exists()


def violations_of(statement: Statement, *, on: date) -> list[Violation]:
    """Return everything there is to say of the statement on that day."""
    return check_statement(statement_facts(statement, on=on))


def exceeds_limits(statement: Statement, *, on: date) -> bool:
    """Whether the fee or the explanation exceeds what the Guidelines generally allow (GL V-11 §3.3)."""
    facts = statement_facts(statement, on=on)
    return bool(fee_over_limit(facts) or explanation_over_limit(facts))
