"""The request: begun from a license, saved step by step, sent (M590 4-6)."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.enums import MandateAct
from accounts.models import Organisation
from accounts.queries import may_act_for
from core import audit
from core.deadlines import law_date
from core.legal import M590
from core.lifecycle import Actor
from core.references import next_number
from core.rules import Refused
from core.transitions import advance, lock
from licensing.models import License
from mediation import notifications
from mediation.enums import CaseStatus, Side
from mediation.models import Case
from mediation.permissions import Standing, require
from mediation.queries.facts import counterpart, request_facts
from mediation.rules.admission import REQUEST
from mediation.rules.clocks import admission_due
from registry.models import Statement

# What the steps of the form write. Everything else of a case is written by acts.
DRAFT_FIELDS = ("subject", "claim", "facts", "declared_proceedings")


@transaction.atomic
def begin_request(
    *, statement: Statement, license: License | None, applicant_id: UUID, by: Actor, at: datetime
) -> Case:
    """Begin a draft against the other party to the license (or notice). Nobody but the applicant sees it.

    Raises:
        Case.DoesNotExist: the actor may not act for the applicant, or the applicant has no part in this license.
    """
    applicant = Organisation.objects.filter(pk=applicant_id).first()
    if applicant is None or not may_act_for(by, applicant_id, on=law_date(at), act=MandateAct.MEDIATION):
        raise Case.DoesNotExist
    respondent = counterpart(statement, license, applicant)
    if respondent is None or (license is not None and license.statement_id != statement.pk):
        raise Case.DoesNotExist
    agency_id = by.organisation_id if by.organisation_id != applicant_id else None
    case = Case.objects.create(
        statement=statement,
        license=license,
        applicant=applicant,
        respondent=respondent,
        applicant_agency_id=agency_id,
        created_by_id=by.person_id,
        created_at=at,
        saved_at=at,
    )
    audit.record("begin_request", case, by=by, at=at, basis=(M590(4),))
    return case


@transaction.atomic
def save_request(*, case: Case, values: Mapping[str, str], by: Actor, at: datetime) -> Case:
    """Save a step of a draft, however incomplete.

    Raises:
        Case.DoesNotExist: it is no draft of the actor's side.
        KeyError: a value is none of :data:`DRAFT_FIELDS`.
    """
    locked = lock(case)
    require(by, locked, Standing.APPLICANT, on=law_date(at))
    if locked.status != CaseStatus.DRAFT:
        raise Case.DoesNotExist
    for name, value in values.items():
        if name not in DRAFT_FIELDS:
            raise KeyError(name)
        setattr(locked, name, value)
    locked.saved_at = at
    locked.save(update_fields=[*values, "saved_at"])
    return locked


@transaction.atomic
def discard_request(*, case: Case, by: Actor, at: datetime) -> Case:
    """Discard a draft.

    Raises:
        Case.DoesNotExist: it is no case of the actor's side.
        IllegalStep: it was sent already.
    """
    require(by, case, Standing.APPLICANT, on=law_date(at))
    return advance(case, "discard", by=by, at=at)


@transaction.atomic
def request_mediation(*, case: Case, by: Actor, at: datetime) -> Case:
    """Send the request: it is numbered, and the office has five working days to decide on it (M590 7).

    Raises:
        Case.DoesNotExist: it is no case of the actor's side.
        Refused: a rule of admission forbids it, or the request is incomplete.
        IllegalStep: it was sent already.
    """
    today = law_date(at)
    lock(case.statement)  # two drafts of one dispute are sent one after the other
    locked = lock(case)
    require(by, locked, Standing.APPLICANT, on=today)
    locked.lifecycle.step("request", locked.status, by.roles)
    blocking = [found for found in REQUEST.check(request_facts(locked), on=today) if found.blocks]
    if blocking:
        raise Refused(blocking)
    due_on = admission_due(today)
    sent = advance(
        locked,
        "request",
        by=by,
        at=at,
        fields={
            "number": f"MED{today.year}{next_number(f'mediation-{today.year}'):05d}",
            "requested_by_id": by.user_id,
            "requested_at": at,
            "admission_due_on": due_on,
        },
    )
    notifications.tell_side(sent, Side.APPLICANT, "requested", at=at, due_on=due_on)
    notifications.tell_desk(sent, "desk", at=at, due_on=due_on)
    return sent
