"""The patentee asks to withdraw an announced statement, or takes the request back (LAW 50(2); GL V-11 §4)."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import MandateAct
from core import audit, storage
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused, Severity, Violation
from core.transitions import advance, lock
from core.validation.files import CleanFile
from core.validation.text import clean_text
from registry.actions.submitting import locked_with_patent
from registry.consent_notices import tell_asked
from registry.enums import EndingKind, EndingStatus, PaperKind, StatementStatus
from registry.facts import OwnerFact
from registry.models import Ending, Statement, StatementPaper
from registry.notifications import tell_filer
from registry.queries.acceptance import joined_later
from registry.queries.content import withdrawal_hash
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

    ``papers`` are the patentees' consent and proofs. Without their consent on paper the other patentees are asked here,
    and the request goes to the office with the last consent. The withdrawal takes effect on its announcement.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it is not announced.
        Refused: it is not theirs to request (P9, P10); ground, consent or confirmation is missing, or an ending is under
            way.
    """
    locked = locked_with_patent(statement, by=by, at=at, act=MandateAct.WITHDRAWALS)
    if locked.status != StatementStatus.ANNOUNCED:
        raise IllegalStep("statement", "request_withdrawal", locked.status)
    text = _clean_grounds(grounds)
    asked = consenting_owners(locked)
    facts = _facts(locked, text, unconditional, papers)
    violations = WITHDRAWAL.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
    ending = Ending.objects.create(
        statement=locked,
        kind=EndingKind.WITHDRAWAL,
        grounds=text,
        content_hash=withdrawal_hash(locked, text),
        requested_by_id=by.person_id,
        requested_at=at,
    )
    _keep_papers(ending, papers, by, at)
    audit.record("request", ending, by=by, at=at, basis=BASIS, to_status=ending.status)
    if facts.has_consent_paper or not asked:
        return submit_withdrawal(ending, by=by, at=at)
    for owner in asked:
        url = reverse("registry:withdrawal", args=[ending.pk])
        tell_asked("withdrawal-consent-wanted", locked, owner.organisation_id, url, at=at)
    return ending


def _facts(
    statement: Statement,
    grounds: str,
    unconditional: bool,
    papers: Sequence[tuple[PaperKind, CleanFile]],
) -> WithdrawalFacts:
    asked = consenting_owners(statement)
    return WithdrawalFacts(
        grounds=grounds,
        unconditional=unconditional,
        not_here=tuple(owner.name for owner in asked if owner.organisation_id is None),
        has_consent_paper=any(kind == PaperKind.WITHDRAWAL_CONSENT for kind, _file in papers),
        ending_open=(open_ending(statement) or prepared_withdrawal(statement)) is not None,
    )


def _keep_papers(ending: Ending, papers: Sequence[tuple[PaperKind, CleanFile]], by: Actor, at: datetime) -> None:
    for kind, file in papers:
        StatementPaper.objects.create(
            statement=ending.statement,
            ending=ending,
            kind=kind,
            file=storage.store(file, by=by, at=at),
            added_by_id=by.person_id,
            added_at=at,
        )


def submit_withdrawal(ending: Ending, *, by: Actor, at: datetime) -> Ending:
    """Send a withdrawal to which every patentee has consented to the office, and tell the filer."""
    done = advance(ending, "submit", by=by, at=at)
    tell_filer("withdrawal_requested", done.statement, at=at)
    return done


@transaction.atomic
def add_withdrawal_consent(*, ending: Ending, file: CleanFile, by: Actor, at: datetime) -> Ending:
    """Add to a request that waits for consents the paper that the others have signed; the request goes to the office.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: the request does not wait any more.
        Refused: it is not theirs to add (P9, P10), or the office is ending the statement meanwhile.
    """
    statement = locked_with_patent(ending.statement, by=by, at=at, act=MandateAct.WITHDRAWALS)
    locked = lock(ending)
    if locked.status != EndingStatus.PREPARED:
        raise IllegalStep("ending", "add_consent", locked.status)
    facts = WithdrawalFacts(ending_open=open_ending(statement) is not None)
    violations = WITHDRAWAL.check(facts, on=law_date(at), only=["P7"])
    if violations:
        raise Refused(violations)
    _keep_papers(locked, [(PaperKind.WITHDRAWAL_CONSENT, file)], by, at)
    data = {"kind": PaperKind.WITHDRAWAL_CONSENT.value, "sha256": file.sha256}
    audit.record("add_paper", locked, by=by, at=at, basis=BASIS, data=data)
    return submit_withdrawal(locked, by=by, at=at)


def missing_consents(ending: Ending) -> list[OwnerFact]:
    """Return the patentees who have not consented to this request here."""
    given = set(ending.consents.filter(content_hash=ending.content_hash).values_list("patentee_id", flat=True))
    return [owner for owner in consenting_owners(ending.statement) if owner.patentee_id not in given]


def consenting_owners(statement: Statement) -> list[OwnerFact]:
    """Return the patentees whose consent is needed besides the request itself (GL V-11 §3.3, §4).

    Once the filer holds the patent no more, those who came later are not asked: the statement is the former patentees'
    own, and theirs to withdraw (§9).
    """
    owners = owners_of(statement.patent)
    if all(owner.organisation_id != statement.filed_by_id for owner in owners):
        return [owner for owner in owners if not joined_later(owner, statement)]
    if statement.agency_id is not None:
        return list(owners)
    return [owner for owner in owners if owner.organisation_id != statement.filed_by_id]


def open_ending(statement: Statement) -> Ending | None:
    """Return the ending that is before the office or done; refused, canceled and prepared ones do not count."""
    closed = (EndingStatus.PREPARED, EndingStatus.REFUSED, EndingStatus.CANCELED)
    return statement.endings.exclude(status__in=closed).first()


def prepared_withdrawal(statement: Statement) -> Ending | None:
    """Return the withdrawal that waits for the patentees' consent."""
    return statement.endings.filter(status=EndingStatus.PREPARED).first()


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
        Refused: it is not theirs to take back (P9, P10).
    """
    locked_with_patent(ending.statement, by=by, at=at, act=MandateAct.WITHDRAWALS)
    if ending.kind != EndingKind.WITHDRAWAL:
        raise Ending.DoesNotExist("an end by the office is not the patentee's to take back")
    return advance(ending, "cancel", by=by, at=at)
