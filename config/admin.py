"""The examiners' site: Django's admin in unfold's clothes, read-only but for buttons that call actions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from unfold.sites import UnfoldAdminSite

from accounts.permissions import second_factor_missing
from accounts.roles import Role
from config.desk import day_of
from config.errors import not_found
from core.deadlines import law_date
from registry.queries.pace import examined_by_week, queue_by_age

# Who sees how fast the office works.
READERS = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})

# What unfold says in English alone; here it enters our catalogues, which go before unfold's.
UNFOLD_SAYS = (
    gettext_noop("Type to search"),
    gettext_noop("Reset filters"),
    gettext_noop("Go back"),
    gettext_noop("Light"),
    gettext_noop("Dark"),
    gettext_noop("True"),
    gettext_noop("False"),
)


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

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The day's work at a glance above the list of desks."""
        at = timezone.now()
        more = {
            "day": day_of(request.actor, at=at),
            "today": law_date(at),
            "may_pull": Role.EXAMINER in request.actor.roles,
            "may_see_targets": bool(request.actor.roles & READERS),
        }
        return super().index(request, {**more, **(extra_context or {})})

    def get_urls(self) -> list[Any]:
        """Add the page of targets and ages."""
        return [path("targets/", self.admin_view(self.targets), name="targets"), *super().get_urls()]

    def targets(self, request: HttpRequest) -> HttpResponse:
        """The queue by age against the target, what was examined each week, and how much of it in time."""
        if not request.actor.roles & READERS:
            raise Http404
        on = law_date(timezone.now())
        charts = [queue_by_age(on=on), *examined_by_week(on=on)]
        context = {**self.each_context(request), "title": _("Targets and ages"), "charts": charts}
        return TemplateResponse(request, "admin/targets.html", context)

    def has_permission(self, request: HttpRequest) -> bool:
        """Only office staff with a current appointment may enter."""
        actor = getattr(request, "actor", None)
        return bool(request.user.is_active and actor is not None and actor.is_office)

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """Send visitors to the common sign-in page instead of a second one with weaker rules."""
        if request.user.is_authenticated and not self.has_permission(request):
            return not_found(request)
        return redirect_to_login(reverse("admin:index"), reverse("account_login"))
