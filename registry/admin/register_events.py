"""What the register received: every event as it came, those that wait for a person, and duties to withdraw."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.views import ChangeList

from accounts.roles import Role
from core.admin import DeskAdmin, ReadOnlyAdmin, Step, trail
from core.lifecycle import Actor
from registry.actions.annulling import annul_event
from registry.actions.events import RECORDERS, dismiss_parked, retry_parked
from registry.admin.register_forms import AnnulForm, DismissForm
from registry.enums import OFFICE, EventKind, StatementStatus
from registry.events.contradictions import sentence
from registry.models import WAITING, ParkedEvent, Patent, RegisterEvent, WithdrawalDuty
from registry.queries.duties import grounds_of
from registry.queries.events import annulment_of, details_of, is_entered, with_annulled
from registry.queries.patents import SOURCES

READERS = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR, Role.ADMINISTRATOR})
# A duty leads to its statement, so that whoever reads the one may read the other.
STATEMENT_READERS = READERS - {Role.ADMINISTRATOR}

# What the trail of a register event holds.
EVENTS = {
    "retry_event": _("Tried again"),
    "dismiss_event": _("Set aside by a person"),
    "annul_event": _("Annulled"),
}


class Settled(admin.SimpleListFilter):
    """What is still to be done comes first; the rest is one click away."""

    title = _("Settled")
    parameter_name = "settled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The choices besides the default."""
        return [("yes", _("Settled")), ("all", _("All"))]

    def choices(self, changelist: Any) -> Any:
        """Name the default, which needs no parameter."""
        every = list(super().choices(changelist))
        every[0]["display"] = _("Waiting")
        yield from every


class Waiting(Settled):
    """Parked events that wait, were settled, or all."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[ParkedEvent]) -> QuerySet[ParkedEvent]:
        """Narrow the list."""
        waiting = queryset.filter(WAITING)
        if self.value() == "all":
            return queryset
        return queryset.exclude(pk__in=waiting.values("pk")) if self.value() == "yes" else waiting


class Running(Settled):
    """Duties that run, are closed, or all."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[WithdrawalDuty]) -> QuerySet[WithdrawalDuty]:
        """Narrow the list."""
        running = queryset.filter(closed_at=None, statement__status=StatementStatus.ANNOUNCED)
        if self.value() == "all":
            return queryset
        return queryset.exclude(pk__in=running.values("pk")) if self.value() == "yes" else running


@admin.register(RegisterEvent)
class RegisterEventDesk(DeskAdmin):
    """Every event as received; nothing here is ever changed."""

    view_roles = READERS
    desk_template = "admin/registry/registerevent/desk.html"
    list_display = ("patent_number", "kind", "effective_on", "annulled", "origin", "reference_there", "received_at")
    list_filter = ("kind", "source")
    search_fields = ("patent_number", "reference")
    search_help_text = _("Patent number or the source's reference")
    ordering = ("-received_at", "pk")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[RegisterEvent]:
        """Say which are annulled."""
        return with_annulled(super().get_queryset(request))

    @admin.display(description=_("Annulment"))
    def annulled(self, thing: Any) -> Any:
        """Whether the event counts no more; nothing to say of one that does."""
        return _("annulled") if thing.annulled else None

    @admin.display(description=_("source"), ordering="source")
    def origin(self, thing: RegisterEvent) -> Any:
        """Who said it, in words where the registry knows the source."""
        return SOURCES.get(thing.source, thing.source)

    @admin.display(description=_("source's reference"), ordering="reference")
    def reference_there(self, thing: RegisterEvent) -> str | None:
        """How the source names it; the office's own entries carry a mark for programs only."""
        return None if thing.source == OFFICE else thing.reference

    def get_steps(self, request: HttpRequest, thing: RegisterEvent) -> list[Step]:
        """Annulment of what was entered by mistake."""
        may = request.actor.roles & RECORDERS and thing.kind != EventKind.ANNULMENT
        if not may or not is_entered(thing) or annulment_of(thing) is not None:
            return []
        hint = _(
            "The facts of the patent are made anew without this event, its statements are checked again and those"
            " concerned are told. The event stays to be seen as annulled; an annulment itself stays."
        )
        return [Step("annul", _("Annul the event"), _annul, AnnulForm, hint, tone="danger")]

    def get_desk(self, request: HttpRequest, thing: RegisterEvent, at: datetime) -> dict[str, Any]:
        """The event, its patent, whether it was entered, and what annuls it."""
        return {
            "patent": Patent.objects.filter(number=thing.patent_number).first(),
            "annulment": annulment_of(thing),
            "details": details_of(thing),
            "parked": ParkedEvent.objects.filter(pk=thing.pk).first(),
        }


