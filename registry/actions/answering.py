"""Those who were asked answer: consent to a withdrawal or as pledgee, or decline (LAW 14; GL V-11 §§3.2, 4, 9)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import audit
from core.deadlines import law_date
from core.legal import GL, LAW, RULES
from core.lifecycle import Actor
from core.rules import Refused, Severity, Violation
from core.transitions import lock
from core.validation.text import clean_text
from registry.actions.ending_requests import consenting_owners, open_ending, submit_withdrawal
from registry.actions.recording import ConsentFact, record_fact
from registry.actions.submitting import locked_with_patent
from registry.consent_notices import tell_answer, tell_asked
from registry.models import Declination, Ending, EndingConsent, Patent, Patentee, Pledge, PledgeeConsent, Statement
from registry.queries.asking import pledge_consents_wanted, pledgees_here, standing_pledges, withdrawals_wanted
from registry.queries.content import canonical_content, content_hash
from registry.queries.statements import consents_wanted
from registry.rules.procedure import CONSENT, WITHDRAWAL, ConsentActFacts, WithdrawalFacts

OWNERS_BASIS = (LAW(14), GL("V-11 §3.2"))
PLEDGE_BASIS = (RULES(86, 1, 4), GL("V-11 §9"))


@transaction.atomic
def consent_to_withdrawal(*, ending: Ending, read_hash: str, by: Actor, at: datetime) -> Ending:
    """Consent, for the actor's own organisation, to the request that was read. With the last consent it goes to the office.

    Raises:
        Ending.DoesNotExist: nobody asked this organisation, or the request was taken back or sent meanwhile.
        Refused: another request was read, the consent stands already, or the office is ending the statement meanwhile.
    """
    locked = _asked_ending(ending, by)
    given = set(locked.consents.values_list("patentee_id", flat=True))
    own = Patentee.objects.filter(ownerships__patent=locked.statement.patent, organisation=by.organisation_id)
    missing = [patentee for patentee in own if patentee.pk not in given]
    under_way = WithdrawalFacts(ending_open=open_ending(locked.statement) is not None)
    _require(ConsentActFacts(read_hash, locked.content_hash, already_given=not missing), at)
    violations = WITHDRAWAL.check(under_way, on=law_date(at), only=["P7"])
    if violations:
        raise Refused(violations)
    for patentee in missing:
        EndingConsent.objects.create(
            ending=locked,
            patentee=patentee,
            content_hash=locked.content_hash,
            given_by_id=by.person_id,
            given_at=at,
        )
    audit.record("consent", locked, by=by, at=at, basis=OWNERS_BASIS, data={"content_hash": locked.content_hash})
    tell_answer("consent-given", locked.statement, by.organisation_name, at=at)
    wanted = {owner.patentee_id for owner in consenting_owners(locked.statement)}
    if wanted <= given | {patentee.pk for patentee in missing}:
        return submit_withdrawal(locked, by=by, at=at)
    return locked


@transaction.atomic
def decline_withdrawal(*, ending: Ending, read_hash: str, reason: str, by: Actor, at: datetime) -> Declination:
    """Decline to consent to a withdrawal. The filer is told; the request goes on waiting.

    Raises:
        Ending.DoesNotExist: as for the consent.
        Refused: another request was read, or consented to or declined before.
    """
    locked = _asked_ending(ending, by)
    given = locked.consents.filter(patentee__organisation_id=_organisation(by)).exists()
    _require(ConsentActFacts(read_hash, locked.content_hash, already_given=given), at)
    return _decline(locked.statement, locked.content_hash, reason, by, at, ending=locked)


@transaction.atomic
def decline_consent(*, statement: Statement, read_hash: str, reason: str, by: Actor, at: datetime) -> Declination:
    """Decline, for the actor's own organisation, to consent to the text of a statement. It may consent later.

    Raises:
        Statement.DoesNotExist: nobody asked this organisation, or the statement was sent meanwhile.
        Refused: the text has changed, or was consented to or declined before.
    """
    consents_wanted(by).get(pk=statement.pk)
    locked = lock(statement)
    text = content_hash(locked)
    given = locked.consents.filter(content_hash=text, patentee__organisation_id=_organisation(by)).exists()
    _require(ConsentActFacts(read_hash, text, already_given=given), at)
    return _decline(locked, text, reason, by, at)


@transaction.atomic
def ask_pledgees(*, statement: Statement, by: Actor, at: datetime) -> Sequence[str]:
    """Show the text to the pledgees who sign in here and have not consented; return their names.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
    """
    locked = locked_with_patent(statement, by=by, at=at, act=None)
    asked = list(pledgees_here(locked, on=law_date(at)))
    if asked:
        locked.pledgees_asked_at = at
        locked.save(update_fields=["pledgees_asked_at"])
    for organisation in asked:
        url = reverse("registry:pledge_consent", args=[locked.pk])
        tell_asked("pledgee-consent-wanted", locked, organisation.pk, url, at=at)
    names = [organisation.name for organisation in asked]
    audit.record("ask_pledgees", locked, by=by, at=at, basis=PLEDGE_BASIS, data={"pledgees": names})
    return names


@transaction.atomic
def consent_as_pledgee(*, statement: Statement, read_hash: str, by: Actor, at: datetime) -> list[PledgeeConsent]:
    """Consent, as pledgee, to the open licensing of the patent on the terms that were read. The register enters it, once.

    Raises:
        Statement.DoesNotExist: nobody asked this organisation, or its pledge is released or consented to already.
        Refused: the text has changed.
    """
    locked, pledges = _asked_pledge(statement, by, at)
    text = content_hash(locked)
    _require(ConsentActFacts(read_hash, text, already_given=False), at)
    consents = [
        PledgeeConsent.objects.get_or_create(  # given before, where the register's entry of it was annulled
            statement=locked,
            pledge=pledge,
            content_hash=text,
            defaults={
                "organisation_id": _organisation(by),
                "content": canonical_content(locked),
                "given_by_id": by.person_id,
                "given_at": at,
            },
        )[0]
        for pledge in pledges
    ]
    audit.record("pledgee_consent", locked, by=by, at=at, basis=PLEDGE_BASIS, data={"content_hash": text})
    register = Actor.system("consent of a pledgee")
    for pledge in pledges:
        if pledge.consented_on is not None:  # the register has entered the consent to another text
            continue
        record_fact(patent=locked.patent, fact=ConsentFact(pledge, law_date(at)), by=register, at=at)
    tell_answer("consent-given", locked, by.organisation_name, at=at)
    return consents


@transaction.atomic
def decline_as_pledgee(*, statement: Statement, read_hash: str, reason: str, by: Actor, at: datetime) -> Declination:
    """Decline, as pledgee, to consent to the open licensing of the patent. The bar stands.

    Raises:
        Statement.DoesNotExist: as for the consent.
        Refused: the text has changed, or was declined before.
    """
    locked, pledges = _asked_pledge(statement, by, at)
    text = content_hash(locked)
    _require(ConsentActFacts(read_hash, text, already_given=False), at)
    return _decline(locked, text, reason, by, at, pledge=pledges[0])


def _organisation(by: Actor) -> UUID:
    assert by.organisation_id is not None, "only organisations are asked"
    return by.organisation_id


def _asked_ending(ending: Ending, by: Actor) -> Ending:
    """Lock patent, statement and ending; return it if this organisation's answer is still wanted."""
    asked = withdrawals_wanted(by).get(pk=ending.pk)
    Patent.objects.select_for_update().get(pk=asked.statement.patent_id)
    lock(asked.statement)
    lock(asked)
    return withdrawals_wanted(by).get(pk=ending.pk)


