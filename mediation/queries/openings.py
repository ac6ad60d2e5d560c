"""From what a request for mediation can begin: the licenses, and notices without license, of those one acts for."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from accounts.enums import MandateAct
from accounts.models import Organisation
from accounts.queries import mandates_in_force
from accounts.roles import Role
from core.lifecycle import Actor
from licensing.models import License, Notice
from registry.models import Statement

LIMIT = 200


@dataclass(frozen=True, slots=True)
class Opening:
    """One license (or notice without license) and the two parties, as the applicant would bring it."""

    statement: Statement
    license: License | None
    applicant: Organisation
    respondent: Organisation


def represented(actor: Actor, on: date) -> list[UUID]:
    """Return the organisation one acts for and, for an agency, its principals on that day."""
    if actor.organisation_id is None:
        return []
    principals: list[UUID] = []
    if Role.AGENCY in actor.roles:
        mandates = mandates_in_force(actor.organisation_id, on=on, act=MandateAct.MEDIATION)
        principals = list(mandates.values_list("principal_id", flat=True))
    return [actor.organisation_id, *principals]


def openings(actor: Actor, *, on: date) -> list[Opening]:
    """Return what the actor can begin a request from, newest license first, at most :data:`LIMIT`."""
    mine = represented(actor, on)
    found: list[Opening] = []
    licenses = License.objects.filter(Q(licensee_id__in=mine) | Q(statement__filed_by_id__in=mine))
    for license in licenses.select_related("statement__patent", "statement__filed_by", "licensee").order_by(
        "-effective_on", "number"
    )[:LIMIT]:
        parties = (license.statement.filed_by, license.licensee)
        for applicant, respondent in (parties, parties[::-1]):
            if applicant.pk in mine and applicant.pk != respondent.pk:
                found.append(Opening(license.statement, license, applicant, respondent))
    notices = Notice.objects.filter(licensee_id__in=mine, license=None)
    for notice in notices.select_related("statement__patent", "statement__filed_by", "licensee").order_by("-served_at")[
        :LIMIT
    ]:
        found.append(Opening(notice.statement, None, notice.licensee, notice.statement.filed_by))
    return found


def matching(
    actor: Actor, *, on: date, license_id: UUID | None, statement_id: UUID, applicant_id: UUID
) -> Opening | None:
    """Return the opening that a form names, or None if the actor has no such one."""
    wanted = (license_id, statement_id, applicant_id)
    for one in openings(actor, on=on):
        if (one.license.pk if one.license else None, one.statement.pk, one.applicant.pk) == wanted:
            return one
    return None
