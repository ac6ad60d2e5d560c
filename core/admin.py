"""The office's desks: Django admin pages that are read-only but for buttons, each of which calls one action."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import AdminSite
from django.contrib.admin.utils import quote
from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin

from core import audit
from core.identifiers.regions import region_name
from core.legal.citations import in_words
from core.lifecycle import Actor, IllegalStep, WrongRole
from core.rules import Refused, Text, Violation


class NothingToSay(forms.Form):
    """The form of a step that needs no words."""


@dataclass(slots=True)
class Step:
    """A button of a desk: what it is called, what the office must say with it, and the one action it calls.

    ``act`` is called as ``act(thing, by=actor, at=now, **cleaned_data)``.
    """

    event: str
    title: Text
    act: Callable[..., Any]
    form_class: type[forms.Form] = NothingToSay
    hint: Text = ""
    tone: str = "neutral"  # primary, neutral, danger
    form: forms.Form = field(init=False)
    violations: Sequence[Violation] = ()

    def __post_init__(self) -> None:
        self.form = self.form_class(prefix=self.event)


def trail(thing: models.Model, **others: Text) -> list[dict[str, Any]]:
    """Return the acts about a thing in people's words, oldest first: the steps of its lifecycle, and others by name."""
    lifecycle = getattr(thing, "lifecycle", None)
    titles = {**others, **({row.event: row.title for row in lifecycle.transitions} if lifecycle else {})}
    return [
        {
            "at": event.at,
            "who": event.actor_label if event.actor_user_id else _("the system"),
            "title": titles.get(event.event, event.event),
            "basis": in_words(event.basis),
        }
        for event in audit.history(thing)
    ]


def linked(request: HttpRequest, thing: models.Model, site: AdminSite) -> str:
    """Return the thing by name; it leads to its desk where this person may open that."""
    model = type(thing)
    if not (site.is_registered(model) and site.get_model_admin(model).has_view_permission(request, thing)):
        return conditional_escape(thing)
    address = reverse(f"{site.name}:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[quote(thing.pk)])
    return format_html('<a href="{}" class="text-link">{}</a>', address, thing)


class ProvinceFilter(admin.AllValuesFieldListFilter):
    """The provinces that occur, by name."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        """The codes as names."""
        for choice in super().choices(changelist):
            yield {**choice, "display": region_name(str(choice["display"]))}


class InProvince:
    """The column ``of_province`` of a list whose things have a ``province``: its name, not its code."""

    by_province: ClassVar[tuple[str, Any]] = ("province", ProvinceFilter)

    @admin.display(description=gettext_lazy("province"), ordering="province")
    def of_province(self, thing: Any) -> str | None:
        """The name, or nothing."""
        return region_name(thing.province) or None


class ReadOnlyAdmin(ModelAdmin):
    """A list and a page nobody edits, for the office roles in ``view_roles``; to others it does not exist."""

    view_roles: ClassVar[frozenset[str]] = frozenset()
    list_disable_select_all = True
    actions = None
    list_per_page = 25

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Whether the person holds one of the desk's roles now."""
        actor: Actor | None = getattr(request, "actor", None)
        return actor is not None and bool(actor.roles & self.view_roles)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The same for the menu."""
        return self.has_view_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is added but by actions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is changed but by actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        """Nothing is deleted."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list; to whom may not see it, it does not exist."""
        if not self.has_view_permission(request):
            raise Http404
        return super().changelist_view(request, extra_context)

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> list[Any]:
        """The same facts; what has a desk of its own is a link for those who may open that desk."""
        return [
            (name, {**options, "fields": [self._linking(request, fact) for fact in options["fields"]]})
            for name, options in super().get_fieldsets(request, obj)
        ]

    def _linking(self, request: HttpRequest, fact: Any) -> Any:
        columns = {column.name: column for column in self.opts.fields if isinstance(column, models.ForeignKey)}
        if not isinstance(fact, str) or fact not in columns:
            return fact

        @admin.display(description=columns[fact].verbose_name, empty_value=self.get_empty_value_display())
        def shown(thing: models.Model) -> str | None:
            other = getattr(thing, fact)
            return other and linked(request, other, self.admin_site)

        shown.__name__ = fact
        return shown


class DeskAdmin(ReadOnlyAdmin):
    """A read-only page with the facts and, beside them, the steps that the lifecycle opens to this person."""

    desk_template = "admin/desk.html"

    def get_steps(self, request: HttpRequest, thing: Any) -> list[Step]:
        """Return the buttons for this person and the thing's present state."""
        return []

    def get_desk(self, request: HttpRequest, thing: Any, at: datetime) -> dict[str, Any]:
        """Return what the page shows besides the thing itself."""
        return {}

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the desk, or take the step that was pressed."""
        try:
            thing = self.get_object(request, object_id)
        except (ValidationError, ValueError) as error:
            raise Http404 from error
        if thing is None or not self.has_view_permission(request, thing):
            raise Http404
        return self.desk_page(request, thing, self.get_steps(request, thing), extra_context)

    def desk_page(
        self, request: HttpRequest, thing: Any, steps: list[Step], extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the facts with these steps, or take the one that was pressed. ``thing`` is None where the page is about
        something that does not exist yet."""
        status = 200
        if request.method == "POST":
            response = self._take(request, thing, steps)
            if response is not None:
                return response
            status = 422
            if thing is not None:
                thing.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            "title": str(thing or self.opts.verbose_name),
            "opts": self.opts,
            "thing": thing,
            "original": thing,
            "steps": steps,
            **self.get_desk(request, thing, timezone.now()),
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, self.desk_template, context, status=status)

    def _take(self, request: HttpRequest, thing: Any, steps: list[Step]) -> HttpResponse | None:
        """Take the pressed step; None when the page must be shown again with what was wrong."""
        step = next((item for item in steps if item.event == request.POST.get("step")), None)
        if step is None:
            messages.error(request, _("This step is not possible any more: the matter has moved on meanwhile."))
            return HttpResponseRedirect(request.path)
        step.form = step.form_class(request.POST, request.FILES, prefix=step.event)
        if "insert" in request.POST and hasattr(step.form, "with_inserted"):
            step.form = step.form.with_inserted()  # a help in writing: nothing is decided yet
            return None
        if not step.form.is_valid():
            return None
        try:
            step.act(thing, by=request.actor, at=timezone.now(), **step.form.cleaned_data)
        except Refused as refusal:
            step.violations = refusal.violations
            return None
        except (IllegalStep, WrongRole):
            messages.error(request, _("This step is not possible any more: the matter has moved on meanwhile."))
            return HttpResponseRedirect(request.path)
        messages.success(request, _("Done: %(step)s.") % {"step": step.title})
        return HttpResponseRedirect(request.path)
