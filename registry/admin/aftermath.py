"""What annulled events have left behind: statements that ended or were refused on a ground that never was one."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step
from core.lifecycle import Actor
from registry.actions.aftermath import settle_aftermath
from registry.actions.conduct import conduct_violations
from registry.admin.register_events import STATEMENT_READERS, Settled
from registry.admin.register_forms import SettleForm
from registry.models import Aftermath


class Open(Settled):
    """What waits for an examiner, was settled, or all."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Aftermath]) -> QuerySet[Aftermath]:
        """Narrow the list."""
        if self.value() == "all":
            return queryset
        return queryset.filter(settled_at__isnull=self.value() != "yes")


@admin.register(Aftermath)
class AftermathDesk(DeskAdmin):
    """Each with the annulled event, the statement, and what was done."""

    view_roles = STATEMENT_READERS
    desk_template = "admin/registry/aftermath/desk.html"
    list_display = ("of_statement", "kind", "annulled_event", "found_at", "settled_at")
    list_filter = (Open, "kind")
    list_select_related = ("statement__patent", "event")
    search_fields = ("statement__number", "event__patent_number", "event__reference")
    ordering = ("found_at", "pk")

    @admin.display(description=_("Statement"), ordering="statement__number")
    def of_statement(self, thing: Aftermath) -> str:
        """The statement's number."""
        return thing.statement.number

    @admin.display(description=_("Annulled event"))
    def annulled_event(self, thing: Aftermath) -> str:
        """The event that brought it about, of the statement's own patent."""
        return f"{thing.event.get_kind_display()} {thing.event.effective_on}"

    def get_steps(self, request: HttpRequest, thing: Aftermath) -> list[Step]:
        """Say what was done, while nobody has."""
        if thing.settled_at is not None or Role.EXAMINER not in request.actor.roles:
            return []
        if self._withheld(request.actor, thing):
            return []
        return [Step("settle", _("Say what was done"), _settle, SettleForm, tone="primary")]

    def get_desk(self, request: HttpRequest, thing: Aftermath, at: datetime) -> dict[str, Any]:
        """Why this person may not settle it."""
        return {"conduct": self._withheld(request.actor, thing) if thing.settled_at is None else ()}

    def _withheld(self, actor: Actor, thing: Aftermath) -> Any:
        return conduct_violations(actor, thing.statement, examiner_id=None, at=timezone.now(), approves=False)


def _settle(thing: Aftermath, *, note: str, by: Actor, at: datetime) -> None:
    settle_aftermath(aftermath=thing, note=note, by=by, at=at)
