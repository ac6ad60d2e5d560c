"""Where a statement stands: whose turn it is and until when, and what has happened so far."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from core import audit
from core.deadlines import deadline_working_days, law_date
from core.legal import setting
from core.models import AuditEvent
from registry.enums import EndingKind, EndingStatus, StatementStatus
from registry.lifecycles import STATEMENT
from registry.models import BulletinIssue, Ending, Statement
from registry.queries.calendar import next_issue_day
from registry.rules.periods import Remedies, correction_due, is_over, missed_until, remedies

S = StatementStatus
TONES = {
    S.ANNOUNCED: "success",
    S.CORRECTION: "warning",
    S.HELD: "warning",
    S.REFUSED: "danger",
    S.LAPSED: "danger",
    S.REVOKED: "danger",
    S.SUBMITTED: "info",
    S.EXAMINING: "info",
    S.PASSED: "info",
    S.REFUSAL_PROPOSED: "info",
    S.APPROVED: "info",
}
# What the filer is told of each state: the proposal of an examiner is not the office's word yet.
_WHAT: dict[str, str | Promise] = {
    S.DRAFT: _("Complete the draft and submit it."),
    S.SUBMITTED: _("An examiner takes the statement in order of receipt. The period is the office's own target."),
    S.EXAMINING: _("An examiner checks the statement. The period is the office's own target."),
    S.CORRECTION: _("Correct the statement and send it back. Without a correction it counts as not submitted."),
    S.PASSED: _("A second person at the office decides."),
    S.REFUSAL_PROPOSED: _("A second person at the office decides."),
    S.APPROVED: _("The statement is announced in the next issue of the bulletin."),
    S.HELD: _("A bar arose before the announcement; an examiner looks at it again."),
}
# A withdrawal of an announced statement, from request to announcement.
_WITHDRAWING: dict[EndingStatus, str | Promise] = {
    EndingStatus.PREPARED: _("The other patentees have still to consent to the withdrawal."),
    EndingStatus.REQUESTED: _("An examiner checks the withdrawal."),
    EndingStatus.PASSED: _("A second person at the office decides on the withdrawal."),
    EndingStatus.APPROVED: _("The withdrawal is announced in the next issue of the bulletin."),
}
_MISSED: str | Promise = _(
    "The period for correction is over. After this day the office deems the statement not submitted; to file a new one"
    " before, cancel this one."
)
_LABELS: dict[str, str | Promise] = {
    "begin": _("Draft begun"),
    "begin_successor": _("Begun from an earlier statement"),
    "ask_consents": _("Co-owners asked for consent"),
    "consent": _("Consent given"),
    "decline": _("Consent declined"),
    "ask_pledgees": _("Pledgees asked for consent"),
    "pledgee_consent": _("Pledgee's consent given"),
    "name_agency": _("Agency changed"),
    "submit": pgettext_lazy("act", "Submitted"),
    "claim": _("Examination begun"),
    "request_correction": _("Correction requested"),
    "extend": _("Correction period extended"),
    "correct": _("Correction sent"),
    "cancel": _("Canceled by the filer"),
    "approve": _("Approved for announcement"),
    "refuse": _("Refused"),
    "hold": _("Held back at publication"),
    "resume": _("Examination resumed"),
    "announce": _("Announced and in effect"),
    "lapse": _("Deemed not submitted"),
    "withdraw": _("Withdrawal announced"),
    "end": _("End announced"),
    "revoke": _("Revocation announced"),
    "expire": _("Expired"),
}
_ENDING_LABELS: dict[str, str | Promise] = {
    "request": _("Withdrawal requested"),
    "consent": _("Consent to the withdrawal given"),
    "decline": _("Consent to the withdrawal declined"),
    "submit": _("Withdrawal before the office"),
    "approve": _("Withdrawal approved for announcement"),
    "refuse": _("Withdrawal refused"),
    "cancel": _("Request for withdrawal taken back"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose move it is, what they do, and until when (where there is a period)."""

    who: str | Promise
    what: str | Promise
    until: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened."""

    label: str | Promise
    at: datetime
    who: str | Promise
    note: str = ""


class Turns:
    """Whose turn it is on many statements. Prefetch ``duties`` and ``endings``; the next issue is looked up once."""

    def __init__(self, on: date) -> None:
        self.on = on

    @cached_property
    def next_issue(self) -> date | None:
        """The day of the next issue by the office's calendar; today if today's is still to come."""
        printed = BulletinIssue.objects.filter(issued_on__gte=self.on).exists()
        return next_issue_day(self.on if printed else self.on - timedelta(days=1))

    def of(self, statement: Statement) -> Turn | None:
        """Return whose turn it is; None where nobody has to do anything."""
        if statement.status == S.ANNOUNCED:
            return self._of_announced(statement)
        role = STATEMENT.turns.get(statement.status)
        if role is None:
            return None
        who: str | Promise = statement.filed_by.name if role == Role.PATENTEE else _("the office")
        missed = correction_missed(statement, on=self.on)
        return Turn(who, _MISSED if missed else _WHAT[statement.status], self._until(statement))

    def _of_announced(self, statement: Statement) -> Turn | None:
        """Return the turn while a withdrawal is asked for, or while the patentee has to withdraw (GL V-11 §2, §4)."""
        live = [ending for ending in statement.endings.all() if ending.kind == EndingKind.WITHDRAWAL]
        status = next((ending.status for ending in live if ending.status in _WITHDRAWING), None)
        duty = next((duty for duty in statement.duties.all() if duty.closed_at is None), None)
        if status is not None and status != EndingStatus.PREPARED:
            until = self.next_issue if status == EndingStatus.APPROVED else None
            return Turn(_("the office"), _WITHDRAWING[EndingStatus(status)], until)
        if duty is None and status is None:
            return None
        what: str | Promise = (
            _WITHDRAWING[EndingStatus.PREPARED] if status else _("Withdraw the statement, or have the bar removed.")
        )
        return Turn(statement.filed_by.name, what, duty.due_on if duty else None)

    def _until(self, statement: Statement) -> date | None:
        if statement.status == S.CORRECTION:
            return correction_until(statement, on=self.on)
        if statement.status in (S.SUBMITTED, S.EXAMINING) and statement.submitted_at is not None:
            days = setting("statement_exam_working_days", on=self.on).whole
            return deadline_working_days(law_date(statement.submitted_at), days)
        return self.next_issue if statement.status == S.APPROVED else None


def turn_of(statement: Statement, *, on: date) -> Turn | None:
    """Return whose turn it is on one statement; None where nobody has to do anything."""
    return Turns(on).of(statement)


def correction_missed(statement: Statement, *, on: date) -> bool:
    """Whether the period for correction is over, and the office has not drawn the consequence yet."""
    due_on = statement.correction_due_on
    return statement.status == S.CORRECTION and due_on is not None and is_over(due_on, on=on)


def correction_until(statement: Statement, *, on: date) -> date | None:
    """Return the last day to correct; once it is missed, the last one before the office draws the consequence."""
    due_on = statement.correction_due_on
    return missed_until(due_on) if due_on and correction_missed(statement, on=on) else due_on


def extension_days(statement: Statement) -> list[tuple[int, date]]:
    """Return by how many months the correction period can be extended, each with the last day it then has."""
    asked = statement.correction_asked_on
    if statement.status != S.CORRECTION or statement.correction_extended_months or asked is None:
        return []
    most = setting("correction_extension_months", on=asked).whole
    return [(months, correction_due(asked, months)) for months in range(1, most + 1)]


def endings_told(statement: Statement) -> QuerySet[Ending]:
    """Return the endings of which the filer reads grounds and reasons: withdrawals, and the office's own once announced."""
    told = Q(kind=EndingKind.WITHDRAWAL) | Q(status=EndingStatus.ANNOUNCED)
    return statement.endings.filter(told).order_by("requested_at")


