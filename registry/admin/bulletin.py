"""Published issues and their entries, as the office looks them up. Nothing here can be changed."""

from django.contrib import admin

from accounts.roles import Role
from core.admin import ReadOnlyAdmin
from registry.models import BulletinEntry, BulletinIssue

READERS = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})


@admin.register(BulletinIssue)
class IssueAdmin(ReadOnlyAdmin):
    """Issues, the newest first."""

    view_roles = READERS
    list_display = ("__str__", "issued_on", "entry_count", "published_at")
    list_filter = ("year",)


@admin.register(BulletinEntry)
class EntryAdmin(ReadOnlyAdmin):
    """Entries in the order of their issues."""

    view_roles = READERS
    list_display = ("issue", "position", "kind", "patent")
    list_filter = ("kind",)
    list_select_related = ("issue", "patent")
    search_fields = ("patent__number",)
