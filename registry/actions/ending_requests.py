"""The patentee asks to withdraw an announced statement, or takes the request back (LAW 50(2); GL V-11 §4)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core import audit, storage
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Severity, Violation
from core.transitions import advance
from core.validation.files import CleanFile
from core.validation.text import clean_text
from registry.actions.submitting import locked_with_patent
from registry.enums import EndingKind, EndingStatus, PaperKind, StatementStatus
from registry.models import Ending, Statement, StatementPaper
from registry.notifications import tell_filer
from registry.queries.facts import owners_of
from registry.rules.procedure import WITHDRAWAL, WithdrawalFacts

BASIS = (LAW(50, 2), GL("V-11 §4"))


@transaction.atomic
def request_withdrawal(
    *,
    statement: Statement,
    grounds: str,
    unconditional: bool,
    papers: Sequence[tuple[PaperKind, CleanFile]],
    by: Actor,
    at: datetime,
) -> Ending:
    """Ask the office to announce the withdrawal of a statement. Licenses obtained until then stay valid.

    ``papers`` are the patentees' consent and proofs. The withdrawal takes effect on its announcement.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it is not announced.
        Refused: ground, consent or confirmation is missing, or an ending is under way.
    """
    locked = locked_with_patent(statement, by=by, at=at)
    if locked.status != StatementStatus.ANNOUNCED:
        raise IllegalStep("statement", "request_withdrawal", locked.status)
    text = _clean_grounds(grounds)
    facts = WithdrawalFacts(
        grounds=text,
        unconditional=unconditional,
        co_owned=len(owners_of(locked.patent)) > 1,
        through_agency=locked.agency_id is not None,
        has_consent_paper=any(kind == PaperKind.WITHDRAWAL_CONSENT for kind, _file in papers),
        ending_open=open_ending(locked) is not None,
    )
    violations = WITHDRAWAL.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
    ending = Ending.objects.create(
        statement=locked, kind=EndingKind.WITHDRAWAL, grounds=text, requested_by_id=by.person_id, requested_at=at
    )
    for kind, file in papers:
        StatementPaper.objects.create(
            statement=locked,
            ending=ending,
            kind=kind,
            file=storage.store(file, by=by, at=at),
            added_by_id=by.person_id,
            added_at=at,
        )
    audit.record("request", ending, by=by, at=at, basis=BASIS, to_status=ending.status)
    tell_filer("withdrawal_requested", locked, at=at)
    return ending


def open_ending(statement: Statement) -> Ending | None:
    """Return the ending that is under way or done; refused and canceled ones do not count."""
    return statement.endings.exclude(status__in=(EndingStatus.REFUSED, EndingStatus.CANCELED)).first()


def _clean_grounds(grounds: str) -> str:
    try:
        return clean_text(grounds)
    except ValidationError as error:
        message = error.messages[0]
        raise Refused([Violation("P4", _("Ground missing"), Severity.DEFECT, BASIS, message, "", "grounds")]) from None


@transaction.atomic
def take_back(*, ending: Ending, by: Actor, at: datetime) -> Ending:
    """Take a request for withdrawal back before it is approved; the statement goes on.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        Ending.DoesNotExist: the ending is the office's own.
        IllegalStep: it was approved or decided.
    """
    locked_with_patent(ending.statement, by=by, at=at)
    if ending.kind != EndingKind.WITHDRAWAL:
        raise Ending.DoesNotExist("an end by the office is not the patentee's to take back")
    return advance(ending, "cancel", by=by, at=at)
