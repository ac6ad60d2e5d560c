"""Published issues and entries, as the office looks them up, and their rectifications. Nothing published is changed."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from core.admin import DeskAdmin, ReadOnlyAdmin, Step
from core.validation import clean_text
from registry.actions import rectifying
from registry.admin.forms import ReasonsForm
from registry.bulletin.fields import FIELDS, fields_of, shown
from registry.enums import EntryKind, RectificationStatus
from registry.models import BulletinEntry, BulletinIssue, Rectification
from registry.rules.rectifying import RECTIFIABLE

READERS = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})


class RectifyingForm(forms.Form):
    """Which item of an entry is wrong, how it should read, and how the error is known."""

    item = forms.ChoiceField(label=pgettext_lazy("rectification", "Item"))
    after = forms.CharField(label=_("Should read"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    grounds = forms.CharField(label=_("Grounds"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_after(self) -> str:
        """Refuse characters that would look like others."""
        return clean_text(self.cleaned_data["after"])


def _form_for(entry: BulletinEntry) -> type[RectifyingForm]:
    """Return the form with the items of this entry, each with how it reads now."""
    items = [name for name in fields_of(entry.content) if name in RECTIFIABLE]
    readings = [(name, rectifying.standing_value(entry, name)) for name in items]
    choices = [
        (name, format_lazy("{label}{colon}{value}", label=FIELDS[name], colon=_(": "), value=value))
        for name, value in readings
    ]
    item = forms.ChoiceField(label=pgettext_lazy("rectification", "Item"), choices=choices)
    return type("EntryRectifyingForm", (RectifyingForm,), {"item": item})


@admin.register(BulletinIssue)
class IssueAdmin(ReadOnlyAdmin):
    """Issues, the newest first."""

    view_roles = READERS
    list_display = ("__str__", "issued_on", "entry_count", "published_at")
    exclude = ("frontier", "checkpoint")  # for machines; the public has both
    list_filter = ("year",)


@admin.register(BulletinEntry)
class EntryDesk(DeskAdmin):
    """Entries in the order of their issues; an examiner proposes what should be put right."""

    view_roles = READERS
    desk_template = "admin/registry/bulletinentry/desk.html"
    list_display = ("issue", "position", "kind", "patent")
    list_filter = ("kind",)
    list_select_related = ("issue", "patent")
    search_fields = ("patent__number",)

    def get_steps(self, request: HttpRequest, thing: BulletinEntry) -> list[Step]:
        """Propose a rectification."""
        if Role.EXAMINER not in request.actor.roles or thing.kind == EntryKind.RECTIFICATION:
            return []
        hint = _("The entry itself stays. Once another person approves, the next issue announces what was wrong.")
        title = _("Propose a rectification")
        return [Step("rectify", title, _propose, form_class=_form_for(thing), hint=hint)]

    def get_desk(self, request: HttpRequest, thing: BulletinEntry, at: Any) -> dict[str, Any]:
        """The entry as printed, and what was proposed about it."""
        said = fields_of(thing.content)
        return {
            "fields": [(FIELDS[name], shown(name, value)) for name, value in said.items()],
            "rectifications": thing.rectifications.order_by("-proposed_at"),
        }


def _propose(entry: BulletinEntry, **said: Any) -> Rectification:
    return rectifying.propose_rectification(entry=entry, **said)


@admin.register(Rectification)
class RectificationDesk(DeskAdmin):
    """Rectifications, those that wait for approval first."""

    view_roles = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR})
    desk_template = "admin/registry/rectification/desk.html"
    list_display = ("entry", "item_name", "status", "proposed_by", "proposed_at")
    list_filter = ("status",)
    list_select_related = ("entry__issue", "proposed_by")

    def get_steps(self, request: HttpRequest, thing: Rectification) -> list[Step]:
        """The lifecycle's steps for this person."""
        acts: dict[str, dict[str, Any]] = {
            "approve": {"act": lambda thing, **said: rectifying.approve_rectification(rectification=thing, **said)},
            "decline": {
                "act": lambda thing, **said: rectifying.decline_rectification(rectification=thing, **said),
                "form_class": ReasonsForm,
                "tone": "danger",
            },
        }
        events = Rectification.lifecycle.events(RectificationStatus(thing.status), request.actor.roles)
        return [Step(row.event, row.title, **acts[row.event]) for row in events]

    @admin.display(description=pgettext_lazy("rectification", "Item"))
    def item_name(self, thing: Rectification) -> str:
        """The item by its name."""
        return str(FIELDS[thing.item])

    def get_desk(self, request: HttpRequest, thing: Rectification, at: Any) -> dict[str, Any]:
        """The item by its name."""
        return {"item": self.item_name(thing)}
