"""What waits for a person in the registry, for the workbench."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Min, QuerySet
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.deadlines import deadline_working_days, law_date
from core.legal import setting
from core.lifecycle import Actor
from registry.enums import EndingStatus, StatementStatus
from registry.models import WAITING, Aftermath, Ending, ParkedEvent, Statement, WithdrawalDuty
from registry.queries.acting import unattended
from registry.queries.asking import pledge_consents_unanswered, texts_asked, withdrawals_unanswered
from registry.queries.duties import open_duties, overdue_duties
from registry.queries.progress import correction_missed, correction_until
from registry.queries.statements import statements_of

MOST_LINES = 10  # of one kind
_LIST = reverse_lazy("registry:my_statements")


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of the workbench: what waits, where, until when at the earliest, how much of it, and about which matter."""

    title: str | Promise
    url: str
    due_on: date | None
    count: int = 1
    about: str = ""


def work_items(actor: Actor, at: datetime) -> list[WorkItem]:
    """Return what waits for the actor now; empty for roles without duties here."""
    items: list[WorkItem] = []
    if actor.roles & {Role.PATENTEE, Role.AGENCY}:
        items += _for_filer(actor, law_date(at))
    if actor.roles & {Role.PATENTEE, Role.ENTERPRISE}:
        items += [
            WorkItem(
                _("Your consent as pledgee is wanted"),
                reverse("registry:pledge_consent", args=[item.pk]),
                None,
                about=_text(item),
            )
            for item in pledge_consents_unanswered(actor, on=law_date(at))
        ]
    if Role.EXAMINER in actor.roles:
        items += _for_examiner(actor.user_id, law_date(at))
    if Role.APPROVER in actor.roles:
        items += _for_approver()
    return [item for item in items if item.count]


def _for_filer(actor: Actor, on: date) -> list[WorkItem]:
    mine = statements_of(actor, on=on)
    drafts = mine.filter(status=StatementStatus.DRAFT).count()
    return [
        *_lines(
            mine.filter(status=StatementStatus.CORRECTION).select_related("patent").order_by("correction_due_on", "pk"),
            lambda item: WorkItem(
                _("Period for correction missed: cancel it to file anew")
                if correction_missed(item, on=on)
                else _("Statement to correct"),
                reverse("registry:draft", args=[item.pk]),
                correction_until(item, on=on),
                about=f"{item.number} {item.patent.title}",
            ),
            _("Statements to correct"),
            f"{_LIST}?status={StatementStatus.CORRECTION}&sort=until",
        ),
        *_consents(actor),
        *_lines(
            open_duties().filter(statement__in=mine),
            lambda duty: WorkItem(
                format_lazy(_("Withdraw statement {number}"), number=duty.statement.number),
                reverse("registry:draft", args=[duty.statement_id]),
                duty.due_on,
            ),
            _("Statements to withdraw"),
            f"{_LIST}?status={StatementStatus.ANNOUNCED}&sort=until",
        ),
        *_lines(
            unattended(actor, on=on),
            lambda item: WorkItem(
                _("Name the agency that acts for you"),
                reverse("registry:statement_agency", args=[item.pk]),
                None,
                about=f"{item.number} {item.patent.title}",
            ),
            _("Statements whose agency is to be named"),
            str(_LIST),
        ),
        WorkItem(_("Drafts to complete"), str(_LIST), None, drafts),
    ]


def _consents(actor: Actor) -> list[WorkItem]:
    """Return what waits for the actor's organisation as co-owner."""
    return [
        *_lines(
            texts_asked(actor).filter(answered=False),
            lambda item: WorkItem(
                _("Your consent is wanted"), reverse("registry:consent", args=[item.pk]), None, about=_text(item)
            ),
            _("Texts that wait for your consent"),
            reverse("registry:consents"),
        ),
        *_lines(
            withdrawals_unanswered(actor),
            lambda item: WorkItem(
                _("Your consent to a withdrawal is wanted"),
                reverse("registry:withdrawal", args=[item.pk]),
                None,
                about=f"{item.statement.number} {item.statement.patent.title}",
            ),
            _("Withdrawals that wait for your consent"),
            str(_LIST),
        ),
    ]


def _lines(found: QuerySet[Any], line: Callable[[Any], WorkItem], together: str | Promise, url: str) -> list[WorkItem]:
    """Return a line for each, or one line for all of them where they are too many to read, with the first one's day."""
    few = list(found[: MOST_LINES + 1])
    if len(few) <= MOST_LINES:
        return [line(item) for item in few]
    return [WorkItem(together, url, line(few[0]).due_on, found.order_by().values("pk").count())]


def _text(statement: Statement) -> str:
    """Name a text that has no number yet: holders of one patent may each have drafted one."""
    return f"{statement.patent} {statement.patent.title} · {statement.filed_by}"


def _for_examiner(user_id: UUID | None, on: date) -> list[WorkItem]:
    S = StatementStatus
    taken = Statement.objects.filter(status=S.EXAMINING, examiner_id=user_id)
    return [
        _office(_("Statements waiting for an examiner"), Statement.objects.filter(status=S.SUBMITTED), S.SUBMITTED),
        _office(_("Statements on your desk"), taken, S.EXAMINING),
        _office(_("Statements held back at publication"), Statement.objects.filter(status=S.HELD), S.HELD),
        _endings(_("Endings to examine"), EndingStatus.REQUESTED),
        _duties(_("Statements that the office has to end"), overdue_duties(on=on)),
        _duties(_("Announced statements that met a bar"), open_duties().filter(due_on__gte=on)),
        _parked(),
        _aftermath(),
    ]


def _for_approver() -> list[WorkItem]:
    S = StatementStatus
    return [
        _office(_("Statements to approve"), Statement.objects.filter(status=S.PASSED), S.PASSED),
        _office(_("Refusals to approve"), Statement.objects.filter(status=S.REFUSAL_PROPOSED), S.REFUSAL_PROPOSED),
        _endings(_("Endings to approve"), EndingStatus.PASSED),
    ]


def _office(title: str | Promise, found: QuerySet[Statement], status: str) -> WorkItem:
    oldest = found.aggregate(at=Min("submitted_at"))["at"]
    days = setting("statement_exam_working_days", on=law_date(oldest)).whole if oldest else 0
    due = deadline_working_days(law_date(oldest), days) if oldest else None
    address = f"{reverse('admin:registry_statement_changelist')}?status__exact={status}"
    return WorkItem(title, address, due, found.count())


def _duties(title: str | Promise, found: QuerySet[WithdrawalDuty]) -> WorkItem:
    next_due = found.values_list("due_on", flat=True).first()
    return WorkItem(title, reverse("admin:registry_withdrawalduty_changelist"), next_due, found.count())


def _parked() -> WorkItem:
    count = ParkedEvent.objects.filter(WAITING).count()
    return WorkItem(
        _("Register events that contradict the register"), reverse("admin:registry_parkedevent_changelist"), None, count
    )


def _aftermath() -> WorkItem:
    count = Aftermath.objects.filter(settled_at=None).count()
    return WorkItem(
        _("What annulled events have left behind"), reverse("admin:registry_aftermath_changelist"), None, count
    )


def _endings(title: str | Promise, status: str) -> WorkItem:
    count = Ending.objects.filter(status=status).count()
    return WorkItem(title, f"{reverse('admin:registry_ending_changelist')}?status__exact={status}", None, count)
