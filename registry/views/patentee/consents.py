"""Pages on which those who were asked read exactly what is asked of them, and consent or decline."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.deadlines import law_date
from core.rules import Refused
from registry.actions.answering import (
    ask_pledgees,
    consent_as_pledgee,
    consent_to_withdrawal,
    decline_as_pledgee,
    decline_consent,
    decline_withdrawal,
)
from registry.actions.consenting import give_consent, give_consents
from registry.actions.ending_requests import missing_consents
from registry.models import Ending, Statement
from registry.queries.asking import (
    pledge_consents_wanted,
    standing_pledges,
    texts_asked,
    with_answers,
    withdrawals_wanted,
)
from registry.queries.changes import changes
from registry.queries.content import canonical_content, content_hash
from registry.queries.statements import consent_was_asked, consents_wanted, statements_of
from registry.views.patentee.present import answers

# Never shown to others than the filer and licensees.
PRIVATE = frozenset({"payee_account"})
PER_PAGE = 20


def _answered(request: ActingRequest, consent: Callable[..., Any], decline: Callable[..., Any], **thing: Any) -> Any:
    """Take the answer that was pressed. Return the violations it met, or None where it was recorded."""
    said = {"read_hash": request.POST.get("read_hash", ""), "by": request.actor, "at": timezone.now(), **thing}
    try:
        if request.POST.get("act") == "decline":
            decline(reason=request.POST.get("reason", "")[:2000], **said)
            messages.success(request, _("The filer was told that you decline."))
        else:
            consent(**said)
            messages.success(request, _("Your consent is recorded. The filer was told."))
    except Refused as refused:
        return [{"message": item.message, "remedy": item.remedy, "basis": item.basis} for item in refused.violations]
    except (Statement.DoesNotExist, Ending.DoesNotExist):
        messages.info(request, _("This has been sent or settled meanwhile; no answer is wanted any more."))
    return None


def _text(statement: Statement) -> dict[str, Any]:
    groups = answers(statement, change=False, without=PRIVATE)
    return {
        "statement": statement,
        "answers": [group for group in groups if group["rows"]],
        "read_hash": content_hash(statement),
        "list_url": reverse("registry:my_statements"),
    }


@requires(Role.PATENTEE)
def consents(request: ActingRequest) -> HttpResponse:
    """Every text that the organisation was asked to consent to; those that were read and ticked are consented to at once."""
    ticked = request.POST.getlist("text")
    unread = request.method == "POST" and not (ticked and request.POST.get("have_read"))
    if request.method == "POST" and not unread:
        _consent_to(request, ticked)
        return redirect("registry:consents")
    page = Paginator(texts_asked(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    rows: list[dict[str, Any]] = []
    for item in with_answers(list(page), request.actor):
        value = f"{item.statement.pk}:{item.text}"
        groups = [group for group in answers(item.statement, change=False, without=PRIVATE) if group["rows"]]
        is_ticked = value in ticked or (request.method == "GET" and "all" in request.GET and item.waits)
        rows.append({"asked": item, "value": value, "answers": groups, "ticked": is_ticked})
    context = {
        "page": page,
        "rows": rows,
        "waiting": sum(row["asked"].waits for row in rows),
        "missing": "text" if unread and not ticked else "have_read" if unread else "",
        "have_read": "have_read" in request.POST,
        "list_url": reverse("registry:my_statements"),
    }
    return render(request, "registry/patentee/consents.html", context)


def _consent_to(request: ActingRequest, ticked: list[str]) -> None:
    """Consent to the texts ticked, and say how many consents were recorded and how many were not."""
    read = {pk: text for pk, _colon, text in (value.partition(":") for value in ticked)}
    asked = consents_wanted(request.actor).values_list("pk", flat=True)
    texts = {pk: read[str(pk)] for pk in asked if str(pk) in read}
    given = len(give_consents(texts=texts, by=request.actor, at=timezone.now()))
    if given:
        said = ngettext(
            "Your consent to %(n)s text is recorded. The filer was told.",
            "Your consents to %(n)s texts are recorded. The filers were told.",
            given,
        )
        messages.success(request, said % {"n": given})
    if len(read) > given:
        said = _(
            "Not recorded: %(n)s. The text was changed, sent or answered meanwhile. Read what still waits as it stands now"
            " (Patent Law, Art. 14)."
        )
        messages.warning(request, said % {"n": len(read) - given})


@requires(Role.PATENTEE)
def consent(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The page on which a co-owner reads the exact text, with what changed since the last consent, and answers."""
    statement = consents_wanted(request.actor).filter(pk=pk).first()
    if statement is None and consent_was_asked(request.actor, pk):
        messages.info(request, _("The statement was sent meanwhile and cannot be changed now."))
        return redirect("registry:my_statements")
    if statement is None:
        raise Http404
    refused = None
    if request.method == "POST":
        refused = _answered(request, give_consent, decline_consent, statement=statement)
        if refused is None:
            return redirect("registry:consent", pk)
    context = _text(statement)
    own = statement.consents.filter(patentee__organisation_id=request.actor.organisation_id).order_by("given_at")
    earlier = own.exclude(content_hash=context["read_hash"]).exclude(content={}).last()
    context |= {
        "given": own.filter(content_hash=context["read_hash"]).first(),
        "declined": statement.declinations.filter(
            organisation_id=request.actor.organisation_id, content_hash=context["read_hash"], ending=None, pledge=None
        ).first(),
        "consented_before": earlier,
        "changes": changes(earlier.content, canonical_content(statement)) if earlier else [],
        "refused": refused,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "registry/patentee/consent.html", context)


