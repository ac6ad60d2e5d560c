"""The examiner's and the approver's desk: the queue, and each statement beside the register's facts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Role
from core import audit
from core.admin import DeskAdmin, Step
from core.deadlines import deadline_working_days, law_date
from core.legal.settings import setting
from registry.actions import approving, ending, examining
from registry.admin.forms import EndForm, OverrideForm, ReasonsForm
from registry.enums import EndingKind
from registry.enums import StatementStatus as S
from registry.models import Statement
from registry.queries.changes import changes_from_earlier
from registry.queries.duties import open_duty
from registry.queries.ending import office_end_facts
from registry.queries.facts import FREE_TEXTS, statement_facts
from registry.queries.register import register_state
from registry.queries.statements import violations_of
from registry.rules.office_end import suggest
from registry.wording import marked

# Event → what the button says, which action it calls, what must be said with it.
BUTTONS: dict[str, dict[str, Any]] = {
    "claim": {"act": examining.claim, "tone": "primary"},
    "pass": {
        "act": examining.pass_statement,
        "form_class": OverrideForm,
        "tone": "primary",
        "hint": gettext_lazy("Nothing bars the statement. Another person approves it."),
    },
    "request_correction": {
        "act": examining.request_correction,
        "form_class": ReasonsForm,
        "hint": gettext_lazy(
            "The filer gets one month, which can be extended once by two at most (office practice), and reads your"
            " reasons."
        ),
    },
    "propose_refusal": {
        "act": examining.propose_refusal,
        "form_class": ReasonsForm,
        "tone": "danger",
        "hint": gettext_lazy("Another person confirms the refusal. The filer reads your reasons."),
    },
    "hand_back": {"act": examining.hand_back},
    "resume": {"act": examining.resume, "tone": "primary"},
    "approve": {"act": approving.approve, "tone": "primary"},
    "refuse": {"act": approving.refuse, "tone": "danger"},
    "send_back": {"act": approving.send_back, "form_class": ReasonsForm},
}


# What an examiner may let pass with a reason, because the Guidelines limit it only "generally" (GL V-11 §3.3).
OVERRIDABLE = frozenset({"F7", "F8"})


def _button(event: str, title: Any, standing: set[str]) -> Step:
    row = dict(BUTTONS[event])
    act = row.pop("act")
    if event == "pass" and not standing & OVERRIDABLE:
        row.pop("form_class")
    return Step(event, title, lambda thing, **said: act(statement=thing, **said), **row)


def _propose(thing: Statement, *, kind: str, **said: Any) -> None:
    ending.propose_ending(statement=thing, kind=EndingKind(kind), **said)


def _end_step(thing: Statement) -> Step:
    """The office's end, with what the facts call for chosen beforehand and said with its reason and articles."""
    suggestion = suggest(office_end_facts(thing, on=law_date(timezone.now())))
    hint = str(suggestion.reason)
    if suggestion.kind is not None:
        said = {"kind": suggestion.kind.label, "reason": suggestion.reason}
        hint = _("The facts call for: %(kind)s. %(reason)s") % said
    basis = "; ".join(str(citation) for citation in suggestion.basis)
    step = Step(
        "propose_ending", _("Propose an end by the office"), _propose, EndForm, f"{hint} ({basis})", tone="danger"
    )
    step.form.initial["kind"] = suggestion.kind or ""
    return step


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
    list_display = ("number", "title", "filed_by", "status", "submitted_at", "target_on", "examiner")
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
        """The lifecycle's steps for this person, and the office's end of an announced statement."""
        standing = {item.rule for item in violations_of(thing, on=law_date(timezone.now()))}
        steps = [
            _button(row.event, row.title, standing)
            for row in Statement.lifecycle.events(thing.status, request.actor.roles)
            if row.event in BUTTONS
        ]
        if thing.status == S.ANNOUNCED and Role.EXAMINER in request.actor.roles:
            steps.append(_end_step(thing))
        return steps

    def get_desk(self, request: HttpRequest, thing: Statement, at: datetime) -> dict[str, Any]:
        """The register's facts, every check already run, the history."""
        on = law_date(at)
        titles = {row.event: row.title for row in Statement.lifecycle.transitions}
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
            "history": [(event, titles.get(event.event, event.event)) for event in audit.history(thing)],
            "endings": thing.endings.all(),
            "earlier": thing.replaces,
            "changes": changes_from_earlier(thing),
            "duty": open_duty(thing),
            "known": register_state(thing.patent).known,
            "at": at,
        }

    def get_urls(self) -> list[Any]:
        """Add the button that pulls the next statement."""
        pull = path("next/", self.admin_site.admin_view(self.pull_next), name="registry_statement_next")
        return [pull, *super().get_urls()]

    def pull_next(self, request: HttpRequest) -> HttpResponse:
        """Take the oldest statement this examiner may examine and open it."""
        if request.method != "POST" or Role.EXAMINER not in request.actor.roles:
            return HttpResponseRedirect(reverse("admin:registry_statement_changelist"))
        statement = examining.pull_next(by=request.actor, at=timezone.now())
        if statement is None:
            messages.info(request, _("The queue holds nothing that you may examine."))
            return HttpResponseRedirect(reverse("admin:registry_statement_changelist"))
        return HttpResponseRedirect(reverse("admin:registry_statement_change", args=[statement.pk]))
