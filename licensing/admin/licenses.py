"""Notices and licenses, as the office looks them up. Nothing here can be changed: no license waits for the office."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, trail
from core.money import format_yuan
from licensing.models import License, Notice
from licensing.queries.terms import rows_of

READERS = frozenset({Role.EXAMINER, Role.AUDITOR})
# What the trail of a license holds besides the lifecycle's steps.
EVENTS = {"obtain": _("License in force"), "propose_termination": _("End by agreement proposed")}


@admin.register(Notice)
class NoticeDesk(DeskAdmin):
    """Notices, the newest first."""

    view_roles = READERS
    desk_template = "admin/licensing/notice/desk.html"
    list_display = ("statement", "licensee_name", "status", "served_on", "due_first")
    list_filter = ("status",)
    list_select_related = ("statement__patent",)
    search_fields = ("statement__number", "licensee_name")
    ordering = ("-served_at",)

    @admin.display(description=_("due before the start"), ordering="due_at_start")
    def due_first(self, notice: Notice) -> str:
        """The sum, in yuan."""
        return format_yuan(notice.due_at_start)

    def get_desk(self, request: HttpRequest, thing: Notice, at: datetime) -> dict[str, Any]:
        """The frozen terms, the payments, the history."""
        history = trail(thing, serve=_("Notice served"))
        return {"terms": rows_of(thing.terms), "payments": thing.payments.all(), "history": history}


@admin.register(License)
class LicenseDesk(DeskAdmin):
    """Licenses, the newest first."""

    view_roles = READERS
    desk_template = "admin/licensing/license/desk.html"
    list_display = ("number", "statement", "licensee", "status", "effective_on", "ends_on")
    list_filter = ("status",)
    list_select_related = ("statement__patent", "licensee")
    search_fields = ("number", "statement__number", "licensee__name")
    ordering = ("-obtained_at",)

    def get_desk(self, request: HttpRequest, thing: License, at: datetime) -> dict[str, Any]:
        """The frozen terms, the filings, the history."""
        return {
            "terms": rows_of(thing.notice.terms),
            "filings": thing.filings.order_by("submitted_at"),
            "history": trail(thing, **EVENTS),
        }
