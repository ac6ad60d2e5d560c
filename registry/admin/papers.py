"""Papers that the office sent, as the office looks them up. Nothing here can be changed."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from core import storage
from core.admin import ReadOnlyAdmin
from registry.actions.serving import file_of
from registry.models import OfficePaper


@admin.register(OfficePaper)
class OfficePaperAdmin(ReadOnlyAdmin):
    """Papers by number, the newest first, each with its file."""

    view_roles = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR})
    list_display = ("number", "kind", "statement", "sent_at", "due_on")
    fields = ("number", "kind", "statement", "ending", "issued_by", "sent_at", "due_on", "document")
    list_filter = ("kind", "year")
    list_select_related = ("statement__patent",)
    search_fields = ("number", "statement__number", "statement__patent__number")

    @admin.display(description=pgettext_lazy("paper", "Issued"), ordering="issued_at")
    def sent_at(self, paper: OfficePaper) -> str:
        """When the office made it."""
        return localize(localtime(paper.issued_at))

    @admin.display(description=_("File"))
    def document(self, paper: OfficePaper) -> str:
        """The paper itself."""
        address = reverse("admin:registry_officepaper_file", args=[paper.pk])
        return format_html('<a href="{}" class="text-link">{}.pdf</a>', address, paper.number)

    def get_urls(self) -> list[Any]:
        """Add the file."""
        file = path("<uuid:pk>/file/", self.admin_site.admin_view(self.file), name="registry_officepaper_file")
        return [file, *super().get_urls()]

    def file(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """Hand out the PDF, as the party has it."""
        if not self.has_view_permission(request):
            raise Http404
        return storage.respond(file_of(get_object_or_404(OfficePaper, pk=pk), at=timezone.now()))
