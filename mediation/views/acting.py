"""The page of one act: a form or a question, one call into an action, every violation shown, nothing typed lost."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.lifecycle import IllegalStep, WrongRole
from core.rules import Refused, Text
from mediation.lifecycles.case import CASE
from mediation.models import Case
from mediation.views.articles import ARTICLES


@dataclass(frozen=True, slots=True)
class ActPage:
    """What the page of an act says. ``consequences`` are sentences shown before the form.

    ``events``: the steps of the case of which one must be possible; where none is, the page is not offered.
    """

    case: Case
    title: Text
    submit: Text
    done: Text
    back: str
    lead: Text = ""
    consequences: tuple[Text, ...] = ()
    danger: bool = False
    events: tuple[str, ...] = ()
    template: str = "mediation/act.html"
    context: dict[str, Any] = field(default_factory=dict)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was posted, however little, or None where nothing was."""
    return request.POST if request.method == "POST" else None


def act_page(
    request: HttpRequest, page: ActPage, form: forms.Form, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Show the page, or do the act and go back to the case. A refusal shows the form again with every violation."""
    if request.method != "POST" and page.events and not _possible(page):
        messages.error(request, _("This cannot be done as the case stands now. This page shows whose turn it is."))
        return redirect(page.back)
    found = []
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            found = list(refusal.violations)
        except (IllegalStep, WrongRole):
            messages.error(request, moved_on())
            return redirect(page.back)
        except ObjectDoesNotExist as missing:
            raise Http404 from missing
        else:
            messages.success(request, str(page.done))
            return redirect(page.back)
    context = {"page": page, "case": page.case, "form": form, "violations": found, "articles": ARTICLES, **page.context}
    return render(request, page.template, context)


def _possible(page: ActPage) -> bool:
    return any(step.event in page.events and page.case.status in step.sources for step in CASE.transitions)


def moved_on() -> str:
    """Return the sentence for an act that came too late: somebody else, or a clock, was there first."""
    return _("This is no longer possible: the case has moved on meanwhile. This page shows how it stands now.")
