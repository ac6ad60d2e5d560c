"""The examiner's and the approver's desk: the queue, and each statement beside the register's facts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from core.admin import DeskAdmin, Step, trail
from core.deadlines import deadline_working_days, law_date
from core.legal.settings import setting
from registry.actions import examining
from registry.admin.statement_steps import conduct_of, steps_of
from registry.enums import StatementStatus as S
from registry.models import Statement
from registry.notifications import read_violations
from registry.queries.changes import changes_from_earlier
from registry.queries.duties import open_duty
from registry.queries.facts import FREE_TEXTS, statement_facts
from registry.queries.progress import turn_of
from registry.queries.register import register_state
from registry.queries.statements import violations_of
from registry.queries.versions import numbered, pairs_of
from registry.wording import marked

# What the trail holds besides the lifecycle's steps.
EVENTS: dict[str, Any] = {
    "begin": gettext_lazy("Draft begun"),
    "add_paper": gettext_lazy("Paper added"),
    "remove_paper": gettext_lazy("Paper taken out"),
    "ask_consents": gettext_lazy("Co-owners asked for consent"),
    "begin_successor": gettext_lazy("Begun from an earlier statement"),
    "consent": gettext_lazy("Consent given"),
    "decline": gettext_lazy("Consent declined"),
    "ask_pledgees": gettext_lazy("Pledgees asked for consent"),
    "pledgee_consent": gettext_lazy("Pledgee's consent given"),
    "name_agency": gettext_lazy("Agency changed"),
    "bar_arose": gettext_lazy("A bar arose after the announcement"),
    "bar_fell_away": gettext_lazy("The bar fell away"),
    "duty_ended": gettext_lazy("The duty to withdraw ended"),
    "serve_paper": gettext_lazy("Paper sent by the office"),
}


class Waiting(admin.SimpleListFilter):
    """Whose turn it is. The queue opens with what waits for the office; everything else is one click away."""

    title = gettext_lazy("Waiting for")
    parameter_name = "waiting"
    rows: ClassVar[dict[str, tuple[str, ...]]] = {
        "office": (S.SUBMITTED, S.EXAMINING, S.PASSED, S.REFUSAL_PROPOSED, S.HELD),
        "filer": (S.CORRECTION,),
        "bulletin": (S.APPROVED,),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The choices besides the default."""
        return [("filer", _("the filer")), ("bulletin", _("the bulletin")), ("all", _("All statements"))]

    def choices(self, changelist: Any) -> Iterator[dict[str, Any]]:
        """Name the default, which needs no parameter."""
        every = list(super().choices(changelist))
        every[0]["display"] = _("the office")
        yield from every

    def queryset(self, request: HttpRequest, queryset: QuerySet[Statement]) -> QuerySet[Statement]:
        """Narrow the list; a search or a status looks through everything."""
        wanted = self.value()
        if wanted == "all" or (wanted is None and (request.GET.get("q") or request.GET.get("status__exact"))):
            return queryset
        return queryset.filter(status__in=self.rows[wanted if wanted in self.rows else "office"])


@admin.register(Statement)
class StatementDesk(DeskAdmin):
    """Submitted statements. Drafts are their filer's alone."""

    view_roles = frozenset({Role.EXAMINER, Role.APPROVER, Role.AUDITOR})
    desk_template = "admin/registry/statement/desk.html"
    change_list_template = "admin/registry/statement/queue.html"
    list_display = ("number", "title", "filed_by", "status", "submitted_at", "target_on", "examiner", "claimed_at")
    list_filter = (Waiting, "status", "patent__kind", "fee_mode")
    list_select_related = ("patent", "filed_by", "examiner")
    search_fields = ("number", "patent__number", "patent__title", "filed_by__name")
    ordering = ("submitted_at", "number")

    @admin.display(description=gettext_lazy("Title"))
    def title(self, statement: Statement) -> str:
        """The patent's title."""
        return statement.patent.title

    @admin.display(description=gettext_lazy("Target"))
    def target_on(self, statement: Statement) -> Any:
        """The day by which the office means to have examined it (office practice)."""
        if statement.submitted_at is None:
            return "—"
        start = law_date(statement.submitted_at)
        return deadline_working_days(start, setting("statement_exam_working_days", on=start).whole)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        """Everything that was ever submitted."""
        return super().get_queryset(request).exclude(status__in=(S.DRAFT, S.DISCARDED))

    def get_steps(self, request: HttpRequest, thing: Statement) -> list[Step]:
        """The steps for this person: what the lifecycle opens, less what the rules of conduct withhold."""
        return steps_of(thing, by=request.actor, at=timezone.now())

    def get_desk(self, request: HttpRequest, thing: Statement, at: datetime) -> dict[str, Any]:
        """The register's facts, every check already run, the history."""
        on = law_date(at)
        titles = {**EVENTS, **{row.event: row.title for row in Statement.lifecycle.transitions}}
        return {
            "facts": statement_facts(thing, on=on),
            "marked": {name: marked(getattr(thing, name)) for name in FREE_TEXTS},
            "checks": violations_of(thing, on=on),
            "patent": thing.patent,
            "ownerships": thing.patent.ownerships.select_related("patentee__organisation"),
            "papers": thing.papers.select_related("file"),
            "examinations": [
                (step, titles.get(step.event, step.event))
                for step in thing.examinations.select_related("done_by").order_by("done_at")
            ],
            "history": trail(thing, **EVENTS),
            "held_for": read_violations(thing.hold_reasons),
            "turn": turn_of(thing, on=on),
            "endings": thing.endings.all(),
            "earlier": thing.replaces,
            "changes": changes_from_earlier(thing),
            "duty": open_duty(thing),
            "known": register_state(thing.patent).known,
            "conduct": conduct_of(thing, by=request.actor, at=at),
            "version_count": thing.versions.count(),
            "office_papers": thing.office_papers.prefetch_related("services__organisation"),
            "at": at,
        }

    def get_urls(self) -> list[Any]:
        """Add the button that pulls the next statement, and the texts side by side."""
        pull = path("next/", self.admin_site.admin_view(self.pull_next), name="registry_statement_next")
        versions = path(
            "<uuid:pk>/versions/", self.admin_site.admin_view(self.versions), name="registry_statement_versions"
        )
        return [pull, versions, *super().get_urls()]

    def versions(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Every text that was sent, each beside the one before; and the statement beside the one it replaces."""
        thing = self.get_object(request, str(pk))
        if thing is None or not self.has_view_permission(request, thing):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": str(thing),
            "opts": self.opts,
            "thing": thing,
            "versions": numbered(thing),
            "pairs": pairs_of(thing),
        }
        return TemplateResponse(request, "admin/registry/statement/versions.html", context)

    def pull_next(self, request: HttpRequest) -> HttpResponse:
        """Take the oldest statement this examiner may examine and open it."""
        if request.method != "POST" or Role.EXAMINER not in request.actor.roles:
            return HttpResponseRedirect(reverse("admin:registry_statement_changelist"))
        statement = examining.pull_next(by=request.actor, at=timezone.now())
        if statement is None:
            messages.info(request, _("The queue holds nothing that you may examine."))
            return HttpResponseRedirect(reverse("admin:registry_statement_changelist"))
        return HttpResponseRedirect(reverse("admin:registry_statement_change", args=[statement.pk]))
