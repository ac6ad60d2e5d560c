"""The administrator's desk for identity checks."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions import organisations
from accounts.admin.forms import ReasonForm
from accounts.enums import Verification
from accounts.models import Organisation
from accounts.queries import masked_identity, members_of
from accounts.roles import Role
from core.admin import DeskAdmin, InProvince, Step, trail

# What the trail of an organisation holds.
EVENTS = {
    "register organisation": _("Organisation registered"),
    "verify organisation": _("Identity confirmed"),
    "reject organisation": _("Identity rejected"),
    "change contact": _("Contact changed"),
    "invite": _("Person invited"),
    "withdraw invitation": _("Invitation withdrawn"),
    "join": _("Person joined"),
    "remove member": _("Person removed"),
    "leave": _("Person left"),
    "set manager": _("Manager changed"),
}


@admin.register(Organisation)
class OrganisationDesk(InProvince, DeskAdmin):
    """Organisations, those that wait for their identity check first."""

    view_roles = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
    desk_template = "admin/accounts/organisation.html"
    list_display = ("name", "kind", "uscc", "of_province", "verification", "created_at")
    list_filter = ("verification", "kind", InProvince.by_province)
    search_fields = ("name", "uscc")
    ordering = ("verified_at", "-created_at")

    def get_steps(self, request: HttpRequest, thing: Organisation) -> list[Step]:
        """Only an administrator decides, and only once."""
        if thing.verification != Verification.PENDING or Role.ADMINISTRATOR not in request.actor.roles:
            return []
        return [
            Step(
                "verify",
                _("Confirm the identity"),
                organisations.verify_organisation,
                hint=_("Name and code agree with the official record."),
                tone="primary",
            ),
            Step(
                "reject",
                _("Find that it is somebody else"),
                organisations.reject_organisation,
                form_class=ReasonForm,
                tone="danger",
            ),
        ]

    def get_desk(self, request: HttpRequest, thing: Organisation, at: datetime) -> dict[str, Any]:
        """Members, masked number and history."""
        return {
            "members": members_of(thing),
            "identity_number": masked_identity(thing),
            "history": trail(thing, **EVENTS),
        }