@requires(Role.PATENTEE)
def withdrawal(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The page on which a patentee reads a request for withdrawal and answers."""
    ending = withdrawals_wanted(request.actor).filter(pk=pk).first()
    own = {"statement__patent__ownerships__patentee__organisation_id": request.actor.organisation_id}
    if ending is None and Ending.objects.filter(pk=pk, kind="withdrawal", **own).exists():
        messages.info(request, _("This has been sent or settled meanwhile; no answer is wanted any more."))
        return redirect("registry:my_statements")
    if ending is None:
        raise Http404
    refused = None
    if request.method == "POST":
        refused = _answered(request, consent_to_withdrawal, decline_withdrawal, ending=ending)
        if refused is None:
            return redirect("registry:withdrawal", pk)
    context = {
        "ending": ending,
        "statement": ending.statement,
        "read_hash": ending.content_hash,
        "missing": missing_consents(ending),
        "given": ending.consents.filter(patentee__organisation_id=request.actor.organisation_id).first(),
        "declined": ending.declinations.filter(organisation_id=request.actor.organisation_id).first(),
        "refused": refused,
        "reason": request.POST.get("reason", ""),
        "list_url": reverse("registry:my_statements"),
    }
    return render(request, "registry/patentee/consent_withdrawal.html", context)


@requires(Role.PATENTEE, Role.AGENCY)
@require_POST
def pledgees_ask(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Show the text to the pledgees who sign in here, and tell them."""
    at = timezone.now()
    statement = get_object_or_404(statements_of(request.actor, on=law_date(at)), pk=pk)
    names = ask_pledgees(statement=statement, by=request.actor, at=at)
    if names:
        messages.success(request, _("Asked: %(names)s.") % {"names": _("; ").join(names)})
    else:
        messages.info(request, _("No pledgee who signs in here has to be asked."))
    return redirect("registry:draft", pk)


def _answered_pledge(request: ActingRequest, pk: UUID) -> HttpResponse:
    """Show a pledgee the text that it has consented to; what the filer has made of it since is not for it to read."""
    statement = get_object_or_404(Statement, pk=pk)
    context = _text(statement)
    given = statement.pledgee_consents.filter(
        organisation_id=request.actor.organisation_id, content_hash=context["read_hash"]
    ).first()
    if given is None:
        raise Http404
    context |= {"given": given, "pledges": statement.patent.pledges.filter(consents__in=[given])}
    return render(request, "registry/patentee/consent_pledge.html", context)


@requires(Role.PATENTEE, Role.ENTERPRISE)
def pledge_consent(request: ActingRequest, pk: UUID) -> HttpResponse:
    """The page on which a pledgee reads the exact text and answers."""
    on = law_date(timezone.now())
    statement = pledge_consents_wanted(request.actor, on=on).filter(pk=pk).first()
    mine = {"organisation_id": request.actor.organisation_id}
    if statement is None:
        return _answered_pledge(request, pk)
    refused = None
    if request.method == "POST":
        refused = _answered(request, consent_as_pledgee, decline_as_pledgee, statement=statement)
        if refused is None:
            return redirect("registry:pledge_consent", pk)
    context = _text(statement)
    earlier = statement.pledgee_consents.filter(**mine).order_by("given_at").last()
    context |= {
        "changes": changes(earlier.content, canonical_content(statement)) if earlier else [],
        "pledges": standing_pledges(statement, on=on).filter(pledgee=request.actor.organisation_name),
        "declined": statement.declinations.filter(
            **mine, pledge__isnull=False, content_hash=context["read_hash"]
        ).first(),
        "refused": refused,
        "reason": request.POST.get("reason", ""),
    }
    return render(request, "registry/patentee/consent_pledge.html", context)
