"""The docket with its clocks, and the workspace of one case."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from mediation.enums import Audience, CaseStatus, Side
from mediation.forms.mediators import DocketFilter
from mediation.permissions import Standing
from mediation.queries.cases import current_mediators, filtered_docket
from mediation.queries.materials import papers, proposed_agreement, readable_files, sessions, signatures
from mediation.queries.progress import timeline, turn
from mediation.views.articles import ARTICLES
from mediation.views.docket.reading import find

PAGE = 25


@requires(Role.MEDIATOR)
@require_safe
def docket_page(request: ActingRequest) -> HttpResponse:
    """The docket: what is due first comes first."""
    form = DocketFilter(request.GET)
    form.is_valid()
    chosen = form.cleaned_data
    found = filtered_docket(
        request.actor,
        stage=chosen.get("stage", ""),
        subject=chosen.get("subject", ""),
        words=chosen.get("q", ""),
        mine=chosen.get("mine", False),
    )
    page = Paginator(found.prefetch_related("assignments__mediator"), PAGE).get_page(request.GET.get("page"))
    in_use = sum(bool(chosen.get(name)) for name in ("stage", "subject", "q", "mine"))
    return render(request, "mediation/docket.html", {"cases": page, "form": form, "in_use": in_use})


@requires(Role.MEDIATOR)
@require_safe
def workspace(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One case: what both sides read, and beside it what each side confided, plainly apart."""
    case, where, _at = find(request, pk)
    agreement = proposed_agreement(case)
    signed = signatures(agreement) if agreement else {}
    listed, held = list(papers(case, where)), list(sessions(case, where))
    columns = [
        {
            "audience": audience,
            "papers": [paper for paper in listed if paper.audience == audience],
            "sessions": [session for session in held if session.audience == audience],
        }
        for audience in Audience
        if audience is Audience.JOINT or where is Standing.MEDIATOR
    ]
    consents = set(case.extension_consents.values_list("side", flat=True))
    context = {
        "case": case,
        "articles": ARTICLES,
        "where": where,
        "assigned": where is Standing.MEDIATOR,
        "turn": turn(case, where, signed=frozenset(signed) if agreement else None),
        "timeline": timeline(case, where),
        "answer": getattr(case, "answer", None),
        "columns": columns,
        "openable": set(readable_files(case, where).values_list("pk", flat=True)),
        "mediators": current_mediators(case),
        "agreement": agreement,
        "signed": signed,
        "requested": case.status == CaseStatus.REQUESTED,
        "takeable": where is Standing.DESK and case.status != CaseStatus.REQUESTED,
        "in_mediation": case.status == CaseStatus.IN_MEDIATION,
        "closable": case.status in (CaseStatus.ASKED, CaseStatus.IN_MEDIATION),
        "consents": [Side(side).label for side in sorted(consents)],
    }
    return render(request, "mediation/workspace.html", context)
