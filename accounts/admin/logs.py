"""The audit log for auditors, and owed effects that failed for administrators."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.actions.outbox import retry_parked
from accounts.roles import Role
from core.admin import DeskAdmin, ReadOnlyAdmin, Step
from core.models import AuditEvent, OutboxMessage


@admin.register(AuditEvent)
class AuditLog(ReadOnlyAdmin):
    """Every act, newest first. Nobody changes or deletes one, here or anywhere."""

    view_roles = frozenset({Role.AUDITOR})
    list_display = ("at", "event", "subject_type", "from_status", "to_status", "actor_label", "basis")
    list_filter = ("event", "subject_type", "actor_roles", "at")
    list_per_page = 20  # the filter lists every kind of act there is, and the page stays small
    search_fields = ("=subject_id", "actor_label", "=organisation_id", "=actor_user_id")
    ordering = ("-id",)
    show_full_result_count = False


@admin.register(OutboxMessage)
class OutboxDesk(DeskAdmin):
    """Effects owed by committed acts; what failed five times is parked and waits for an administrator."""

    view_roles = frozenset({Role.ADMINISTRATOR})
    desk_template = "admin/accounts/outbox.html"
    # The payload is not shown: letters wait there encrypted.
    list_display = ("topic", "key", "attempts", "due_at", "done_at", "parked_at")
    list_filter = (("parked_at", admin.EmptyFieldListFilter), ("done_at", admin.EmptyFieldListFilter), "topic")
    search_fields = ("key",)
    ordering = ("parked_at", "-id")
    show_full_result_count = False

    def get_steps(self, request: HttpRequest, thing: OutboxMessage) -> list[Step]:
        """Parked messages can be tried again."""
        if thing.parked_at is None:
            return []
        return [Step("retry", _("Try again"), retry_parked, tone="primary")]
