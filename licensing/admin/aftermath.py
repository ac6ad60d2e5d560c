"""Filings that were decided on an event annulled now, or records that name the licensor as it did."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step
from licensing.actions.aftermath import settle_filing_aftermath
from licensing.enums import ChangeItem, FilingStatus
from licensing.models import FilingAftermath
from licensing.queries.changes import recorded_names, register_names
from registry.admin.aftermath import Open
from registry.admin.register_forms import SettleForm


@admin.register(FilingAftermath)
class FilingAftermathDesk(DeskAdmin):
    """Each with the annulled event, the filing, and what was done."""

    view_roles = frozenset({Role.EXAMINER, Role.AUDITOR})
    desk_template = "admin/licensing/filingaftermath/desk.html"
    list_display = ("of_license", "kind", "annulled_event", "found_at", "settled_at")
    list_filter = (Open, "kind")
    list_select_related = ("filing__license", "event")
    search_fields = ("filing__number", "filing__license__number", "event__patent_number", "event__reference")
    ordering = ("found_at", "pk")

    @admin.display(description=_("License"), ordering="filing__license__number")
    def of_license(self, thing: FilingAftermath) -> str:
        """The number of the filed license."""
        return thing.filing.license.number

    @admin.display(description=_("Annulled event"))
    def annulled_event(self, thing: FilingAftermath) -> str:
        """The event that brought it about."""
        return f"{thing.event.get_kind_display()} {thing.event.effective_on}"

    def get_steps(self, request: HttpRequest, thing: FilingAftermath) -> list[Step]:
        """Say what was done, while nobody has."""
        if thing.settled_at is not None or Role.EXAMINER not in request.actor.roles:
            return []
        return [Step("settle", _("Say what was done"), _settle, SettleForm, tone="primary")]

    def get_desk(self, request: HttpRequest, thing: FilingAftermath, at: datetime) -> dict[str, Any]:
        """What the record says, where there is one, and what the register says now."""
        filing = thing.filing
        recorded = recorded_names(filing)[ChangeItem.LICENSORS] if filing.status == FilingStatus.RECORDED else ""
        return {"license": filing.license, "recorded": recorded, "register": register_names(filing)}


def _settle(thing: FilingAftermath, *, note: str, by: Any, at: datetime) -> None:
    settle_filing_aftermath(aftermath=thing, note=note, by=by, at=at)
