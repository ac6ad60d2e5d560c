"""Consents and papers of a statement: ask, upload, take out, read."""

from datetime import date, datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core import storage
from core.deadlines import law_date
from core.lifecycle import IllegalStep
from core.rules import Refused
from registry.actions.consenting import ask_consents, attach_consent
from registry.actions.drafting import add_paper, remove_paper
from registry.actions.serving import file_of
from registry.enums import ConsentMethod, PaperKind
from registry.forms.filing import ConsentPaperForm, PaperForm
from registry.models import OfficePaper, Statement, StatementPaper
from registry.queries.asking import pledgees_here, standing_pledges
from registry.queries.facts import statement_facts
from registry.queries.statements import statements_of, violations_of
from registry.views.patentee.present import linked

CONCERNS = ("consents", "pledgees", "evaluation_report")


def papers_page(request: ActingRequest, statement: Statement, at: datetime) -> HttpResponse:
    """The step of consents and papers; three small forms, told apart by the button pressed."""
    facts = statement_facts(statement, on=law_date(at))
    owners = [(str(owner.patentee_id), owner.name) for owner in facts.patent.owners]
    pressed = request.POST.get("act", "")
    paper_form = PaperForm(*_bound(request, pressed == "paper"))
    consent_form = ConsentPaperForm(*_bound(request, pressed == "consent"), owners=owners)
    refused: tuple = ()
    try:
        if _done(request, statement, at, pressed, paper_form, consent_form):
            return redirect("registry:draft_step", statement.pk, "papers")
    except Refused as error:
        refused = error.violations
    except IllegalStep:
        messages.error(request, _("The statement was sent meanwhile and cannot be changed now."))
        return redirect("registry:draft", statement.pk)
    found = [item for item in violations_of(statement, on=law_date(at)) if item.field in CONCERNS]
    context = {
        "statement": statement,
        "owners": [
            {"owner": owner, "given": facts.consented(owner), "needed": owner != facts.filer or bool(facts.agency)}
            for owner in facts.patent.owners
        ],
        "needs_consents": len(facts.patent.owners) > 1 or bool(facts.agency),
        "declined": statement.declinations.filter(content_hash=facts.content_hash, ending=None).select_related(
            "organisation"
        ),
        "pledges": standing_pledges(statement, on=law_date(at)),
        "pledgees": pledgees_here(statement, on=law_date(at)),
        "needs_report": facts.patent.needs_report,
        "report": facts.patent.report,
        "papers": statement.papers.select_related("file"),
        "found": linked([*refused, *found], statement),
        "paper_form": paper_form,
        "consent_form": consent_form,
    }
    return render(request, "registry/patentee/draft_papers.html", context)


def _bound(request: ActingRequest, pressed: bool) -> tuple:
    return (request.POST, request.FILES) if pressed else (None, None)


def _done(
    request: ActingRequest,
    statement: Statement,
    at: datetime,
    pressed: str,
    paper_form: PaperForm,
    consent_form: ConsentPaperForm,
) -> bool:
    if pressed == "ask":
        ask_consents(statement=statement, by=request.actor, at=at)
        messages.success(request, _("The other patentees were told and can read the present text."))
        return True
    if pressed == "paper" and paper_form.is_valid():
        kind = PaperKind(paper_form.cleaned_data["kind"])
        file = paper_form.cleaned_data["file"]
        add_paper(statement=statement, kind=kind, file=file, by=request.actor, at=at)
        messages.success(request, _("The paper is saved."))
        return True
    if pressed == "consent" and consent_form.is_valid():
        attach_consent(
            statement=statement,
            patentee_id=UUID(consent_form.cleaned_data["patentee"]),
            method=ConsentMethod(consent_form.cleaned_data["method"]),
            file=consent_form.cleaned_data["file"],
            valid_until=consent_form.cleaned_data["valid_until"],
            by=request.actor,
            at=at,
        )
        messages.success(request, _("The consent is saved."))
        return True
    return False


def _paper(request: ActingRequest, pk: UUID, paper_pk: UUID, on: date) -> StatementPaper:
    papers = StatementPaper.objects.filter(statement__in=statements_of(request.actor, on=on))
    return get_object_or_404(papers.select_related("file", "statement"), pk=paper_pk, statement_id=pk)


@requires(Role.PATENTEE, Role.AGENCY)
def paper(request: ActingRequest, pk: UUID, paper_pk: UUID) -> HttpResponse:
    """Hand out a paper of the filer's own statement."""
    return storage.respond(_paper(request, pk, paper_pk, law_date(timezone.now())).file)


@requires(Role.PATENTEE, Role.AGENCY)
def office_paper(request: ActingRequest, pk: UUID, paper_pk: UUID) -> HttpResponse:
    """Hand out a paper that the office sent about the filer's own statement."""
    at = timezone.now()
    papers = OfficePaper.objects.filter(statement__in=statements_of(request.actor, on=law_date(at)))
    return storage.respond(file_of(get_object_or_404(papers, pk=paper_pk, statement_id=pk), at=at))


@requires(Role.PATENTEE, Role.AGENCY)
@require_POST
def paper_remove(request: ActingRequest, pk: UUID, paper_pk: UUID) -> HttpResponse:
    """Take a paper out of a draft or correction."""
    at = timezone.now()
    try:
        remove_paper(paper=_paper(request, pk, paper_pk, law_date(at)), by=request.actor, at=at)
    except IllegalStep:
        messages.error(request, _("The statement was sent meanwhile and cannot be changed now."))
        return redirect("registry:draft", pk)
    messages.success(request, _("The paper was taken out."))
    return redirect("registry:draft_step", pk, "papers")
