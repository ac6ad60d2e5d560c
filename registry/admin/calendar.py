"""The desk for the bulletin's calendar: make a year's, change a day of it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, Step
from core.deadlines import law_date
from registry.actions.calendar import PLANNERS, change_day, make_calendar
from registry.models import CalendarYear
from registry.queries.calendar import holidays_known


class YearForm(forms.Form):
    """The year whose calendar is made."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = law_date(timezone.now()).year
        self.fields["year"].choices = [(this, str(this)), (this + 1, str(this + 1))]
        self.initial.setdefault("year", this + 1)


class DayForm(forms.Form):
    """A day to be struck out or put in."""

    day = forms.DateField(label=_("Date"), widget=forms.DateInput(attrs={"type": "date"}))
    appears = forms.TypedChoiceField(
        label=_("On that day"),
        choices=[("no", _("no issue appears")), ("yes", _("an issue appears"))],
        coerce=lambda said: said == "yes",
    )
    reason = forms.CharField(label=_("Reason (public)"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


@admin.register(CalendarYear)
class CalendarDesk(DeskAdmin):
    """Years with their issue days."""

    view_roles = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})
    desk_template = "admin/registry/calendaryear/desk.html"
    list_display = ("year", "holidays_known", "made_at", "made_by")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever plans makes a year's calendar."""
        return self.has_view_permission(request) and bool(request.actor.roles & PLANNERS)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Choose the year and make its calendar."""
        if not self.has_add_permission(request):
            raise Http404
        steps = [_making(YearForm)]
        status = 200
        if request.method == "POST":
            if self._take(request, None, steps) is not None:
                return HttpResponseRedirect(reverse("admin:registry_calendaryear_changelist"))
            status = 422
        context = {**self.admin_site.each_context(request), "opts": self.opts, "steps": steps}
        context["title"] = _("Make the calendar of a year")
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.desk_template, context, status=status)

    def get_steps(self, request: HttpRequest, thing: CalendarYear) -> list[Step]:
        """Change a day; make the year again once its holidays are known."""
        if not request.actor.roles & PLANNERS:
            return []
        change = Step("change", _("Change a day"), lambda _thing, **said: change_day(**said), form_class=DayForm)
        again = Step(
            "make",
            _("Make again with the holidays"),
            lambda year, **said: make_calendar(year=year.year, **said),
            hint=_("Coming days are laid down anew; days changed by hand stay."),
        )
        return [change, *([again] if holidays_known(thing.year) and not thing.holidays_known else [])]


def _making(form_class: type[forms.Form]) -> Step:
    hint = _("Tuesdays and Fridays that are working days. Where the holidays are not known yet it is provisional.")
    act = lambda _thing, **said: make_calendar(**said)  # noqa: E731
    return Step("make", _("Make the calendar"), act, form_class=form_class, hint=hint, tone="primary")
