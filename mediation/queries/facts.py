"""Facts for the rules, read from the register and the case."""

from uuid import UUID

from accounts.enums import Verification
from accounts.models import Appointment, Membership, Organisation
from accounts.roles import Role
from licensing.models import License, Notice
from mediation.enums import OPEN_STATUSES
from mediation.models import Case, MediatorAssignment, Paper
from mediation.rules.admission import RequestFacts
from mediation.rules.recusal import MediatorFacts
from registry.enums import PUBLIC_STATUSES
from registry.models import Statement


def is_licensee(organisation_id: UUID, statement: Statement) -> bool:
    """Whether the organisation ever gave notice of, or obtained, a license under the statement."""
    return (
        License.objects.filter(statement=statement, licensee_id=organisation_id).exists()
        or Notice.objects.filter(statement=statement, licensee_id=organisation_id).exists()
    )


def request_facts(case: Case) -> RequestFacts:
    """Return what the rules on requests ask about a draft."""
    patentee_id = case.statement.filed_by_id
    licensee_id = case.respondent_id if case.applicant_id == patentee_id else case.applicant_id
    concerned = is_licensee(licensee_id, case.statement) and patentee_id in (case.applicant_id, case.respondent_id)
    if case.license_id is not None:
        concerned = concerned and case.license.licensee_id == licensee_id
    others = Case.objects.filter(
        statement=case.statement,
        license_id=case.license_id,
        applicant_id__in=(case.applicant_id, case.respondent_id),
        respondent_id__in=(case.applicant_id, case.respondent_id),
        status__in=OPEN_STATUSES,
    )
    return RequestFacts(
        was_announced=case.statement.status in PUBLIC_STATUSES,
        applicant_concerned=concerned,
        respondent_concerned=concerned,
        parties_differ=case.applicant_id != case.respondent_id,
        applicant_verified=case.applicant.verification == Verification.VERIFIED,
        subject=case.subject,
        claim=case.claim,
        facts=case.facts,
        proceedings=case.declared_proceedings,
        papers=Paper.objects.filter(case=case, withdraws=None, withdrawal=None).count(),
        other_open_case=others.exclude(pk=case.pk).exists(),
    )


def mediator_facts(case: Case, user_id: UUID, *, others: int) -> MediatorFacts:
    """Return what the rules on mediators ask about a person; ``others`` are the mediators besides."""
    memberships = Membership.objects.filter(user_id=user_id)
    agencies = [pk for pk in (case.applicant_agency_id, case.respondent_agency_id) if pk is not None]
    mine = MediatorAssignment.objects.filter(case=case, mediator_id=user_id)
    return MediatorFacts(
        is_appointed=Appointment.objects.filter(user_id=user_id, role=Role.MEDIATOR, ended_at=None).exists(),
        belongs_to_party=memberships.filter(organisation_id__in=(case.applicant_id, case.respondent_id)).exists(),
        belongs_to_agency=memberships.filter(organisation_id__in=agencies).exists(),
        stepped_down=mine.filter(recused_at__isnull=False).exists(),
        is_assigned=mine.filter(recused_at=None).exists(),
        others=others,
    )


def counterpart(statement: Statement, license: License | None, applicant: Organisation) -> Organisation | None:
    """Return the other party to the license, or to the statement where no license was reached; None if none is."""
    if license is not None:
        pair = {statement.filed_by_id: license.licensee, license.licensee_id: statement.filed_by}
        return pair.get(applicant.pk)
    return statement.filed_by if applicant.pk != statement.filed_by_id else None
