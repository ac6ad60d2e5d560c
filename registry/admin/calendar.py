"""The desk for the bulletin's calendar: make a year's, change a day of it."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
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
    change_list_template = "admin/registry/calendaryear/list.html"
    list_display = ("year", "holidays_known", "made_at", "made_by")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead whoever plans to the making of a year."""
        may_plan = bool(request.actor.roles & PLANNERS)
        return super().changelist_view(request, {**(extra_context or {}), "may_plan": may_plan})

    def get_urls(self) -> list[Any]:
        """Add the page on which a year's calendar is made."""
        make = path("make/", self.admin_site.admin_view(self.make), name="registry_calendaryear_make")
        return [make, *super().get_urls()]

    def make(self, request: HttpRequest) -> HttpResponse:
        """Choose the year and make its calendar."""
        if not request.actor.roles & PLANNERS:
            raise Http404
        return self.desk_page(request, None, [_making(YearForm)], {"title": _("Make the calendar of a year")})

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