def _annul(thing: RegisterEvent, *, reason: str, by: Actor, at: datetime) -> None:
    annul_event(event=thing, reason=reason, by=by, at=at)


@admin.register(ParkedEvent)
class ParkedEventDesk(DeskAdmin):
    """Events that contradict the register: tried again, or dismissed with a reason."""

    view_roles = READERS
    desk_template = "admin/registry/parkedevent/desk.html"
    list_display = ("what", "why", "parked_at", "applied_at", "annulled_at", "dismissed_at")
    list_filter = (Waiting,)
    list_select_related = ("event",)
    search_fields = ("event__patent_number", "event__reference")
    ordering = ("parked_at", "pk")

    @admin.display(description=_("Event"))
    def what(self, parked: ParkedEvent) -> str:
        """The event."""
        return str(parked.event)

    @admin.display(description=_("Why"))
    def why(self, parked: ParkedEvent) -> Any:
        """The contradiction as a sentence."""
        return sentence(parked.code, parked.params)

    def get_steps(self, request: HttpRequest, thing: ParkedEvent) -> list[Step]:
        """Try again or set aside, while it waits; try again what was set aside."""
        if not request.actor.roles & RECORDERS or thing.applied_at is not None or thing.annulled_at is not None:
            return []
        again = Step("retry", _("Try to enter it again"), _retry, tone="primary")
        if thing.dismissed_at is not None:
            return [again]
        return [again, Step("dismiss", _("Set it aside"), _dismiss, DismissForm, tone="danger")]

    def get_desk(self, request: HttpRequest, thing: ParkedEvent, at: datetime) -> dict[str, Any]:
        """The event and what people did with it."""
        return {
            "event": thing.event,
            "details": details_of(thing.event),
            "patent": Patent.objects.filter(number=thing.event.patent_number).first(),
            "history": trail(thing.event, **EVENTS),
        }


def _retry(thing: ParkedEvent, *, by: Actor, at: datetime) -> None:
    retry_parked(parked=thing, by=by, at=at)


def _dismiss(thing: ParkedEvent, *, reason: str, by: Actor, at: datetime) -> None:
    dismiss_parked(parked=thing, reason=reason, by=by, at=at)


class _ToStatements(ChangeList):
    """Each row leads to the statement's desk, where the office proposes the end."""

    def url_for_result(self, result: WithdrawalDuty) -> str:
        """The address of that desk."""
        return reverse("admin:registry_statement_change", args=[result.statement_id])


@admin.register(WithdrawalDuty)
class WithdrawalDutyDesk(ReadOnlyAdmin):
    """Announced statements that met a bar, and until when their patentees have to withdraw them."""

    view_roles = STATEMENT_READERS
    list_display = ("of_statement", "patent", "grounds", "since_on", "due_on", "consequence", "outcome")
    list_filter = (Running, "consequence")
    list_select_related = ("statement__patent",)
    search_fields = ("statement__number", "statement__patent__number")
    ordering = ("due_on", "pk")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Lead to the statements."""
        return _ToStatements

    @admin.display(description=_("Statement"), ordering="statement__number")
    def of_statement(self, duty: WithdrawalDuty) -> str:
        """The statement's number."""
        return duty.statement.number

    @admin.display(description=_("Patent"))
    def patent(self, duty: WithdrawalDuty) -> str:
        """The statement's patent."""
        return str(duty.statement.patent)

    @admin.display(description=_("Grounds"))
    def grounds(self, duty: WithdrawalDuty) -> str:
        """The rules that stand against the statement."""
        return gettext("; ").join(f"{rule.id} {rule.title}" for rule in grounds_of(duty))
