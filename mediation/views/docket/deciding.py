"""Admission, refusal, taking over, stepping down, extension and closing."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import ActingRequest
from accounts.permissions import fresh_second_factor, requires
from accounts.roles import Role
from mediation.actions.admitting import admit, decline
from mediation.actions.assigning import recuse, take_case
from mediation.actions.closing import close
from mediation.actions.extending import extend
from mediation.forms.mediators import AdmissionForm, ClosingForm, DeclineForm, RecusalForm
from mediation.models import Case
from mediation.permissions import Standing
from mediation.queries.cases import eligible_mediators
from mediation.rules.admission import DECLINE_GROUNDS
from mediation.views.acting import ActPage, act_page, posted
from mediation.views.docket.reading import find

FORM_METHODS = ["GET", "HEAD", "POST"]


def _back(case: Case) -> str:
    return reverse("mediation:docket_case", args=[case.pk])


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def admit_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Admit a request and name its mediators."""
    case, _where, at = find(request, pk)
    page = ActPage(
        case=case,
        title=_("Admit the request"),
        events=("admit",),
        submit=_("Admit and ask the respondent"),
        done=_("The request was admitted and the respondent asked."),
        back=reverse("mediation:docket"),
        consequences=(_("The respondent hears of the case now and has 15 days to answer (office practice)."),),
    )
    form = AdmissionForm(
        posted(request), people=eligible_mediators(case), initial={"mediators": [str(request.actor.user_id)]}
    )
    return act_page(
        request,
        page,
        form,
        lambda values: admit(case=case, mediator_ids=map(UUID, values["mediators"]), by=request.actor, at=at),
    )


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def decline_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Do not admit a request, on a ground of Article 8."""
    case, _where, at = find(request, pk)
    page = ActPage(
        case=case,
        title=_("Do not admit the request"),
        events=("decline",),
        submit=_("Do not admit"),
        done=_("The request was not admitted."),
        back=reverse("mediation:docket"),
        lead=_("The grounds are those of %(article)s.") % {"article": next(iter(DECLINE_GROUNDS.values()))},
        consequences=(_("The applicant reads ground and reasons. The respondent never hears of the request."),),
        danger=True,
    )
    return act_page(
        request,
        page,
        DeclineForm(posted(request)),
        lambda values: decline(case=case, by=request.actor, at=at, **values),
    )


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def take_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Take a case whose mediators stepped down."""
    case, _where, at = find(request, pk, Standing.DESK)
    page = ActPage(
        case=case,
        title=_("Take this case?"),
        submit=_("Take the case"),
        done=_("You mediate the case now."),
        back=_back(case),
        consequences=(_("From now on you read what each side confided, and nobody else may learn it from you."),),
    )
    return act_page(
        request, page, forms.Form(posted(request)), lambda _v: take_case(case=case, by=request.actor, at=at)
    )


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def recuse_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Step down from a case."""
    case, _where, at = find(request, pk, Standing.MEDIATOR)
    page = ActPage(
        case=case,
        title=_("Step down from the case?"),
        submit=_("Step down"),
        done=_("You no longer mediate the case."),
        back=reverse("mediation:docket"),
        consequences=(_("You can no longer open the case and never come back to it."),),
        danger=True,
    )
    return act_page(
        request,
        page,
        RecusalForm(posted(request)),
        lambda values: recuse(case=case, by=request.actor, at=at, **values),
    )


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def extend_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Extend the mediation once, with the consent of both sides."""
    case, _where, at = find(request, pk, Standing.MEDIATOR)
    page = ActPage(
        case=case,
        title=_("Extend the mediation by 30 days?"),
        events=("extend",),
        submit=_("Extend"),
        done=_("The mediation was extended."),
        back=_back(case),
        consequences=(_("Both sides must have consented. A mediation is extended once (office practice)."),),
    )
    return act_page(request, page, forms.Form(posted(request)), lambda _v: extend(case=case, by=request.actor, at=at))


@requires(Role.MEDIATOR)
@fresh_second_factor
@require_http_methods(FORM_METHODS)
def close_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Close the case without an agreement."""
    case, _where, at = find(request, pk, Standing.MEDIATOR)
    page = ActPage(
        case=case,
        title=_("Close the case without an agreement"),
        events=("fail", "preempt"),
        submit=_("Close the case"),
        done=_("The case was closed."),
        back=_back(case),
        danger=True,
    )
    return act_page(
        request,
        page,
        ClosingForm(posted(request)),
        lambda values: close(case=case, by=request.actor, at=at, **values),
    )