def _asked_pledge(statement: Statement, by: Actor, at: datetime) -> tuple[Statement, list[Pledge]]:
    on = law_date(at)
    asked = pledge_consents_wanted(by, on=on).get(pk=statement.pk)
    Patent.objects.select_for_update().get(pk=asked.patent_id)
    lock(asked)
    locked = pledge_consents_wanted(by, on=on).get(pk=statement.pk)
    return locked, list(standing_pledges(locked, on=on).filter(pledgee=by.organisation_name))


def _require(facts: ConsentActFacts, at: datetime) -> None:
    violations = CONSENT.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)


def _decline(
    statement: Statement,
    text: str,
    reason: str,
    by: Actor,
    at: datetime,
    *,
    ending: Ending | None = None,
    pledge: Pledge | None = None,
) -> Declination:
    said = _clean(reason)
    known = {"statement": statement, "ending": ending, "pledge": pledge, "organisation_id": by.organisation_id}
    if Declination.objects.filter(**known, content_hash=text).exists():
        raise _refusal(_("You have declined this text already."), _("Nothing more is needed; you may still consent."))
    declination = Declination.objects.create(
        **known, content_hash=text, reason=said, declined_by_id=by.person_id, declined_at=at
    )
    data = {"content_hash": text, "reason": said}
    audit.record("decline", ending or statement, by=by, at=at, basis=OWNERS_BASIS, data=data)
    tell_answer("consent-declined", statement, by.organisation_name, at=at)
    return declination


def _clean(reason: str) -> str:
    try:
        return clean_text(reason) if reason.strip() else ""
    except ValidationError as error:
        raise _refusal(error.messages[0], "") from None


def _refusal(message: object, remedy: object) -> Refused:
    return Refused(
        [
            Violation("P8", _("Consent declined"), Severity.DEFECT, OWNERS_BASIS, message, remedy, "reason")  # type: ignore[arg-type]
        ]
    )
