"""The desk for withdrawals and ends."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step
from core.lifecycle import Actor
from core.rules import Violation
from registry.actions import ending
from registry.actions.conduct import conduct_violations
from registry.admin.forms import ReasonsForm
from registry.models import Ending

BUTTONS: dict[str, dict[str, Any]] = {
    "pass": {"act": ending.pass_ending, "tone": "primary"},
    "refuse": {"act": ending.refuse_ending, "form_class": ReasonsForm, "tone": "danger"},
    "approve": {"act": ending.approve_ending, "tone": "primary"},
    "send_back": {"act": ending.send_back_ending, "form_class": ReasonsForm},
}
# Steps of the second person.
DECISIONS = frozenset({"approve", "send_back"})


def _button(event: str, title: Any) -> Step:
    row = dict(BUTTONS[event])
    act = row.pop("act")
    return Step(event, title, lambda thing, **said: act(ending=thing, **said), **row)


def _withheld(event: str, thing: Ending, by: Actor, at: datetime) -> list[Violation]:
    """Why this person may not take the step: own organisation, four eyes."""
    decides = event in DECISIONS
    examiner_id = thing.examiner_id if decides else None
    return conduct_violations(by, thing.statement, examiner_id=examiner_id, at=at, approves=decides)


@admin.register(Ending)
class EndingDesk(DeskAdmin):
    """Withdrawals requested by patentees; ends and revocations proposed by the office."""

    view_roles = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR})
    desk_template = "admin/registry/ending/desk.html"
    list_display = ("number", "kind", "status", "requested_at")
    list_filter = ("kind", "status")
    list_select_related = ("statement",)
    search_fields = ("statement__number",)
    ordering = ("requested_at",)

    def get_desk(self, request: HttpRequest, thing: Ending, at: datetime) -> dict[str, Any]:
        """What the office has sent about it."""
        rows = Ending.lifecycle.events(thing.status, request.actor.roles)
        found = [item for row in rows for item in _withheld(row.event, thing, request.actor, at)]
        return {
            "office_papers": thing.office_papers.prefetch_related("services__organisation"),
            "conduct": {item.rule: item for item in found}.values(),
        }

    @admin.display(description=_("Statement"))
    def number(self, thing: Ending) -> str:
        """The statement's number."""
        return thing.statement.number

    def get_steps(self, request: HttpRequest, thing: Ending) -> list[Step]:
        """The lifecycle's steps for this person."""
        return [
            _button(row.event, row.title)
            for row in Ending.lifecycle.events(thing.status, request.actor.roles)
            if row.event in BUTTONS and not _withheld(row.event, thing, request.actor, timezone.now())
        ]
