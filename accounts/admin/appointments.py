"""Appointments of the office, current and ended."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions.appointments import end_appointment
from accounts.models import Appointment
from accounts.roles import Role
from core.admin import DeskAdmin, Step


@admin.register(Appointment)
class AppointmentDesk(DeskAdmin):
    """Who holds which office."""

    view_roles = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    desk_template = "admin/accounts/appointment.html"
    list_display = ("user", "role", "province", "since_at", "ended_at")
    list_filter = ("role", "province", ("ended_at", admin.EmptyFieldListFilter))
    list_select_related = ("user",)
    search_fields = ("user__full_name", "user__email")
    ordering = ("ended_at", "-since_at")

    def get_steps(self, request: HttpRequest, thing: Appointment) -> list[Step]:
        """Administrators end what has not ended."""
        if thing.ended_at is not None or Role.ADMINISTRATOR not in request.actor.roles:
            return []
        return [Step("end", _("End the appointment"), end_appointment, tone="danger")]
