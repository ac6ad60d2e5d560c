"""One statement of the filer: its task list, its steps, its answers, its history."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import IllegalStep
from registry.actions.drafting import Overtaken, entries_of, save_draft
from registry.actions.ending_requests import missing_consents
from registry.enums import EDITABLE_STATUSES, PENDING_STATUSES, PUBLIC_STATUSES, StatementStatus
from registry.forms.steps import BY_SLUG, Step, StepForm, entries_from, next_step
from registry.models import Statement
from registry.notifications import office_reasons
from registry.queries.acceptance import acceptance_of
from registry.queries.acting import acts_offered, sending_violations
from registry.queries.asking import pledgees_here, standing_pledges
from registry.queries.changes import changes_from_earlier
from registry.queries.duties import DUTY_BASIS, open_duty
from registry.queries.facts import owners_of
from registry.queries.progress import (
    TONES,
    correction_missed,
    endings_told,
    remedies_of,
    timeline_of,
    turn_of,
)
from registry.queries.statements import statements_of
from registry.views.patentee.papers import papers_page
from registry.views.patentee.present import answers, by_weight, linked, readiness, task_sections
from registry.views.patentee.typing import checked, conflict_of, is_typing, state_here, stopped

# A successor in one of these came to nothing: the earlier statement can be replaced anew.
GONE = (StatementStatus.DISCARDED, StatementStatus.CANCELED, StatementStatus.REFUSED, StatementStatus.LAPSED)
_WITH_OFFICE = tuple(status for status in PENDING_STATUSES if status not in EDITABLE_STATUSES)


def own(request: ActingRequest, pk: UUID, on: date) -> Statement:
    """Return the actor's own statement, or 404 as for one that does not exist."""
    mine: QuerySet[Statement] = statements_of(request.actor, on=on).exclude(status=StatementStatus.DISCARDED)
    return get_object_or_404(mine, pk=pk)


def moved_on(request: ActingRequest, statement: Statement) -> HttpResponse:
    """Send back whoever comes too late for an act, to the page that says what is possible."""
    messages.error(request, _("This is not possible any more; the page shows where the statement stands now."))
    return redirect("registry:draft", statement.pk)


@requires(Role.PATENTEE, Role.AGENCY)
def draft(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The task list while the filer may send, otherwise the statement with its history and what can be done."""
    on = law_date(timezone.now())
    statement = own(request, pk, on)
    turn = turn_of(statement, on=on)
    context = {
        "statement": statement,
        "turn": turn,
        "tone": TONES.get(statement.status, "neutral"),
        "reasons": office_reasons(statement),
        "timeline": timeline_of(statement),
        "earlier": statement.replaces,
        "changes": changes_from_earlier(statement),
        "office_papers": statement.office_papers.all(),
        **acts_offered(request.actor, statement, on=on),
    }
    if statement.status in EDITABLE_STATUSES and not correction_missed(statement, on=on):
        violations = sending_violations(request.actor, statement, on=on)
        context |= {"sections": task_sections(statement, violations), **readiness(statement, violations)}
        return render(request, "registry/patentee/draft.html", context)
    withdrawal = context["withdrawal"]
    context |= {
        "answers": answers(statement, change=False),
        "missing_consents": missing_consents(withdrawal) if withdrawal else [],
        "duty": open_duty(statement),
        "duty_basis": DUTY_BASIS,
        "acceptance": acceptance_of(statement, at=timezone.now()),
        "endings": endings_told(statement),
        "can_replace": statement.status in PUBLIC_STATUSES
        and not statement.replaced_by.exclude(status__in=GONE).exists(),
        "pledges": standing_pledges(statement, on=on) if statement.status in _WITH_OFFICE else (),
        "pledgees": pledgees_here(statement, on=on),
        "declined": statement.declinations.filter(content_hash=statement.content_hash, ending=None),
        "successors": statement.replaced_by.exclude(status__in=GONE),
        "remedies": remedies_of(statement),
        "today": on,
        "papers": statement.papers.select_related("file"),
    }
    return render(request, "registry/patentee/statement.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
def draft_step(request: ActingRequest, pk: UUID, slug: str) -> HttpResponse:
    """One step. Whatever is typed is saved, then what the rules say of it is shown beside the fields."""
    at = timezone.now()
    statement = own(request, pk, law_date(at))
    step = BY_SLUG.get(slug)
    if step is None:
        raise Http404
    if statement.status not in EDITABLE_STATUSES:
        return _sent_already(request, statement)
    if step.slug == "papers":
        return papers_page(request, statement, at)
    if step.slug == "owners":
        return _owners_page(request, statement, law_date(at))
    conflict = None
    if request.method == "POST":
        entries = entries_from(step, request.POST, entries_of(statement)["fee_mode"])
        expected = request.POST.get("overwrite") or request.POST.get("before", "")
        try:
            statement = save_draft(
                statement=statement,
                entries=entries,
                by=request.actor,
                at=at,
                expected=expected,
                window=request.POST.get("window", ""),
            )
        except IllegalStep:
            return _sent_already(request, statement)
        except Overtaken as overtaken:
            statement, conflict = overtaken.statement, conflict_of(overtaken, step, request.POST, entries)
        if is_typing(request):
            on = law_date(at)
            return stopped(request, conflict) if conflict else checked(request, statement, step, at=at, on=on)
    return _step_page(request, statement, step, law_date(at), conflict)


def _sent_already(request: ActingRequest, statement: Statement) -> HttpResponse:
    messages.error(request, _("The statement was sent meanwhile and cannot be changed now."))
    if is_typing(request):
        return HttpResponse(headers={"HX-Redirect": reverse("registry:draft", args=[statement.pk])})
    return redirect("registry:draft", statement.pk)


def _step_page(
    request: ActingRequest, statement: Statement, step: Step, on: date, conflict: dict[str, Any] | None
) -> HttpResponse:
    saved = request.method == "POST" and conflict is None
    every = sending_violations(request.actor, statement, on=on)
    shown = saved or "checked" in request.GET
    found = every if shown else [item for item in every if item.field in statement.typed]
    entries = entries_of(statement)
    state = state_here(statement, step)
    if conflict is not None:
        entries |= entries_from(step, request.POST, entries["fee_mode"])
        state = request.POST.get("before", "")
    more = 4 if "more" in request.POST else 0
    form = StepForm(step, entries, [item for item in found if item.blocks], more_rows=more)
    here = [item for item in found if item.field in step.fields]
    blocked = any(item.blocks for item in here)
    following = next_step(step)
    if saved and not blocked and not more:
        messages.success(request, _("Saved."))
        if following is None or "back" in request.POST:
            return redirect("registry:draft", statement.pk)
        return redirect("registry:draft_step", statement.pk, following.slug)
    context = {
        "statement": statement,
        "step": step,
        "form": form,
        "saved": saved,
        "found": linked(here, statement),
        "blocked": blocked,
        "following": following,
        "rows": form.instalment_rows(),
        "plain": [form[name] for name in form.fields if not name.startswith("instalments-")],
        "state": state,
        "window": request.POST.get("window") or str(uuid4()),
        "conflict": conflict,
        **readiness(statement, every),
    }
    return render(request, "registry/patentee/draft_step.html", context)


def _owners_page(request: ActingRequest, statement: Statement, on: date) -> HttpResponse:
    found = [item for item in sending_violations(request.actor, statement, on=on) if not item.field]
    context = {
        "statement": statement,
        "patent": statement.patent,
        "owners": owners_of(statement.patent),
        **by_weight(found, statement),
    }
    return render(request, "registry/patentee/draft_owners.html", context)
