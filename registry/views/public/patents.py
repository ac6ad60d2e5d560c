"""The page of one patent: what the register knows of it, and which statements stand on it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import public
from core.identifiers import INDUSTRIES, REGIONS, InvalidIdentifier, PatentNumber
from registry.models import Patent
from registry.queries.patents import register_lines
from registry.queries.public import public_statements, with_facts
from registry.queries.register import replays
from registry.queries.watching import watch_on
from registry.views.public.cards import cards, class_words


@public
@require_safe
def patent(request: HttpRequest, number: str) -> HttpResponse:
    """One patent. Any right way to write its number leads to its one address."""
    try:
        canonical = PatentNumber.complete(number).canonical
    except InvalidIdentifier as error:
        raise Http404 from error
    if canonical != number:
        return redirect("registry:patent", canonical)
    found = get_object_or_404(Patent, number=canonical)
    statements = with_facts(public_statements().filter(patent=found)).order_by("-effective_on")
    replayed = replays([found])[found.pk]
    context = {
        "patent": found,
        "facts": _facts(found),
        "lines": register_lines(replayed),
        "known": replayed.state.known,
        "watching": watch_on(getattr(request, "actor", None), found),
        "watch_url": reverse("registry:patent_watch", args=[found.number]),
        "cards": cards(list(statements), at=timezone.now()),
    }
    return render(request, "registry/public/patent.html", context)


def _facts(patent: Patent) -> list[dict[str, Any]]:
    owners = _("; ").join(patent.ownerships.order_by("position").values_list("patentee__name", flat=True))
    return [
        {"label": _("Patentee"), "value": owners},
        {"label": _("Main class"), "value": class_words(patent)},
        {"label": _("Industry"), "value": str(INDUSTRIES.get(patent.industry, ""))},
        {"label": _("Province"), "value": str(REGIONS.get(patent.province, ""))},
    ]
