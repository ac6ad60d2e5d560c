"""Papers: handed in for both sides or in confidence, withdrawn by a further row, never changed."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit, storage
from core.deadlines import law_date
from core.legal import M590
from core.lifecycle import Actor
from core.rules import Refused
from core.transitions import lock
from core.validation.files import CleanFile
from mediation import notifications
from mediation.enums import Audience, CaseStatus, PaperKind, Side
from mediation.models import Case, Paper
from mediation.permissions import Standing, require
from mediation.queries.materials import own_papers
from mediation.rules.conduct import MATERIAL, ActFacts, audience_violation

_WRITERS = (Standing.APPLICANT, Standing.RESPONDENT, Standing.MEDIATOR)


@transaction.atomic
def submit_paper(
    *, case: Case, file: CleanFile, kind: PaperKind, title: str, audience: Audience, by: Actor, at: datetime
) -> Paper:
    """Hand in a paper. The audit event names neither its title nor its file.

    Raises:
        Case.DoesNotExist: the case does not exist for the actor.
        Refused: the case is closed, or the readers are not for this side to choose.
    """
    today = law_date(at)
    locked = lock(case)
    side = require(by, locked, *_WRITERS, on=today).side
    violations = MATERIAL.check(ActFacts(status=locked.status), on=today)
    violations += audience_violation(side, Audience(audience))
    if violations:
        raise Refused(violations)
    paper = Paper.objects.create(
        case=locked,
        side=side,
        audience=audience,
        kind=kind,
        title=title,
        file=storage.store(file, by=by, at=at),
        submitted_by_id=by.person_id,
        submitted_at=at,
    )
    _record("submit_paper", paper, by, at)
    if locked.status != CaseStatus.DRAFT:
        notifications.tell_readers(
            locked, paper.readers, "paper", at=at, about=paper.pk, author=side, author_id=by.person_id
        )
    return paper


@transaction.atomic
def withdraw_paper(*, case: Case, paper_id: UUID, by: Actor, at: datetime) -> Paper:
    """Withdraw a paper of one's own side: its line stays, its file is open to its own side only.

    Raises:
        Case.DoesNotExist: the case does not exist for the actor.
        Paper.DoesNotExist: it is no paper of the actor's side, or withdrawn already.
        Refused: the case is closed.
    """
    today = law_date(at)
    locked = lock(case)
    side: Side = require(by, locked, *_WRITERS, on=today).side
    paper = own_papers(locked, side).get(pk=paper_id)
    violations = MATERIAL.check(ActFacts(status=locked.status), on=today)
    if violations:
        raise Refused(violations)
    withdrawal = Paper.objects.create(
        case=locked,
        side=side,
        audience=paper.audience,
        kind=paper.kind,
        title=paper.title,
        withdraws=paper,
        submitted_by_id=by.person_id,
        submitted_at=at,
    )
    _record("withdraw_paper", paper, by, at)
    return withdrawal


def _record(event: str, paper: Paper, by: Actor, at: datetime) -> None:
    data = {"case": str(paper.case_id), "side": str(paper.side), "confidential": paper.readers.confidential}
    audit.record(event, paper, by=by, at=at, basis=(M590(3),), data=data)
