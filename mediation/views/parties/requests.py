"""Requesting mediation: from a license, step by step, check, send."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from core.lifecycle import IllegalStep
from core.rules import Refused
from mediation.actions.requesting import begin_request, discard_request, request_mediation, save_request
from mediation.enums import CaseStatus
from mediation.forms.requests import DisputeForm, FactsForm, OpeningForm, ProceedingsForm
from mediation.models import Case
from mediation.permissions import Standing
from mediation.queries.facts import request_facts
from mediation.queries.materials import papers
from mediation.queries.openings import matching, openings
from mediation.rules.admission import REQUEST
from mediation.views.acting import ActPage, act_page, moved_on, posted
from mediation.views.articles import ARTICLES
from mediation.views.parties.reading import PARTY_ROLES, find
from mediation.views.parties.steps import STEPS, answers, task_sections

FORMS: dict[str, type[forms.Form]] = {"dispute": DisputeForm, "facts": FactsForm, "proceedings": ProceedingsForm}


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def case_new(request: ActingRequest) -> HttpResponse:
    """Choose the license (or notice) in dispute; a draft begins from it."""
    at = timezone.now()
    form = OpeningForm(posted(request))
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        chosen = matching(
            request.actor,
            on=law_date(at),
            license_id=wanted["license"],
            statement_id=wanted["statement"],
            applicant_id=wanted["applicant"],
        )
        if chosen is None:
            raise Http404
        case = begin_request(
            statement=chosen.statement,
            license=chosen.license,
            applicant_id=chosen.applicant.pk,
            by=request.actor,
            at=at,
        )
        return redirect("mediation:request", pk=case.pk)
    return render(
        request, "mediation/case_new.html", {"openings": openings(request.actor, on=law_date(at)), "articles": ARTICLES}
    )


def _draft(request: ActingRequest, pk: UUID):
    case, where, at = find(request, pk, Standing.APPLICANT)
    if case.status != CaseStatus.DRAFT:
        raise Http404
    return case, where, at


@requires(*PARTY_ROLES)
@require_safe
def request_tasks(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The task list of a draft."""
    case, where, _at = _draft(request, pk)
    sections = task_sections(case, papers(case, where).filter(is_withdrawn=False).count())
    return render(request, "mediation/request_tasks.html", {"case": case, "sections": sections})


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def request_step(request: ActingRequest, pk: UUID, step: str) -> HttpResponse:
    """One step of a draft; it saves whatever is there, and the check says what is missing."""
    case, _where, at = _draft(request, pk)
    kind = FORMS.get(step)
    if kind is None:
        raise Http404
    initial = {name: getattr(case, name) for name in kind.base_fields}
    form = kind(posted(request), initial=initial)
    page = ActPage(
        case=case,
        title=STEPS[step],
        submit=_("Save and go on"),
        done=_("Saved."),
        back=reverse("mediation:request", args=[case.pk]),
    )
    return act_page(request, page, form, lambda values: save_request(case=case, values=values, by=request.actor, at=at))


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def request_check(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Check your answers: everything that would be sent, every rule already run; then send it."""
    case, where, at = _draft(request, pk)
    if request.method == "POST":
        try:
            request_mediation(case=case, by=request.actor, at=at)
        except Refused:
            messages.error(request, _("The request was not sent. What is in its way stands below."))
        except IllegalStep:
            messages.error(request, moved_on())
            return redirect("mediation:case", pk=case.pk)
        else:
            messages.success(request, _("The request was sent to the office."))
            return redirect("mediation:case", pk=case.pk)
    return render(request, "mediation/request_check.html", _checked(case, where, at))


def _checked(case: Case, where: Standing, at) -> dict:
    found = REQUEST.check(request_facts(case), on=law_date(at))
    return {
        "case": case,
        "rows": answers(case),
        "papers": papers(case, where).filter(is_withdrawn=False),
        "violations": found,
        "sendable": not any(one.blocks for one in found),
    }


@requires(*PARTY_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def request_discard(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Discard a draft."""
    case, _where, at = _draft(request, pk)
    page = ActPage(
        case=case,
        title=_("Discard this draft?"),
        submit=_("Discard the draft"),
        done=_("The draft was discarded."),
        back=reverse("mediation:my_cases"),
        consequences=(_("The office never receives it. A discarded draft cannot be opened again."),),
        danger=True,
    )
    return act_page(
        request, page, forms.Form(posted(request)), lambda _v: discard_request(case=case, by=request.actor, at=at)
    )
