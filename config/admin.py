"""The examiners' site: Django's admin in unfold's clothes, read-only but for buttons that call actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from accounts.permissions import second_factor_missing
from config.errors import not_found


class ExaminerSite(UnfoldAdminSite):
    """The office's own site. Its door is the same sign-in page as everybody's, with its lockout and second factor."""

    site_header = _("Examination desk")
    site_title = _("Examination desk")
    index_title = _("Today")

    def has_permission(self, request: HttpRequest) -> bool:
        """Only office staff with a current appointment may enter."""
        actor = getattr(request, "actor", None)
        return bool(request.user.is_active and actor is not None and actor.is_office)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send visitors to the common sign-in page instead of a second one with weaker rules."""
        if request.user.is_authenticated and not self.has_permission(request):
            return not_found(request)
        return redirect_to_login(reverse("admin:index"), reverse("account_login"))
