"""The filer's statements, and the start of a new one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import ActingRequest
from accounts.models import Organisation
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import law_date
from core.exports import table_download
from core.rules import Refused
from registry.actions.drafting import begin_draft
from registry.actions.redeclaring import begin_successor
from registry.exports import LIST_HEADER, list_rows
from registry.forms.filing import StartForm
from registry.models import Patent
from registry.queries.asking import pledge_consents_unanswered, texts_asked, withdrawals_unanswered
from registry.queries.narrowing import Wanted, narrowed
from registry.queries.progress import TONES, Turns
from registry.queries.public import public_statements
from registry.queries.statements import patents_free_to_file, principals_of, shown_statements_of
from registry.views.listing import choices_of, sort_links
from registry.views.patentee.typing import number_hint

PER_PAGE = 50
OFFERED = 20


@requires(Role.PATENTEE, Role.AGENCY)
def my_statements(request: ActingRequest) -> HttpResponse:
    """Every statement of the filer, searched, narrowed and in an order: state, whose turn, until when; and the consents
    asked of them."""
    on = law_date(timezone.now())
    mine, wanted = shown_statements_of(request.actor, on=on), Wanted.read(request.GET)
    page = Paginator(narrowed(mine, wanted, on=on), PER_PAGE).get_page(request.GET.get("page"))
    turns = Turns(on)
    rows = [{"statement": item, "turn": turns.of(item), "tone": TONES.get(item.status, "neutral")} for item in page]
    asked = texts_asked(request.actor)
    context = {
        "page": page,
        "rows": rows,
        "consents_asked": asked.exists(),
        "consents_waiting": asked.filter(answered=False).order_by().values("pk").count(),
        "withdrawals": withdrawals_unanswered(request.actor),
        "pledge_consents": pledge_consents_unanswered(request.actor, on=on),
        "any": bool(rows) or mine.exists(),
        "wanted": wanted,
        "choices": choices_of(wanted, drafts=True),
        "sorts": sort_links(request.GET, wanted),
        "query": request.GET.urlencode(),
    }
    return render(request, "registry/patentee/my_statements.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
@require_safe
def my_statements_table(request: ActingRequest, form: str) -> HttpResponseBase:
    """The same list, as narrowed and in the same order, as a table for download."""
    on = law_date(timezone.now())
    found = narrowed(shown_statements_of(request.actor, on=on), Wanted.read(request.GET), on=on)
    header = [str(label) for label in LIST_HEADER]
    return table_download(form, f"my-statements-{on}", _("My statements"), header, list_rows(found, on=on))


@requires(Role.PATENTEE, Role.AGENCY)
def statement_new(request: ActingRequest) -> HttpResponse:
    """Start a statement by patent number; the register fills in what it knows."""
    at = timezone.now()
    on = law_date(at)
    form = StartForm(request.POST or request.GET or None)
    violations = ()
    if request.method == "POST" and form.is_valid():
        patent = Patent.objects.filter(number=form.cleaned_data["number"]).first()
        if patent is None:
            form.add_error("number", _("The register has no patent with this number. Check each digit."))
        else:
            try:
                statement = begin_draft(patent=patent, filed_by=_holder(request, patent, on), by=request.actor, at=at)
            except Refused as refused:
                violations = refused.violations
            else:
                messages.success(request, _("The draft is saved. You can leave it and come back at any time."))
                return redirect("registry:draft", statement.pk)
    typed = (request.POST or request.GET).get("number", "")
    free = patents_free_to_file(request.actor, on=on)[: OFFERED + 1]
    context = {
        "form": form,
        "violations": violations,
        "patents": free[:OFFERED],
        "more": len(free) > OFFERED,
        **number_hint(typed.strip()[:60]),
    }
    return render(request, "registry/patentee/statement_new.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
def statement_from(request: ActingRequest, number: str) -> HttpResponse:
    """Begin a statement that replaces an earlier one, prefilled from it."""
    at = timezone.now()
    earlier = get_object_or_404(public_statements().select_related("patent"), number=number)
    violations = ()
    if request.method == "POST":
        holder = _holder(request, earlier.patent, law_date(at))
        try:
            draft = begin_successor(earlier=earlier, filed_by=holder, by=request.actor, at=at)
        except Refused as refused:
            violations = refused.violations
        else:
            messages.success(request, _("The draft is saved. You can leave it and come back at any time."))
            return redirect("registry:draft", draft.pk)
    context = {"earlier": earlier, "violations": violations, "cancel_url": reverse("registry:my_statements")}
    return render(request, "registry/patentee/statement_from.html", context)


def _holder(request: ActingRequest, patent: Patent, on) -> Organisation:
    """Return for whom the actor files on this patent: a holder they act for, otherwise the first they act for."""
    acting_for = Organisation.objects.filter(pk__in=principals_of(request.actor, on=on))
    holders = acting_for.filter(patentees__ownerships__patent=patent)
    found = holders.order_by("patentees__ownerships__position").first() or acting_for.order_by("name").first()
    return found or Organisation.objects.get(pk=request.actor.organisation_id)
