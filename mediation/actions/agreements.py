"""The agreement: proposed by the mediators, signed by each side, effective with the second signature (M590 21)."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from core import audit
from core.deadlines import law_date
from core.legal import M590, PRACTICE
from core.lifecycle import Actor, IllegalStep
from core.rules import Refused
from core.transitions import advance, lock
from mediation import notifications
from mediation.enums import CaseStatus, ClosingGround
from mediation.models import Agreement, AgreementSignature, Case
from mediation.permissions import Standing, require
from mediation.queries.materials import proposed_agreement
from mediation.rules.agreement import PARTS, agreement_hash
from mediation.rules.clocks import confirmation_due
from mediation.rules.conduct import PROPOSAL, SIGNING, ActFacts

_CONTENT = PRACTICE("content of an agreement")


@transaction.atomic
def propose_agreement(*, case: Case, words: Mapping[str, str | date], by: Actor, at: datetime) -> Agreement:
    """Propose a text to both sides. It replaces the one before it, with any signature under that.

    Raises:
        Case.DoesNotExist: the actor does not mediate the case.
        IllegalStep: the case is not in mediation.
        Refused: the day of performance is past.
    """
    today = law_date(at)
    locked = _in_mediation(case, "propose_agreement", (Standing.MEDIATOR,), by, at)[0]
    due = words["performance_on"]
    facts = ActFacts(status=locked.status, performance_on=due if isinstance(due, date) else None, today=today)
    violations = PROPOSAL.check(facts, on=today)
    if violations:
        raise Refused(violations)
    Agreement.objects.filter(case=locked, superseded_at=None).update(superseded_at=at)
    version = Agreement.objects.filter(case=locked).count() + 1
    made = Agreement.objects.create(
        case=locked,
        version=version,
        content_hash=agreement_hash(locked.number, version, words),
        proposed_by_id=by.person_id,
        proposed_at=at,
        **{name: words[name] for name in PARTS},
    )
    audit.record("propose_agreement", locked, by=by, at=at, basis=(M590(21), _CONTENT), data=_shown(made))
    notifications.tell_parties(locked, "proposal", at=at, about=made.pk)
    return made


@transaction.atomic
def sign_agreement(*, case: Case, content_hash: str, signed_name: str, by: Actor, at: datetime) -> Agreement:
    """Sign the proposed text for one's side. The second signature makes it effective and closes the case.

    ``content_hash`` is that of the text the signer read.

    Raises:
        Case.DoesNotExist: the actor is on neither side of this case.
        IllegalStep: the case is not in mediation, or nothing is proposed.
        Refused: the side has signed already, or the text is no longer the one that was read.
    """
    locked, standing = _in_mediation(case, "sign_agreement", (Standing.APPLICANT, Standing.RESPONDENT), by, at)
    agreement = proposed_agreement(locked)
    if agreement is None:
        raise IllegalStep("case", "sign_agreement", "nothing proposed")
    signed = set(agreement.signatures.values_list("side", flat=True))
    facts = ActFacts(
        status=locked.status,
        signed_already=standing.side in signed,
        text_changed=agreement.content_hash != content_hash,
    )
    violations = SIGNING.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
    AgreementSignature.objects.create(
        agreement=agreement,
        side=standing.side,
        signed_name=signed_name,
        content_hash=content_hash,
        signed_by_id=by.person_id,
        signed_at=at,
    )
    audit.record("sign_agreement", locked, by=by, at=at, basis=(M590(21),), data=_shown(agreement))
    if standing.side.other in signed:
        _conclude(locked, agreement, by, at)
    else:
        notifications.tell_side(locked, standing.side.other, "signed", at=at, about=agreement.pk)
        notifications.tell_mediators(locked, "signed", at=at, about=agreement.pk)
    return agreement


def _conclude(case: Case, agreement: Agreement, by: Actor, at: datetime) -> None:
    agreement.effective_at = at
    agreement.save(update_fields=["effective_at"])
    closed = advance(
        case, "agree", by=by, at=at, fields={"closed_at": at, "closing_ground": ClosingGround.AGREEMENT},
        data=_shown(agreement),
    )  # fmt: skip
    due_on = confirmation_due(law_date(at))
    notifications.tell_parties(closed, "agreed", at=at, due_on=due_on)
    notifications.tell_mediators(closed, "agreed", at=at, due_on=due_on)


def _in_mediation(
    case: Case, act: str, allowed: tuple[Standing, ...], by: Actor, at: datetime
) -> tuple[Case, Standing]:
    locked = lock(case)
    found = require(by, locked, *allowed, on=law_date(at))
    if locked.status != CaseStatus.IN_MEDIATION:
        raise IllegalStep("case", act, locked.status)
    return locked, found


def _shown(agreement: Agreement) -> dict[str, str | int]:
    return {"agreement": str(agreement.pk), "version": agreement.version, "hash": agreement.content_hash}
