"""How a statement is laid out for its filer: task list, answers, violations with links to where they are mended."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.money import format_percent, format_yuan
from core.rules import Severity, Violation
from core.templatetags.ui import labelled, law_date
from registry.actions.drafting import entries_of
from registry.forms.steps import FORM_STEPS, LABELS, STEPS, Step, anchor_of, fields_of, step_of
from registry.models import Statement
from registry.reading import TERM_COLUMNS

# Rules that speak of "this text", whatever field it stands in.
ABOUT_A_TEXT = ("F3", "F4", "F10")
CHOICES = {"fee_mode": "get_fee_mode_display", "term_mode": "get_term_mode_display"}


def step_url(statement: Statement, step: Step) -> str:
    """Return the page of a step."""
    return reverse("registry:draft_step", args=[statement.pk, step.slug])


def _said_where(item: Violation) -> Any:
    """Name the field before what is said of its text, which does not name it."""
    if item.rule not in ABOUT_A_TEXT or item.field not in LABELS:
        return item.message
    return labelled(LABELS[item.field], item.message)


def linked(violations: Iterable[Violation], statement: Statement) -> list[dict[str, Any]]:
    """Return violations with the address of the field that each is about."""
    return [
        {
            "message": _said_where(item),
            "remedy": item.remedy,
            "basis": item.basis,
            "url": f"{step_url(statement, step_of(item.field))}?checked=1#{anchor_of(item.field)}",
        }
        for item in violations
    ]


def by_weight(violations: Iterable[Violation], statement: Statement) -> dict[str, list[dict[str, Any]]]:
    """Return the linked violations as bars, defects and warnings."""
    found = list(violations)
    return {
        str(severity) + "s": linked([item for item in found if item.severity is severity], statement)
        for severity in Severity
    }


_STATES: dict[Severity, tuple[Any, str]] = {
    Severity.BAR: (_("The law stands against it"), "danger"),
    Severity.DEFECT: (_("To be mended"), "warning"),
    Severity.WARNING: (_("Worth a second look"), "info"),
}


def readiness(statement: Statement, violations: Iterable[Violation]) -> dict[str, Any]:
    """Return the table of what is missing before the statement can be sent, what blocks first; and whether it can."""
    found = sorted(violations, key=lambda item: list(_STATES).index(item.severity))
    rows = [
        {
            **row,
            "state": _STATES[item.severity][0],
            "tone": _STATES[item.severity][1],
            "step": step_of(item.field).title,
        }
        for item, row in zip(found, linked(found, statement), strict=True)
    ]
    return {"missing": rows, "ready": not any(item.blocks for item in found)}


def task_sections(statement: Statement, violations: list[Violation]) -> list[dict[str, Any]]:
    """Return the task list: every step with how far it is."""
    entries = entries_of(statement)
    blocked = {step_of(item.field).slug for item in violations if item.blocks}
    tasks = []
    for step in STEPS:
        begun = any(entries[name] not in ("", False, []) for name in step.fields)
        if step.slug == "price" and not entries["fee_mode"]:
            status, tone = _("Not begun"), "neutral"
        elif step.slug not in blocked:
            status, tone = _("Done"), "success"
        elif step.fields and not begun:
            status, tone = _("Not begun"), "neutral"
        else:
            status, tone = _("To be mended"), "warning"
        tasks.append({"label": step.title, "url": step_url(statement, step), "status": status, "tone": tone})
    check = {
        "label": _("Check your answers and send"),
        "url": reverse("registry:statement_check", args=[statement.pk]),
        "status": _("Not ready") if blocked else _("Ready"),
        "tone": "neutral" if blocked else "success",
    }
    return [{"title": _("Prepare"), "tasks": tasks}, {"title": _("Send"), "tasks": [check]}]


def _unused(entries: Mapping[str, Any]) -> frozenset[str]:
    """Return the way of stating the term that was not chosen: what is left in it says nothing."""
    chosen = entries["term_mode"]
    return frozenset(column for mode, column in TERM_COLUMNS.items() if chosen and mode != chosen)


def answers(
    statement: Statement,
    violations: Iterable[Violation] = (),
    *,
    change: bool,
    without: frozenset[str] = frozenset(),
) -> list[dict[str, Any]]:
    """Return every step with its answers, save those left out; what was typed and is no value is shown as typed."""
    entries = entries_of(statement)
    errors: dict[str, Any] = {}
    for item in violations:
        if item.blocks:
            errors.setdefault(item.field, item.message)
    return [
        {
            "title": step.title,
            "rows": [
                {
                    "label": LABELS[name],
                    "value": _answer(statement, name, entries[name]),
                    "url": f"{step_url(statement, step)}#{anchor_of(name)}" if change else "",
                    "error": errors.get(name, ""),
                }
                for name in fields_of(step, entries["fee_mode"])
                if name not in without | _unused(entries) and (change or entries[name] not in ("", []))
            ],
        }
        for step in FORM_STEPS
    ]


def _answer(statement: Statement, name: str, entry: Any) -> Any:
    if name in CHOICES and name not in statement.typed:
        return getattr(statement, CHOICES[name])()
    value = getattr(statement, name)
    if isinstance(value, Decimal):
        return format_percent(value) if name == "royalty_rate" else format_yuan(value)
    if isinstance(value, date):
        return law_date(value)
    if isinstance(entry, bool):
        return _("Yes") if entry else _("No")
    if isinstance(entry, list):
        rows = [(row.get("due_months", ""), row.get("amount", "")) for row in entry]
        return " · ".join(_("month %(month)s: ¥%(amount)s") % {"month": due, "amount": sum_} for due, sum_ in rows)
    return entry
