"""The administrator's desk for people: who they are, for whom they act, which office they hold."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions.appointments import appoint
from accounts.admin.forms import AppointForm
from accounts.models import User
from accounts.queries import current_memberships
from accounts.roles import Role
from core.admin import DeskAdmin, Step


@admin.register(User)
class PersonDesk(DeskAdmin):
    """People by name."""

    view_roles = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    desk_template = "admin/accounts/person.html"
    list_display = ("full_name", "email", "is_active", "joined_at")
    list_filter = ("is_active",)
    search_fields = ("full_name", "email")
    ordering = ("full_name",)

    def get_steps(self, request: HttpRequest, thing: User) -> list[Step]:
        """Administrators appoint; nobody themselves."""
        if Role.ADMINISTRATOR not in request.actor.roles or thing.pk == request.actor.user_id:
            return []
        return [Step("appoint", _("Appoint"), appoint, form_class=AppointForm, tone="primary")]

    def get_desk(self, request: HttpRequest, thing: User, at: datetime) -> dict[str, Any]:
        """For whom and in which office they act."""
        return {
            "memberships": current_memberships(thing),
            "appointments": thing.appointments.order_by("-since_at"),
        }
