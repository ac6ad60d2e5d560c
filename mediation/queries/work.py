"""What of mediation waits for somebody, for the workbench."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.day_words import day_in_words
from core.deadlines import SHANGHAI, law_date
from core.lifecycle import Actor
from core.rules import Text
from mediation.enums import CaseStatus
from mediation.models import AgreementSignature, Case
from mediation.permissions import Standing, standing
from mediation.queries.cases import docket, party_cases
from mediation.queries.materials import proposed_agreement


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits: what, where, until when, how many, and about which matter."""

    title: Text
    url: str
    due_on: date | None
    count: int = 1
    about: str = ""


def work_items(actor: Actor, at: datetime) -> list[WorkItem]:
    """Return what waits for the actor in mediation, what is due first coming first."""
    if Role.MEDIATOR in actor.roles:
        return _for_mediator(actor)
    if actor.organisation_id is None:
        return []
    found = [item for case in party_cases(actor, at) for item in _for_party(actor, case, at)]
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.max))


def _for_mediator(actor: Actor) -> list[WorkItem]:
    stages = (
        (CaseStatus.REQUESTED, _("Requests for mediation to decide on")),
        (CaseStatus.IN_MEDIATION, _("Mediations to conduct")),
    )
    found = []
    for stage, title in stages:
        due = list(docket(actor).filter(status=stage).values_list("due_on", flat=True))
        if due:
            found.append(WorkItem(title, f"{reverse('mediation:docket')}?stage={stage.value}", due[0], len(due)))
    return found


def _for_party(actor: Actor, case: Case, at: datetime) -> list[WorkItem]:
    url = reverse("mediation:case", args=[case.pk])
    where = standing(actor, case, on=law_date(at))
    if case.status == CaseStatus.DRAFT:
        return [WorkItem(_("Request for mediation to complete"), url, None, about=_draft(case))]
    if case.status == CaseStatus.ASKED and where is Standing.RESPONDENT:
        return [WorkItem(_("Request for mediation to answer"), url, case.reply_due_on, about=_sent(case))]
    if case.status == CaseStatus.IN_MEDIATION and where is not None:
        agreement = proposed_agreement(case)
        mine = AgreementSignature.objects.filter(agreement=agreement, side=where.value)
        if agreement is not None and not mine.exists():
            return [WorkItem(_("Proposed agreement to read"), url, case.ends_due_on, about=_sent(case))]
    return []


def _sent(case: Case) -> str:
    return f"{case.number} {case.statement.patent.title}"


def _draft(case: Case) -> str:
    """Name a request that has no number yet: by what it is about, and the moment it was begun."""
    begun_at = case.created_at.astimezone(SHANGHAI)
    begun = gettext("begun %(moment)s") % {"moment": f"{day_in_words(begun_at)} {begun_at:%H:%M}"}
    return f"{case.matter_number} {case.statement.patent.title} · {begun}"
