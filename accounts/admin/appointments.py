"""Appointments of the office, current and ended."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions.appointments import end_appointment
from accounts.models import Appointment
from accounts.roles import Role
from core.admin import DeskAdmin, InProvince, Step
from core.identifiers.regions import region_name


@admin.register(Appointment)
class AppointmentDesk(InProvince, DeskAdmin):
    """Who holds which office."""

    view_roles = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    desk_template = "admin/accounts/appointment.html"
    list_display = ("user", "role", "of_province", "since_at", "ended_at")
    list_filter = ("role", InProvince.by_province, ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__full_name", "user__email")
    ordering = ("ended_at", "-since_at")

    def get_steps(self, request: HttpRequest, thing: Appointment) -> list[Step]:
        """Administrators end what has not ended."""
        if thing.ended_at is not None or Role.ADMINISTRATOR not in request.actor.roles:
            return []
        return [Step("end", _("End the appointment"), end_appointment, tone="danger")]

    def get_desk(self, request: HttpRequest, thing: Appointment, at: datetime) -> dict[str, Any]:
        """The province by name."""
        return {"province": region_name(thing.province)}
