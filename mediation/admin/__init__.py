"""What the examiners' site shows of mediation: that cases exist and how they stand, never what they are about."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from accounts.roles import Role
from core.admin import ReadOnlyAdmin
from mediation.enums import UNSENT_STATUSES
from mediation.models import Case, Paper


class PaperInline(TabularInline):
    """That a paper exists: who handed it in and when. Neither its title nor its kind, file or readers."""

    model = Paper
    extra = 0
    fields: ClassVar[list[str]] = ["side", "submitted_at", "is_withdrawal"]
    readonly_fields: ClassVar[list[str]] = ["is_withdrawal"]
    verbose_name_plural = _("papers, without their content")

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """An auditor sees that papers exist."""
        return Role.AUDITOR in request.actor.roles

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Never."""
        return False

    @admin.display(boolean=True, description=_("withdrawal"))
    def is_withdrawal(self, paper: Paper) -> bool:
        """Whether the row withdraws a paper."""
        return paper.withdraws_id is not None


@admin.register(Case)
class CaseAdmin(ReadOnlyAdmin):
    """Cases for auditors and administrators: numbers, parties, stage and clocks. Claims and facts stay inside."""

    view_roles = frozenset({Role.AUDITOR.value, Role.ADMINISTRATOR.value})
    list_display = ("number", "status", "applicant", "respondent", "requested_at", "reply_due_on", "ends_due_on")
    list_filter = ("status",)
    search_fields = ("number",)
    ordering = ("-requested_at",)
    inlines = (PaperInline,)
    fields = (
        "number",
        "status",
        "applicant",
        "respondent",
        "requested_at",
        "admission_due_on",
        "decided_at",
        "reply_due_on",
        "mediation_since_on",
        "ends_due_on",
        "extended_at",
        "closed_at",
        "closing_ground",
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Case]:
        """Drafts belong to the applicant alone."""
        return super().get_queryset(request).exclude(status__in=UNSENT_STATUSES)
