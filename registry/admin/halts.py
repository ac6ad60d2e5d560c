"""The switch of publication: halt it, propose to resume, confirm a colleague's proposal."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import OFFICE_ROLES
from core import audit
from core.admin import DeskAdmin, Step
from registry.actions import halting
from registry.admin.forms import ReasonForm
from registry.models import PublicationHalt
from registry.queries.halts import standing_halt


@admin.register(PublicationHalt)
class HaltDesk(DeskAdmin):
    """Every halt of publication, the newest first; the standing one with its buttons."""

    view_roles = OFFICE_ROLES  # everybody sees the banner that leads here
    desk_template = "admin/registry/publicationhalt/desk.html"
    change_list_template = "admin/registry/publicationhalt/list.html"
    list_display = ("__str__", "halted_by", "reason", "proposed_by", "resumed_by", "resumed_at")
    list_select_related = ("halted_by", "proposed_by", "resumed_by")

    def get_steps(self, request: HttpRequest, thing: PublicationHalt) -> list[Step]:
        """Propose and confirm, while the halt stands; one's own proposal is confirmed by somebody else."""
        roles, steps = request.actor.roles, []
        if thing.resumed_at is not None:
            return []
        if roles & halting.CONFIRMERS and thing.proposed_by_id not in (None, request.actor.user_id):
            hint = _("The next issue appears on its day, or at once with the command for an extra issue.")
            steps.append(Step("confirm", _("Confirm: publication goes on"), _confirm, hint=hint, tone="primary"))
        if roles & halting.HALTERS:
            hint = _("Another person, an approver, confirms it (four eyes).")
            steps.append(Step("propose", _("Propose to resume"), _propose, ReasonForm, hint))
        return steps

    def get_desk(self, request: HttpRequest, thing: PublicationHalt | None, at: datetime) -> dict[str, Any]:
        """What happened to the halt."""
        return {"history": audit.history(thing) if thing else ()}

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the switch to whoever may use it."""
        may_halt = bool(request.actor.roles & halting.HALTERS)
        return super().changelist_view(request, {**(extra_context or {}), "may_halt": may_halt})

    def get_urls(self) -> list[Any]:
        """Add the page of the switch."""
        switch = path("switch/", self.admin_site.admin_view(self.switch), name="registry_publicationhalt_switch")
        return [switch, *super().get_urls()]

    def switch(self, request: HttpRequest) -> HttpResponse:
        """Halt publication; where it is halted already, lead to the halt that stands."""
        if not request.actor.roles & halting.HALTERS:
            raise Http404
        standing = standing_halt()
        if standing is not None:
            return HttpResponseRedirect(reverse("admin:registry_publicationhalt_change", args=[standing.pk]))
        hint = _("It takes effect at once. To let publication go on takes two persons.")
        return self.desk_page(request, None, [Step("halt", _("Halt publication"), _halt, ReasonForm, hint, "danger")])


def _halt(_thing: None, **said: Any) -> PublicationHalt:
    return halting.halt_publication(**said)


def _propose(_thing: PublicationHalt, **said: Any) -> PublicationHalt:
    return halting.propose_resumption(**said)


def _confirm(_thing: PublicationHalt, **said: Any) -> PublicationHalt:
    return halting.resume_publication(**said)
