"""Filing a license, and following a filing. Both sides see it; either may file."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.permissions import requires
from core.deadlines import law_date
from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused
from core.storage import respond
from licensing.actions.deciding import cancel_filing
from licensing.actions.filing import submit_filing, take_back_filing
from licensing.enums import ChangeStatus, FilingStatus
from licensing.forms.filing import FilingForm
from licensing.queries.changes import is_change_waiting
from licensing.queries.checks import filing_readiness
from licensing.queries.facts import is_export_license
from licensing.queries.progress import TONES, changes_of, filing_state
from licensing.queries.timing import decision_due_on
from licensing.queries.worklists import filings_seen_by
from licensing.rules import FILING_PAPERS
from licensing.views.objects import SIDES, seen_filing, seen_license

PAPER_RULES = frozenset(rule.id for rule in FILING_PAPERS.rules)


@requires(*SIDES)
def filings(request: ActingRequest) -> HttpResponse:
    """Every filing of the actor's licenses, on either side."""
    rows = [
        {
            "filing": item,
            "tone": TONES.get(FilingStatus(item.status), "neutral"),
            "is_changing": any(change.status == ChangeStatus.REQUESTED for change in item.changes.all()),
        }
        for item in filings_seen_by(request.actor, on=law_date(timezone.now())).prefetch_related("changes")
    ]
    return render(request, "licensing/filings.html", {"filings": rows})


@requires(*SIDES)
def file_license(request: ActingRequest, pk: UUID) -> HttpResponse:
    """File the license: what goes with it already, what stands against it, the papers that are missing."""
    at = timezone.now()
    on = law_date(at)
    found, standing = seen_license(request, pk, on)
    state = filing_state(found, on=on)
    if not state.may_file:
        raise Http404
    export = is_export_license(found)
    options = {"is_export": export, "through_agency": standing.through_agency}
    form = FilingForm(request.POST or None, request.FILES or None, **options)
    violations: list = []
    if request.method == "POST" and form.is_valid():
        try:
            filing = submit_filing(
                license_id=found.pk,
                handler_name=form.cleaned_data["handler_name"],
                papers=form.papers(),
                by=request.actor,
                at=at,
            )
        except Refused as refused:
            violations = list(refused.violations)
        else:
            return redirect("licensing:filing", filing.pk)
    else:
        ready = filing_readiness(found, at=at, papers=set(), through_agency=standing.through_agency)
        violations = [item for item in ready if item.rule not in PAPER_RULES]
    context = {"license": found, "form": form, "violations": violations, "state": state, "is_export": export}
    return render(request, "licensing/file.html", context)


@requires(*SIDES)
def filing(request: ActingRequest, pk: UUID) -> HttpResponse:
    """One filing: where it stands, its clock, its papers, its reasons."""
    on = law_date(timezone.now())
    found, standing = seen_filing(request, pk, on)
    context = {
        "filing": found,
        "state": filing_state(found.license, on=on),
        "decision_due_on": decision_due_on(found),
        "papers": found.papers.select_related("file"),
        "is_applicant": standing.organisation_id == found.applicant_id,
        "waiting": found.status == FilingStatus.SUBMITTED,
        "changes": changes_of(found),
        "may_change": found.status == FilingStatus.RECORDED and not is_change_waiting(found),
        "own_id": standing.organisation_id,
    }
    return render(request, "licensing/filing.html", context)


@requires(*SIDES)
def filing_take_back(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then take the filing back."""
    at = timezone.now()
    found, standing = seen_filing(request, pk, law_date(at))
    if standing.organisation_id != found.applicant_id or found.status != FilingStatus.SUBMITTED:
        raise Http404
    if request.method == "POST":
        try:
            take_back_filing(filing_id=found.pk, by=request.actor, at=at)
        except (IllegalStep, WrongRole):
            messages.error(request, _("The filing can no longer be taken back."))
        else:
            messages.success(request, _("The filing is taken back."))
        return redirect("licensing:filing", pk)
    context = {
        "filing": found,
        "danger": True,
        "cancel_url": reverse("licensing:filing", args=[pk]),
        "submit_label": _("Take the filing back"),
    }
    return render(request, "licensing/filing_take_back.html", context)


@requires(*SIDES)
def filing_cancel(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Ask once, then have the record of an ended license canceled."""
    at = timezone.now()
    found, _standing = seen_filing(request, pk, law_date(at))
    if not filing_state(found.license, on=law_date(at)).may_cancel:
        raise Http404
    if request.method == "POST":
        try:
            cancel_filing(filing_id=found.pk, by=request.actor, at=at)
        except (IllegalStep, WrongRole):
            messages.error(request, _("The record cannot be canceled now."))
        else:
            messages.success(request, _("The record is canceled; the bulletin announces it."))
        return redirect("licensing:filing", pk)
    context = {"filing": found, "danger": True, "cancel_url": reverse("licensing:filing", args=[pk])}
    return render(request, "licensing/filing_cancel.html", context)


@requires(*SIDES)
def filing_paper(request: ActingRequest, pk: UUID, paper_pk: UUID) -> FileResponse:
    """A paper of a filing, for the side that handed it in alone: it may prove a person's identity."""
    found, standing = seen_filing(request, pk, law_date(timezone.now()))
    if standing.organisation_id != found.applicant_id:
        raise Http404
    return respond(get_object_or_404(found.papers.select_related("file"), pk=paper_pk).file)
