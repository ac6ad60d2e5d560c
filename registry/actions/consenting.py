"""Consent of the patentees to exactly one text: asked for, given online, or brought on paper (GL V-11 §3.2)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from accounts.notifications import notify
from core import audit, outbox, storage
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor
from core.rules import Refused
from core.transitions import lock
from core.validation.files import CleanFile
from registry.actions.drafting import editable
from registry.consent_notices import tell_answer, tell_answers
from registry.enums import ConsentMethod, RowOutcome
from registry.models import OwnerConsent, Patentee, Statement
from registry.queries.content import canonical_content, content_hash
from registry.queries.statements import consents_wanted
from registry.rules.procedure import CONSENT, ConsentActFacts

BASIS = (LAW(14), GL("V-11 §3.2"))
# A holder consented to a draft of a batch; once nothing else is missing, it is submitted.
CONSENTED = "registry.batch_draft_consented"


@transaction.atomic
def ask_consents(*, statement: Statement, by: Actor, at: datetime) -> Statement:
    """Show the draft to the other patentees who sign in here, and tell each of them, once a text.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        IllegalStep: it was sent and is not being corrected.
    """
    locked = editable(statement, by=by, at=at)
    text = show_to_owners(locked, by=by, at=at)
    for patentee in _consenting_patentees(locked):
        notify(
            "consent-wanted",
            key=f"consent-wanted:{locked.pk}:{patentee.organisation_id}:{text}",
            at=at,
            organisation_id=patentee.organisation_id,
            params={"patent": str(locked.patent), "filer": locked.filed_by.name},
            url=reverse("registry:consent", args=[locked.pk]),
        )
    return locked


def show_to_owners(locked: Statement, *, by: Actor, at: datetime) -> str:
    """Show a locked draft to the other patentees without telling them; return the hash of its text."""
    locked.consents_asked_at, locked.text_hash = at, content_hash(locked)
    locked.save(update_fields=["consents_asked_at", "text_hash"])
    text = locked.text_hash
    audit.record("ask_consents", locked, by=by, at=at, basis=BASIS, data={"content_hash": text})
    return text


def _consenting_patentees(statement: Statement) -> list[Patentee]:
    owners = Patentee.objects.filter(ownerships__patent=statement.patent, organisation__isnull=False)
    if statement.agency_id is None:
        owners = owners.exclude(organisation_id=statement.filed_by_id)
    return list(owners.order_by("ownerships__position"))


@transaction.atomic
def give_consent(*, statement: Statement, read_hash: str, by: Actor, at: datetime) -> list[OwnerConsent]:
    """Consent online, for the actor's own organisation, to the text with the hash that was read. The filer is told.

    Raises:
        Statement.DoesNotExist: nobody asked this organisation, or the statement was sent meanwhile.
        Refused: the text has changed, or the consent stands already.
    """
    locked, consents = _consent(statement, read_hash, by=by, at=at)
    tell_answer("consent-given", locked, by.organisation_name, at=at)
    return consents


@transaction.atomic
def give_consents(*, texts: Mapping[UUID, str], by: Actor, at: datetime) -> list[Statement]:
    """Consent online to several statements, to each in exactly the text that was read: its hash, by statement.

    Each is a consent of its own: one that cannot be given, because the text was changed, sent or answered meanwhile,
    keeps none of the others back and is left out of what is returned. Every filer is told once.
    """
    given = []
    for statement in Statement.objects.filter(pk__in=texts).order_by("pk"):
        try:
            with transaction.atomic():
                given.append(_consent(statement, texts[statement.pk], by=by, at=at)[0])
        except (Refused, Statement.DoesNotExist):
            continue
    tell_answers(given, by.organisation_name, at=at)
    return given


def _consent(statement: Statement, read_hash: str, *, by: Actor, at: datetime) -> tuple[Statement, list[OwnerConsent]]:
    asked = consents_wanted(by).filter(pk=statement.pk)
    if not asked.exists():
        raise Statement.DoesNotExist(f"no consent of {by.label} is wanted")
    locked = lock(statement)
    asked.get()  # the statement may have been sent before the lock was ours
    text = content_hash(locked)
    own = Patentee.objects.filter(ownerships__patent=locked.patent, organisation=by.organisation_id)
    given = set(locked.consents.filter(content_hash=text).values_list("patentee_id", flat=True))
    missing = [patentee for patentee in own if patentee.pk not in given]
    _require(ConsentActFacts(read_hash, text, already_given=not missing), at)
    consents = [consent_of(locked, patentee.pk, ConsentMethod.ONLINE, by=by, at=at) for patentee in missing]
    keep_consents(consents, by=by, at=at)
    if locked.batch_rows.filter(outcome=RowOutcome.DRAFTED).exists():
        outbox.enqueue(CONSENTED, key=f"consented:{consents[0].pk}", at=at, statement_id=str(locked.pk))
    return locked, consents


@transaction.atomic
def attach_consent(
    *,
    statement: Statement,
    patentee_id: UUID,
    method: ConsentMethod,
    file: CleanFile,
    by: Actor,
    at: datetime,
    valid_until: date | None = None,
) -> OwnerConsent:
    """File a patentee's signed consent to the present text, or the co-owners' agreement.

    An agreement covers any text for those who are the patentees now, to and including ``valid_until`` if it names a
    day. Who comes to hold the patent later is not bound by it.

    Raises:
        Statement.DoesNotExist: the statement is not the actor's.
        Patentee.DoesNotExist: no such holder of the patent.
        IllegalStep: it was sent and is not being corrected.
        Refused: the consent stands already.
        ValueError: a consent on paper cannot be given online.
    """
    if method is ConsentMethod.ONLINE:
        raise ValueError("a consent on paper is a document or an agreement")
    locked = editable(statement, by=by, at=at)
    Patentee.objects.get(pk=patentee_id, ownerships__patent=locked.patent)
    text = content_hash(locked)
    standing = locked.consents.filter(content_hash=text, patentee_id=patentee_id).exists()
    _require(ConsentActFacts(text, text, already_given=standing), at)
    stored = storage.store(file, by=by, at=at)
    binds: list[str] = []
    if method is ConsentMethod.AGREEMENT:
        binds = [str(pk) for pk in locked.patent.ownerships.order_by("position").values_list("patentee_id", flat=True)]
    until = valid_until if binds else None
    consent = consent_of(locked, patentee_id, method, by=by, at=at, paper_id=stored.pk, binds=binds, valid_until=until)
    keep_consents([consent], by=by, at=at)
    return consent


def _require(facts: ConsentActFacts, at: datetime) -> None:
    violations = CONSENT.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)


def consent_of(
    statement: Statement,
    patentee_id: UUID,
    method: ConsentMethod,
    *,
    by: Actor,
    at: datetime,
    paper_id: UUID | None = None,
    binds: Sequence[str] = (),
    valid_until: date | None = None,
) -> OwnerConsent:
    """Return a consent to the statement's present text, not saved yet."""
    return OwnerConsent(
        statement=statement,
        patentee_id=patentee_id,
        method=method,
        content_hash=content_hash(statement),
        given_by_id=by.person_id,
        given_at=at,
        paper_id=paper_id,
        content=canonical_content(statement),
        binds=list(binds),
        valid_until=valid_until,
    )


def keep_consents(consents: Sequence[OwnerConsent], *, by: Actor, at: datetime) -> None:
    """Keep consents to texts of statements that the caller has locked."""
    OwnerConsent.objects.bulk_create(consents, batch_size=1000)
    data = [
        {
            "patentee": str(one.patentee_id),
            "method": one.method,
            "content_hash": one.content_hash,
            "binds": one.binds,
        }
        for one in consents
    ]
    about = [one.statement_id for one in consents]
    audit.record_many("consent", Statement, about, by=by, at=at, basis=BASIS, data=data)
