"""The desk for changes of recorded filings: the record, the register and the wish side by side."""

from datetime import date, datetime
from typing import Any

from django.contrib import admin
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step, trail
from core.deadlines import law_date
from core.storage import respond
from licensing.actions import changing
from licensing.admin.forms import ReasonsForm
from licensing.enums import ChangeStatus
from licensing.models import FilingChange
from licensing.queries.changes import facts_of, register_names
from licensing.queries.timing import change_due_on
from licensing.rules import CHANGING


@admin.register(FilingChange)
class ChangeDesk(DeskAdmin):
    """Changes of recorded filings, those that wait the longest first."""

    view_roles = frozenset({Role.EXAMINER, Role.AUDITOR})
    desk_template = "admin/licensing/filingchange/desk.html"
    list_display = ("filing", "item", "before", "after", "status", "requested_on", "decide_by")
    list_filter = ("status", "item")
    list_select_related = ("filing__license",)
    search_fields = ("filing__number", "before", "after")
    ordering = ("requested_at",)

    @admin.display(description=_("Decide by"))
    def decide_by(self, change: FilingChange) -> date:
        """The seventh working day after the request."""
        return change_due_on(change)

    def get_steps(self, request: HttpRequest, thing: FilingChange) -> list[Step]:
        """Record or refuse, while the change waits."""
        titles = {row.event: row.title for row in thing.lifecycle.events(thing.status, request.actor.roles)}
        steps = []
        if "record" in titles:
            hint = _("The next issue of the bulletin announces it.")
            record = self._act(changing.record_change)
            steps.append(Step("record", titles["record"], record, tone="primary", hint=hint))
        if "refuse" in titles:
            refuse = self._act(changing.refuse_change)
            steps.append(Step("refuse", titles["refuse"], refuse, form_class=ReasonsForm, tone="danger"))
        return steps

    @staticmethod
    def _act(act: Any) -> Any:
        return lambda thing, **said: act(change_id=thing.pk, **said)

    def get_desk(self, request: HttpRequest, thing: FilingChange, at: datetime) -> dict[str, Any]:
        """What the record says, what it shall say, what the register says, and every rule already checked."""
        waiting = thing.status == ChangeStatus.REQUESTED
        return {
            "filing": thing.filing,
            "register": register_names(thing.filing),
            "violations": CHANGING.check(facts_of(thing), on=law_date(at)) if waiting else [],
            "decide_by": change_due_on(thing) if waiting else None,
            "history": trail(thing, request=_("Change requested")),
        }

    def get_urls(self) -> list[Any]:
        """Add the proof."""
        proof = path("<uuid:pk>/proof/", self.admin_site.admin_view(self.proof), name="licensing_filingchange_proof")
        return [proof, *super().get_urls()]

    def proof(self, request: HttpRequest, pk: Any) -> FileResponse:
        """The paper that proves the change."""
        if not self.has_view_permission(request):
            raise Http404
        return respond(get_object_or_404(FilingChange.objects.exclude(proof=None), pk=pk).proof)
