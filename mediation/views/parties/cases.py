"""My cases, and one case as its side sees it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import ActingRequest
from accounts.permissions import requires
from mediation.enums import OPEN_STATUSES, Audience, CaseStatus
from mediation.permissions import Standing
from mediation.queries.cases import current_mediators, party_cases
from mediation.queries.materials import papers, proposed_agreement, readable_files, sessions, signatures
from mediation.queries.progress import timeline, turn
from mediation.views.articles import ARTICLES
from mediation.views.parties.reading import PARTY_ROLES, find

PAGE = 25


@requires(*PARTY_ROLES)
@require_safe
def my_cases(request: ActingRequest) -> HttpResponse:
    """The cases of the organisation one acts for; ``?q=`` narrows by number or other party, ``?stage=`` by stage."""
    found = party_cases(request.actor, timezone.now())
    words, stage = request.GET.get("q", "").strip()[:100], request.GET.get("stage", "")
    if words:
        parties = Q(applicant__name__icontains=words) | Q(respondent__name__icontains=words)
        found = found.filter(Q(number__icontains=words) | parties)
    if stage == "open":
        found = found.filter(status__in=(CaseStatus.DRAFT, *OPEN_STATUSES))
    elif stage == "closed":
        found = found.exclude(status__in=(CaseStatus.DRAFT, *OPEN_STATUSES))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request, "mediation/my_cases.html", {"cases": page, "words": words, "stage": stage, "articles": ARTICLES}
    )


@requires(*PARTY_ROLES)
@require_safe
def case_page(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One case: whose turn it is, its course, papers, sessions and agreement, as this side may see them."""
    case, where, _at = find(request, pk)
    if case.status == CaseStatus.DRAFT:
        return redirect("mediation:request", pk=case.pk)
    agreement = proposed_agreement(case)
    signed = signatures(agreement) if agreement else {}
    listed = list(papers(case, where))
    context = {
        "case": case,
        "articles": ARTICLES,
        "where": where,
        "turn": turn(case, where, signed=frozenset(signed) if agreement else None),
        "timeline": timeline(case, where),
        "answer": getattr(case, "answer", None),
        "joint_papers": [paper for paper in listed if paper.audience == Audience.JOINT],
        "own_papers": [paper for paper in listed if paper.audience != Audience.JOINT],
        "openable": set(readable_files(case, where).values_list("pk", flat=True)),
        "sessions": sessions(case, where),
        "mediators": current_mediators(case),
        "agreement": agreement,
        "signed": signed,
        "consents": set(case.extension_consents.values_list("side", flat=True)),
        "is_applicant": where is Standing.APPLICANT,
        "in_mediation": case.status == CaseStatus.IN_MEDIATION,
        "is_party": request.actor.organisation_id in (case.applicant_id, case.respondent_id),
    }
    return render(request, "mediation/case.html", context)
