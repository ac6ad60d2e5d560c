"""The audit log for auditors, and owed effects that failed for administrators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts.actions.outbox import retry_parked
from accounts.admin.act_words import act_words, status_words, subject_of, subject_words
from accounts.roles import Role
from core.admin import DeskAdmin, ReadOnlyAdmin, Step, linked
from core.legal.citations import in_words
from core.models import AuditEvent, OutboxMessage


@admin.register(AuditEvent)
class AuditLog(ReadOnlyAdmin):
    """Every act, newest first. Nobody changes or deletes one, here or anywhere."""

    view_roles = frozenset({Role.AUDITOR})
    list_display = ("at", "act", "subject", "before", "after", "who", "articles")
    list_filter = ("event", "subject_type", "actor_roles", "at")
    list_per_page = 20  # the filter lists every kind of act there is, and the page stays small
    search_fields = ("=subject_id", "actor_label", "=organisation_id", "=actor_user_id")
    ordering = ("-id",)
    show_full_result_count = False

    def get_fieldsets(self, request: HttpRequest, obj: AuditEvent | None = None) -> list[Any]:
        """The act in words and what it was done to, by name where that still stands."""

        @admin.display(description=_("subject"))
        def thing(event: AuditEvent) -> str:
            found = subject_of(event)
            shown = linked(request, found, self.admin_site) if found else event.subject_id
            return format_html(
                '{}<br><a href="../../?q={}" class="text-link">{}</a>', shown, event.subject_id, _("All acts on it")
            )

        names = ("at", "act", "subject", thing, "before", "after", "who", "roles", "articles", "data", "recorded_at")
        return [(None, {"fields": names})]

    @admin.display(description=_("roles"))
    def roles(self, event: AuditEvent) -> str | None:
        """In which capacity it was done."""
        labels = dict(Role.choices)
        return str(_(", ")).join(str(labels.get(one, one)) for one in event.actor_roles.split(",") if one) or None

    @admin.display(description=_("event"), ordering="event")
    def act(self, event: AuditEvent) -> str:
        """What was done, above the code by which the log is filtered."""
        return format_html("{}<br><small>{}</small>", act_words(event), event.event)

    @admin.display(description=_("subject type"), ordering="subject_type")
    def subject(self, event: AuditEvent) -> str:
        """To what kind of thing."""
        return format_html("{}<br><small>{}</small>", subject_words(event), event.subject_type)

    @admin.display(description=_("status before"), ordering="from_status")
    def before(self, event: AuditEvent) -> str | None:
        """Its status until then."""
        return str(status_words(event, event.from_status)) or None

    @admin.display(description=_("status after"), ordering="to_status")
    def after(self, event: AuditEvent) -> str | None:
        """Its status since."""
        return str(status_words(event, event.to_status)) or None

    @admin.display(description=_("by"), ordering="actor_label")
    def who(self, event: AuditEvent) -> str:
        """The person as named then; an act of the system above the name of what did it."""
        if event.actor_user_id:
            return event.actor_label
        return format_html("{}<br><small>{}</small>", _("the system"), event.actor_label)

    @admin.display(description=_("Article"))
    def articles(self, event: AuditEvent) -> str | None:
        """The articles as people cite them."""
        return in_words(event.basis) or None


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
