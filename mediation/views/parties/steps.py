"""The steps of a request: their task list and the summary of what was answered."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.rules import Text
from mediation.models import Case

STEPS: dict[str, Text] = {
    "dispute": _("Subject and claim"),
    "facts": _("Facts and reasons"),
    "proceedings": _("Other proceedings"),
}
_FILLED = {
    "dispute": lambda case: bool(case.subject and case.claim),
    "facts": lambda case: bool(case.facts),
    "proceedings": lambda case: bool(case.declared_proceedings),
}


def task_sections(case: Case, papers: int) -> list[dict[str, Any]]:
    """Return the task list of a draft: each step with its address and whether it is filled."""
    tasks = [
        {
            "label": label,
            "url": reverse("mediation:request_step", args=[case.pk, step]),
            "status": _("Completed") if _FILLED[step](case) else _("To do"),
            "tone": "success" if _FILLED[step](case) else "info",
        }
        for step, label in STEPS.items()
    ]
    tasks.append(
        {
            "label": _("Papers"),
            "url": reverse("mediation:paper_new", args=[case.pk]),
            "status": _("Completed") if papers else _("Optional"),
            "tone": "success" if papers else "neutral",
            "hint": _("Evidence for both sides, or in confidence for the mediators only. More can follow later."),
        }
    )
    send = {
        "label": _("Check your answers and send"),
        "url": reverse("mediation:request_check", args=[case.pk]),
        "status": _("Last step"),
    }
    return [{"title": _("Prepare the request"), "tasks": tasks}, {"title": _("Send it"), "tasks": [send]}]


def answers(case: Case) -> list[dict[str, Any]]:
    """Return what was answered, each with the address at which it is changed."""

    def step(name: str) -> str:
        return reverse("mediation:request_step", args=[case.pk, name])

    return [
        {"label": _("Subject of the dispute"), "value": case.get_subject_display(), "url": step("dispute")},
        {"label": _("Claim"), "value": case.claim, "url": step("dispute")},
        {"label": _("Facts and reasons"), "value": case.facts, "url": step("facts")},
        {
            "label": _("Other proceedings"),
            "value": case.get_declared_proceedings_display(),
            "url": step("proceedings"),
        },
    ]
