"""The register of patents as the office reads it, and the buttons that enter facts into it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.admin import DeskAdmin, InProvince, ReadOnlyAdmin, Step
from core.lifecycle import Actor
from registry.actions import recording
from registry.actions.identifying import identify_patentee
from registry.admin import register_forms as forms
from registry.models import WAITING, Delivery, Encumbrance, Obstacle, ParkedEvent, Patent, Patentee, Pledge, Suspension
from registry.queries.patents import register_lines
from registry.queries.register import replays

READERS = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})
# Button: event, title, form, the fact that its fields make.
ENTRIES: tuple[tuple[str, Any, type, Callable[..., recording.Fact]], ...] = (
    ("annuity", _("Enter the state of the annuities"), forms.AnnuityForm, recording.AnnuityFact),
    ("right", _("Enter the state of the right"), forms.RightForm, recording.RightFact),
    ("pledge", _("Enter a pledge"), forms.PledgeForm, recording.PledgeFact),
    ("contract", _("Enter a license contract"), forms.ContractForm, recording.ContractFact),
    ("suspension", _("Enter a suspension"), forms.SuspensionForm, recording.SuspensionFact),
    ("invalidation", _("Enter an invalidation"), forms.InvalidationForm, recording.InvalidationFact),
    ("report", _("Enter the evaluation report"), forms.ReportForm, recording.ReportFact),
    ("obstacle", _("Enter another obstacle"), forms.ObstacleForm, recording.ObstacleFact),
    ("assignment", _("Enter an assignment"), forms.TransferForm, recording.AssignmentFact),
    ("merger", _("Enter a merger or succession"), forms.TransferForm, recording.MergerFact),
    ("name", _("Enter a change of name"), forms.NameForm, recording.NameFact),
    ("compensation", _("Enter a term compensation"), forms.CompensationForm, recording.CompensationFact),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """Makes the fact of a button's fields and enters it."""

    make: Callable[..., recording.Fact]

    def __call__(self, thing: Patent, *, by: Actor, at: datetime, **said: Any) -> Patent:
        return recording.record_fact(patent=thing, fact=self.make(**said), by=by, at=at)


@admin.register(Patent)
class PatentDesk(DeskAdmin):
    """Patents with their entries; examiners and administrators enter facts."""

    view_roles = READERS
    desk_template = "admin/registry/patent/desk.html"
    list_display = ("number", "title", "kind", "right_status", "annuity_state", "facts_as_of")
    list_filter = ("kind", "right_status", "annuity_state")
    search_fields = ("number", "title", "owners__name")
    search_help_text = _("Patent number, words of the title, name of a patentee")
    ordering = ("number",)
    show_full_result_count = False

    def get_steps(self, request: HttpRequest, thing: Patent) -> list[Step]:
        """The entries that this person may make about this patent."""
        if not request.actor.roles & recording.RECORDERS:
            return []
        steps = [Step(event, title, _Entry(make), form) for event, title, form, make in ENTRIES]
        if thing.granted_on is None:
            steps.insert(
                0, Step("grant", _("Enter the day of the grant"), _Entry(recording.GrantFact), forms.GrantForm)
            )
        for table in (Pledge, Encumbrance, Suspension, Obstacle):
            column = "released_on" if table is Pledge else "until_on"
            for item in table.objects.filter(patent=thing, **{column: None}):  # type: ignore[misc]
                title = _("Enter the end: %(entry)s") % {"entry": item}
                steps.append(Step(f"end-{item.pk}", title, _Entry(_ends(item)), forms.EndingDayForm))
        for pledge in Pledge.objects.filter(patent=thing, consented_on=None, released_on=None):
            title = _("Enter the pledgee's consent: %(pledge)s") % {"pledge": pledge}
            steps.append(Step(f"consent-{pledge.pk}", title, _Entry(_consents(pledge)), forms.ConsentDayForm))
        return steps

    def get_desk(self, request: HttpRequest, thing: Patent, at: datetime) -> dict[str, Any]:
        """The holders and every entry."""
        holders = thing.ownerships.select_related("patentee__organisation").order_by("position")
        replayed = replays([thing])[thing.pk]
        parked = ParkedEvent.objects.filter(WAITING, event__patent_number=thing.number)
        return {
            "holders": holders,
            "lines": register_lines(replayed),
            "known": replayed.state.known,
            "parked": parked.select_related("event"),
        }


def _ends(item: Any) -> Callable[..., recording.Fact]:
    return lambda until_on: recording.EndFact(item, until_on)


def _consents(pledge: Pledge) -> Callable[..., recording.Fact]:
    return lambda consented_on: recording.ConsentFact(pledge, consented_on)


def _identify(thing: Patentee, *, by: Actor, at: datetime, organisation: Any) -> Patentee:
    return identify_patentee(patentee=thing, organisation=organisation, by=by, at=at)


@admin.register(Patentee)
class PatenteeDesk(InProvince, DeskAdmin):
    """Registered holders; an administrator says which of them an organisation is."""

    view_roles = READERS
    desk_template = "admin/registry/patentee/desk.html"
    list_display = ("name", "is_person", "of_province", "organisation")
    list_filter = ("is_person",)
    list_select_related = ("organisation",)
    search_fields = ("name", "organisation__name", "organisation__uscc")
    ordering = ("name",)
    show_full_result_count = False

    def get_steps(self, request: HttpRequest, thing: Patentee) -> list[Step]:
        """Identification, while the holder is not identified."""
        if thing.organisation_id is not None or Role.ADMINISTRATOR not in request.actor.roles:
            return []
        hint = _("From then on the organisation may file statements on this holder's patents.")
        return [Step("identify", _("Identify the holder"), _identify, forms.identity_form(thing), hint, "primary")]

    def get_desk(self, request: HttpRequest, thing: Patentee, at: datetime) -> dict[str, Any]:
        """Some of the holder's patents."""
        patents: QuerySet[Patent] = thing.patents.order_by("-number")
        return {"patents": patents[:20], "patent_count": patents.count()}


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """Which files were taken into the register."""

    view_roles = READERS
    list_display = ("name", "started_at", "finished_at", "vouched", "inserted", "updated", "unchanged", "refused")
    search_fields = ("name",)
