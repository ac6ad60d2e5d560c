"""A step while it is being filled in: saved by itself, checked by the rules that decide later, never overwritten."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.http import ActingRequest
from accounts.permissions import requires
from accounts.roles import Role
from core.identifiers import InvalidIdentifier, PatentNumber
from core.rules import Violation
from registry.actions.drafting import Overtaken, entries_of, state_of
from registry.forms.steps import LABELS, Step, fields_of
from registry.models import Patent, Statement
from registry.queries.acting import sending_violations
from registry.queries.facts import owners_of
from registry.views.patentee.present import readiness


def is_typing(request: ActingRequest) -> bool:
    """Whether the page asks in the background, while somebody types."""
    return bool(request.headers.get("HX-Request"))


def state_here(statement: Statement, step: Step) -> str:
    """Return the fingerprint of what the step shows now."""
    return state_of(statement, fields_of(step, entries_of(statement)["fee_mode"]))


def checked(request: ActingRequest, statement: Statement, step: Step, *, at: datetime, on: date) -> HttpResponse:
    """Answer a save in the background: each field's findings, what is still missing, when it was saved."""
    found = sending_violations(request.actor, statement, on=on)
    entries = entries_of(statement)
    names = fields_of(step, entries["fee_mode"])
    begun = [item for item in found if item.field in names and entries[item.field] not in ("", False, [])]
    said = _summary(begun)
    context = {
        "statement": statement,
        "step": step,
        "fields": [{"name": name, "found": [item for item in begun if item.field == name]} for name in names],
        "state": state_here(statement, step),
        "at": at,
        "said": said,
        "is_news": said != request.POST.get("said", ""),
        **readiness(statement, found),
    }
    return render(request, "registry/patentee/typing.html", context)


def _summary(begun: list[Violation]) -> str:
    """One sentence for a screen reader, said only when it changes."""
    if not begun:
        return ""
    return _("%(message)s (%(count)s on this page)") % {"message": begun[0].message, "count": len(begun)}


def conflict_of(overtaken: Overtaken, step: Step, post: QueryDict, entries: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in this window against what another one saved, field by field, for the reader to choose."""
    saved = entries_of(overtaken.statement)
    typed = {**{name: post[name] for name in step.fields if name in post and name in LABELS}, **entries}
    return {
        "statement": overtaken.statement,
        "step": step,
        "state": state_here(overtaken.statement, step),
        "pairs": [
            {"label": LABELS[name], "here": _plain(mine), "saved": _plain(saved[name])}
            for name, mine in typed.items()
            if mine != saved[name]
        ],
    }


def _plain(entry: Any) -> Any:
    if isinstance(entry, bool):
        return _("Yes") if entry else _("No")
    if isinstance(entry, list):
        return " · ".join(f"{row.get('due_months', '')}: {row.get('amount', '')}" for row in entry)
    return entry


def stopped(request: ActingRequest, conflict: Mapping[str, Any]) -> HttpResponse:
    """Answer a save in the background that would have overwritten another window's: nothing was saved, and why."""
    if request.POST.get("seen") == conflict["state"]:
        return HttpResponse(status=204)  # the reader has been told, and is not told again at every key
    response = render(request, "registry/patentee/conflict.html", {**conflict, "live": True})
    response["HX-Reswap"] = "none"
    return response


@requires(Role.PATENTEE, Role.AGENCY)
def number_check(request: ActingRequest) -> HttpResponse:
    """Complete or explain a patent number while it is typed, and show what the register knows of the patent."""
    typed = request.GET.get("number", "").strip()[:60]
    return render(request, "registry/patentee/number.html", {**number_hint(typed), "live": True})


def number_hint(typed: str) -> dict[str, Any]:
    """Return the number with its check digit, why it is none, or the patent with its holders."""
    if sum(char.isdigit() for char in typed) < 8:
        return {"typed": ""}
    try:
        number = PatentNumber.complete(typed)
    except InvalidIdentifier as error:
        return {"typed": typed, "problem": error.message}
    patent = Patent.objects.filter(number=number.canonical).first()
    try:
        PatentNumber.parse(typed)
        complete = True
    except InvalidIdentifier:
        complete = False
    return {
        "typed": typed,
        "number": number,
        "is_complete": complete,
        "patent": patent,
        "owners": owners_of(patent) if patent else (),
    }
