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

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        """Open the door to the office alone, ask for a fresh second factor before every decision (safety.md §1.14;
        reading needs none), and loosen the content security policy for unfold's own scripts and styles, here and
        nowhere else: its menus are Alpine expressions, which need ``unsafe-eval``, and it writes its colours as an
        inline style (docs/adr).
        """
        inner: Any = super().admin_view(view, cacheable)
        loosened = csp_update({"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]})(inner)

        @wraps(loosened)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            if not self.has_permission(request):
                return not_found(request)
            refused = second_factor_missing(request) if request.method == "POST" else None
            if refused is not None:
                return refused
            return loosened(request, *args, **kwargs)

        return door

    def has_permission(self, request: HttpRequest) -> bool:
        """Only office staff with a current appointment may enter."""
        actor = getattr(request, "actor", None)
        return bool(request.user.is_active and actor is not None and actor.is_office)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send visitors to the common sign-in page instead of a second one with weaker rules."""
        if request.user.is_authenticated and not self.has_permission(request):
            return not_found(request)
        return redirect_to_login(reverse("admin:index"), reverse("account_login"))
