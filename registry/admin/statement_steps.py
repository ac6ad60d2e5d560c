"""The buttons of the examination desk: which action each calls, what must be said with it, who gets it."""

from datetime import date, datetime
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import Step
from core.deadlines import law_date
from core.lifecycle import Actor
from core.rules import Violation
from registry.actions import approving, desks, ending, examining
from registry.actions.conduct import conduct_violations
from registry.admin.forms import EndForm, OverrideForm, ReasonForm, ReasonsForm, reassign_form, worded_form
from registry.enums import EndingKind
from registry.enums import StatementStatus as S
from registry.models import Statement
from registry.queries.ending import office_end_facts
from registry.queries.statements import violations_of
from registry.rules.office_end import suggest
from registry.rules.wordings import CORRECTION, REFUSAL

# Event → what the button says, which action it calls, what must be said with it.
BUTTONS: dict[str, dict[str, Any]] = {
    "claim": {"act": examining.claim, "tone": "primary"},
    "pass": {
        "act": examining.pass_statement,
        "form_class": OverrideForm,
        "tone": "primary",
        "hint": _("Nothing bars the statement. Another person approves it."),
    },
    "request_correction": {
        "act": examining.request_correction,
        "hint": _(
            "The filer gets the period for correction (office practice), may extend it once before its end (Guidelines"
            " V-7, section 4), and reads your reasons."
        ),
    },
    "propose_refusal": {
        "act": examining.propose_refusal,
        "tone": "danger",
        "hint": _("Another person confirms the refusal. The filer reads your reasons."),
    },
    "hand_back": {
        "act": examining.hand_back,
        "form_class": ReasonForm,
        "hint": _("Whoever takes it next reads your note."),
    },
    "resume": {"act": examining.resume, "tone": "primary"},
    "approve": {"act": approving.approve, "tone": "primary"},
    "refuse": {"act": approving.refuse, "tone": "danger"},
    "send_back": {"act": approving.send_back, "form_class": ReasonsForm},
    "reassign": {
        "act": desks.reassign,
        "hint": _("For when the examiner is away. Both examiners are told, with your reason."),
    },
    "release": {
        "act": desks.release,
        "form_class": ReasonForm,
        "hint": _("For when the examiner is away. The examiner is told, with your reason."),
    },
}
DECISIONS = frozenset({"approve", "refuse", "send_back"})
# Steps that do not ask whose desk the statement lies on.
ANY_DESK = frozenset({"claim", "resume", "reassign", "release", "propose_ending"})
# What an examiner may let pass with a reason, because the Guidelines limit it only "generally" (GL V-11 §3.3).
OVERRIDABLE = frozenset({"F7", "F8"})


def withheld(event: str, thing: Statement, *, by: Actor, at: datetime) -> list[Violation]:
    """Return why this person may not take the step: own organisation, four eyes, a colleague's desk."""
    examiner_id = None if event in ANY_DESK else thing.examiner_id
    return conduct_violations(by, thing, examiner_id=examiner_id, at=at, approves=event in DECISIONS)


def open_events(thing: Statement, *, by: Actor) -> dict[str, Any]:
    """Return the events that the lifecycle opens to these roles, with their titles."""
    rows = Statement.lifecycle.events(thing.status, by.roles)
    found = {row.event: row.title for row in rows if row.event in BUTTONS}
    if thing.status == S.ANNOUNCED and Role.EXAMINER in by.roles:
        found["propose_ending"] = _("Propose an end by the office")
    return found


def steps_of(thing: Statement, *, by: Actor, at: datetime) -> list[Step]:
    """Return the buttons that this person gets."""
    standing = violations_of(thing, on=law_date(at))
    return [
        _button(event, title, thing, standing, law_date(at))
        for event, title in open_events(thing, by=by).items()
        if not withheld(event, thing, by=by, at=at)
    ]


def conduct_of(thing: Statement, *, by: Actor, at: datetime) -> list[Violation]:
    """Return each reason for which a step is withheld from this person, once."""
    found: dict[str, Violation] = {}
    for event in open_events(thing, by=by):
        found.update({item.rule: item for item in withheld(event, thing, by=by, at=at)})
    return list(found.values())


def _button(event: str, title: Any, thing: Statement, standing: list[Violation], on: date) -> Step:
    if event == "propose_ending":
        return _end_step(thing, title, on)
    row = dict(BUTTONS[event])
    act = row.pop("act")
    form = _form(event, thing, standing)
    if form is not None:
        row["form_class"] = form
    elif event == "pass" and not {item.rule for item in standing} & OVERRIDABLE:
        row.pop("form_class")
    return Step(event, title, partial(_take, act), **row)


def _end_step(thing: Statement, title: Any, on: date) -> Step:
    """The office's end, with what the facts call for chosen beforehand and said with its reason and articles."""
    suggestion = suggest(office_end_facts(thing, on=on))
    hint = str(suggestion.reason)
    if suggestion.kind is not None:
        said = {"kind": suggestion.kind.label, "reason": suggestion.reason}
        hint = gettext("The facts call for: %(kind)s. %(reason)s") % said
    basis = gettext(" (") + gettext("; ").join(str(citation) for citation in suggestion.basis) + gettext(")")
    step = Step("propose_ending", title, _propose, EndForm, f"{hint}{basis}", tone="danger")
    step.form.initial["kind"] = suggestion.kind or ""
    return step


def _form(event: str, thing: Statement, standing: list[Violation]) -> type[forms.Form] | None:
    blocking = [item for item in standing if item.blocks]
    if event == "request_correction":
        return worded_form(CORRECTION, blocking)
    if event == "propose_refusal":
        return worded_form(REFUSAL, blocking)
    return reassign_form(thing) if event == "reassign" else None


def _take(act: Any, thing: Statement, **said: Any) -> Any:
    return act(statement=thing, **said)


def _propose(thing: Statement, *, kind: str, **said: Any) -> None:
    ending.propose_ending(statement=thing, kind=EndingKind(kind), **said)
