"""The desk for withdrawals and ends."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step
from registry.actions import ending
from registry.admin.forms import ReasonsForm
from registry.models import Ending

BUTTONS: dict[str, dict[str, Any]] = {
    "pass": {"act": ending.pass_ending, "tone": "primary"},
    "refuse": {"act": ending.refuse_ending, "form_class": ReasonsForm, "tone": "danger"},
    "approve": {"act": ending.approve_ending, "tone": "primary"},
    "send_back": {"act": ending.send_back_ending, "form_class": ReasonsForm},
}


def _button(event: str, title: Any) -> Step:
    row = dict(BUTTONS[event])
    act = row.pop("act")
    return Step(event, title, lambda thing, **said: act(ending=thing, **said), **row)


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

    @admin.display(description=_("Statement"))
    def number(self, thing: Ending) -> str:
        """The statement's number."""
        return thing.statement.number

    def get_steps(self, request: HttpRequest, thing: Ending) -> list[Step]:
        """The lifecycle's steps for this person."""
        return [
            _button(row.event, row.title)
            for row in Ending.lifecycle.events(thing.status, request.actor.roles)
            if row.event in BUTTONS
        ]