def remedies_of(statement: Statement) -> Remedies | None:
    """Return what the filer can do against the office's last adverse decision on the statement, None if there is none.

    Decisions are a refusal, a refused withdrawal, and an end or revocation by the office.
    """
    if statement.status == S.REFUSED and statement.decided_at is not None:
        return remedies(law_date(statement.decided_at))
    if statement.status in (S.ENDED, S.REVOKED) and statement.ended_on is not None:
        return remedies(statement.ended_on)
    if statement.status == S.ANNOUNCED:
        refused = statement.endings.filter(status=EndingStatus.REFUSED, kind=EndingKind.WITHDRAWAL)
        last = refused.order_by("-decided_at").first()
        return remedies(law_date(last.decided_at)) if last and last.decided_at else None
    return None


def timeline_of(statement: Statement) -> list[Step]:
    """Return what happened to the statement and its endings, oldest first; the office's inner steps are left out."""
    steps = [_step(event, _LABELS) for event in audit.history(statement) if event.event in _LABELS]
    for ending in statement.endings.filter(kind=EndingKind.WITHDRAWAL):
        steps += [_step(event, _ENDING_LABELS) for event in audit.history(ending) if event.event in _ENDING_LABELS]
    return sorted(steps, key=lambda step: step.at)


def _step(event: AuditEvent, labels: dict[str, str | Promise]) -> Step:
    office: str | Promise = _("The office")
    return Step(labels[event.event], event.at, event.actor_label if event.organisation_id else office)


def pending_withdrawal(statement: Statement) -> Ending | None:
    """Return the request for withdrawal that the filer can still take back."""
    waiting = (EndingStatus.PREPARED, EndingStatus.REQUESTED, EndingStatus.PASSED)
    return statement.endings.filter(status__in=waiting, kind="withdrawal").first()
