"""Conducting a mediation: sessions, minutes, papers of the mediators, the proposal of an agreement."""

from uuid import UUID

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import ActingRequest
from accounts.permissions import fresh_second_factor, requires
from accounts.roles import Role
from core import storage
from mediation.actions.agreements import propose_agreement
from mediation.actions.papers import submit_paper
from mediation.actions.sessions import cancel_session, record_session, schedule_session
from mediation.enums import Audience
from mediation.forms.mediators import ProposalForm, RecordForm, SessionForm
from mediation.forms.parties import PaperForm
from mediation.models import Case
from mediation.permissions import Standing
from mediation.queries.materials import proposed_agreement, readable_files, sessions
from mediation.rules.agreement import PARTS
from mediation.views.acting import ActPage, act_page, posted
from mediation.views.docket.reading import find

FORM_METHODS = ["GET", "HEAD", "POST"]


def _back(case: Case) -> str:
    return reverse("mediation:docket_case", args=[case.pk])


@requires(Role.MEDIATOR)
@require_http_methods(FORM_METHODS)
def session_new(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Arrange a session, joint or with one side."""
    case, _where, at = find(request, pk, Standing.MEDIATOR)
    page = ActPage(
        case=case,
        title=_("Arrange a session"),
        events=("agree",),
        submit=_("Arrange and invite"),
        done=_("The session was arranged and the invitations sent."),
        back=_back(case),
    )
    form = SessionForm(posted(request))
    return act_page(
        request,
        page,
        form,
        lambda values: schedule_session(
            case=case,
            audience=Audience(values["audience"]),
            mode=values["mode"],
            scheduled_at=form.scheduled_at,
            place=values["place"],
            by=request.actor,
            at=at,
        ),
    )


@requires(Role.MEDIATOR)
@require_http_methods(FORM_METHODS)
def session_record(request: ActingRequest, pk: UUID, session_pk: UUID) -> HttpResponse:
    """Put the minutes of a session on record."""
    case, where, at = find(request, pk, Standing.MEDIATOR)
    session = get_object_or_404(sessions(case, where), pk=session_pk, record=None, canceled_at=None)
    page = ActPage(
        case=case,
        title=_("Minutes of a session"),
        submit=_("Put on record"),
        done=_("The minutes are on record."),
        back=_back(case),
        lead=session.readers.label,
        consequences=(_("Minutes are read by those named above and are never changed."),),
        context={"sealed": session.readers.confidential},
    )
    return act_page(
        request,
        page,
        RecordForm(posted(request)),
        lambda values: record_session(case=case, session_id=session.pk, by=request.actor, at=at, **values),
    )


@requires(Role.MEDIATOR)
@require_http_methods(FORM_METHODS)
def session_cancel(request: ActingRequest, pk: UUID, session_pk: UUID) -> HttpResponse:
    """Cancel a session that was not held."""
    case, where, at = find(request, pk, Standing.MEDIATOR)
    session = get_object_or_404(sessions(case, where), pk=session_pk, record=None, canceled_at=None)
    page = ActPage(
        case=case,
        title=_("Cancel this session?"),
        submit=_("Cancel the session"),
        done=_("The session was canceled."),
        back=_back(case),
        lead=session.readers.label,
        danger=True,
        context={"sealed": session.readers.confidential},
    )
    return act_page(
        request,
        page,
        forms.Form(posted(request)),
        lambda _v: cancel_session(case=case, session_id=session.pk, by=request.actor, at=at),
    )


@requires(Role.MEDIATOR)
@require_http_methods(FORM_METHODS)
def mediator_paper_new(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Hand in a paper of the mediators."""
    case, _where, at = find(request, pk, Standing.MEDIATOR)
    page = ActPage(
        case=case,
        title=_("Add a paper"),
        events=("withdraw",),
        submit=_("Add"),
        done=_("The paper was added."),
        back=_back(case),
        lead=_("Choose first who may read it: this cannot be changed later."),
    )
    form = PaperForm(posted(request), request.FILES or None, audiences=Audience)
    return act_page(request, page, form, lambda values: submit_paper(case=case, by=request.actor, at=at, **values))


@requires(Role.MEDIATOR)
@require_safe
def mediator_paper_file(request: ActingRequest, pk: UUID, paper_pk: UUID) -> FileResponse:
    """The file of a paper this mediator may read."""
    case, where, _at = find(request, pk)
    return storage.respond(get_object_or_404(readable_files(case, where), pk=paper_pk).file)


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def proposal_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Propose an agreement; a later proposal begins from the words of the one before."""
    case, _where, at = find(request, pk, Standing.MEDIATOR)
    before = proposed_agreement(case)
    initial = (
        {name: getattr(before, name) for name in PARTS}
        if before
        else {"parties": f"{case.applicant}\n{case.respondent}", "facts": case.facts, "dispute": case.claim}
    )
    page = ActPage(
        case=case,
        title=_("Propose an agreement"),
        events=("agree",),
        submit=_("Propose to both sides"),
        done=_("The agreement was proposed."),
        back=_back(case),
        consequences=(
            _("Both sides read every word. Nothing told in confidence belongs here."),
            _("A new text replaces the one before it, with any signature under that."),
        ),
    )
    form = ProposalForm(posted(request), initial=initial)
    return act_page(
        request, page, form, lambda values: propose_agreement(case=case, words=values, by=request.actor, at=at)
    )
