"""Papers of a side: hand in, read, withdraw."""

from uuid import UUID

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from core import storage
from mediation.actions.papers import submit_paper, withdraw_paper
from mediation.enums import Audience, CaseStatus
from mediation.forms.parties import PaperForm
from mediation.models import Case
from mediation.queries.materials import own_papers, readable_files
from mediation.views.acting import ActPage, act_page, posted
from mediation.views.parties.reading import PARTY_ROLES, find


def _back(case: Case) -> str:
    return reverse("mediation:request" if case.status == CaseStatus.DRAFT else "mediation:case", args=[case.pk])


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Hand in a paper, for both sides or in confidence."""
    case, where, at = find(request, pk)
    form = PaperForm(posted(request), request.FILES or None, audiences=(Audience.JOINT, Audience(where.value)))
    page = ActPage(
        case=case,
        title=_("Hand in a paper"),
        submit=_("Hand in"),
        done=_("The paper was handed in."),
        back=_back(case),
        lead=_("Choose first who may read it: this cannot be changed later."),
    )
    return act_page(request, page, form, lambda values: submit_paper(case=case, by=request.actor, at=at, **values))


@requires(*PARTY_ROLES)
@require_safe
def paper_file(request: ActingRequest, pk: UUID, paper_pk: UUID) -> FileResponse:
    """The file of a paper this side may read."""
    case, where, _at = find(request, pk)
    return storage.respond(get_object_or_404(readable_files(case, where), pk=paper_pk).file)


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_withdraw(request: ActingRequest, pk: UUID, paper_pk: UUID) -> HttpResponse:
    """Withdraw a paper of one's own side."""
    case, where, at = find(request, pk)
    paper = get_object_or_404(own_papers(case, where.side), pk=paper_pk)
    page = ActPage(
        case=case,
        title=_("Withdraw this paper?"),
        submit=_("Withdraw the paper"),
        done=_("The paper was withdrawn."),
        back=_back(case),
        lead=paper.title,
        consequences=(_("Others can no longer open its file. That it was handed in and withdrawn stays on record."),),
        danger=True,
    )
    return act_page(
        request,
        page,
        forms.Form(posted(request)),
        lambda _v: withdraw_paper(case=case, paper_id=paper.pk, by=request.actor, at=at),
    )
