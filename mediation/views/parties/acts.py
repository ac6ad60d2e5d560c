"""Acts of the two sides inside a case: answer, withdraw, refuse to go on, consent, name an agency."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from mediation.actions.answering import answer
from mediation.actions.closing import leave, withdraw
from mediation.actions.extending import consent_to_extension
from mediation.actions.representing import appoint_agency
from mediation.forms.parties import AgencyForm, AnswerForm
from mediation.models import Case
from mediation.permissions import Standing
from mediation.queries.agencies import agencies_to_name
from mediation.views.acting import ActPage, act_page, posted
from mediation.views.parties.reading import PARTY_ROLES, find

FORM_METHODS = ["GET", "HEAD", "POST"]


def _back(case: Case) -> str:
    return reverse("mediation:case", args=[case.pk])


@requires(*PARTY_ROLES)
@require_http_methods(FORM_METHODS)
def answer_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The respondent answers."""
    case, _where, at = find(request, pk, Standing.RESPONDENT)
    page = ActPage(
        case=case,
        title=_("Answer the request"),
        events=("accept",),
        submit=_("Send the answer"),
        done=_("Your answer was sent."),
        back=_back(case),
        lead=_("Mediation is voluntary. Nobody decides the dispute, and the office cannot set the fee."),
        consequences=(
            _("If you agree, the mediation begins today and normally ends within 30 days."),
            _("If you refuse, the case is closed. Silence counts as refusal (office practice)."),
        ),
    )
    return act_page(
        request,
        page,
        AnswerForm(posted(request)),
        lambda values: answer(case=case, by=request.actor, at=at, **values),
    )


@requires(*PARTY_ROLES)
@require_http_methods(FORM_METHODS)
def withdraw_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The applicant withdraws the request."""
    case, _where, at = find(request, pk, Standing.APPLICANT)
    page = ActPage(
        case=case,
        title=_("Withdraw the request?"),
        events=("withdraw",),
        submit=_("Withdraw the request"),
        done=_("The request was withdrawn."),
        back=_back(case),
        consequences=(_("The case is closed at once. You may request mediation again later."),),
        danger=True,
    )
    return act_page(request, page, forms.Form(posted(request)), lambda _v: withdraw(case=case, by=request.actor, at=at))


@requires(*PARTY_ROLES)
@require_http_methods(FORM_METHODS)
def leave_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Either side refuses to go on with a mediation that has begun."""
    case, _where, at = find(request, pk)
    page = ActPage(
        case=case,
        title=_("Refuse to go on with the mediation?"),
        events=("refuse",),
        submit=_("Refuse to go on"),
        done=_("The mediation was ended."),
        back=_back(case),
        consequences=(_("The case is closed at once, for both sides. What was said stays confidential."),),
        danger=True,
    )
    return act_page(request, page, forms.Form(posted(request)), lambda _v: leave(case=case, by=request.actor, at=at))


@requires(*PARTY_ROLES)
@require_http_methods(FORM_METHODS)
def consent_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """A side consents to the single extension."""
    case, _where, at = find(request, pk)
    page = ActPage(
        case=case,
        title=_("Consent to an extension?"),
        events=("extend",),
        submit=_("Consent"),
        done=_("Your consent was recorded."),
        back=_back(case),
        consequences=(
            _("If the other side consents too, the mediators may extend the mediation by 30 days, once."),
            _("A consent cannot be taken back; you may still refuse to go on at any time."),
        ),
    )
    return act_page(
        request,
        page,
        forms.Form(posted(request)),
        lambda _v: consent_to_extension(case=case, by=request.actor, at=at),
    )


@requires(*PARTY_ROLES)
@require_http_methods(FORM_METHODS)
def agency_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """A party names the agency that acts for it in this case."""
    case, where, at = find(request, pk)
    party = case.party(where.side)
    if request.actor.organisation_id != party.pk:
        raise Http404
    page = ActPage(
        case=case,
        title=_("Agency in this case"),
        submit=_("Save"),
        done=_("Saved."),
        back=_back(case),
    )
    form = AgencyForm(
        posted(request),
        agencies=agencies_to_name(party.pk, on=law_date(at)),
        initial={"agency": getattr(case, f"{where.value}_agency_id")},
    )
    return act_page(
        request,
        page,
        form,
        lambda values: appoint_agency(case=case, agency_id=values["agency"], by=request.actor, at=at),
    )
