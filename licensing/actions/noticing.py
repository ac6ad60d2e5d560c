"""The licensee's written notice: served, or taken back before payment (LAW 51(1); GL V-11 §6)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.models import Organisation
from core import audit
from core.deadlines import law_date
from core.legal import GL, LAW
from core.lifecycle import Actor, WrongRole
from core.rules import Refused
from core.transitions import advance
from core.validation.text import can_be_called, names_somebody
from licensing.actions.locking import lock_notice, lock_statement
from licensing.actions.obtaining import obtain
from licensing.actions.sides import require_side
from licensing.enums import FilingSide
from licensing.lifecycles.notice import LICENSEES, NOTICE
from licensing.models import Notice
from licensing.notifications import tell_of_notice
from licensing.queries.checks import taking_violations
from licensing.queries.terms import terms_of
from licensing.rules.terms import effective_on_notice, fee_of, hash_of
from registry.fees.terms import due_at_start

REQUIRED = ("licensee_address", "contact_name", "contact_phone", "intended_start_on", "signed_name")


@dataclass(frozen=True, slots=True)
class NoticeText:
    """What the licensee writes into the notice. Who it is comes from the register of organisations, never from here."""

    licensee_address: str
    contact_name: str
    contact_phone: str
    intended_start_on: date | None
    signed_name: str
    contact_email: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the fields that a notice needs and this one lacks, or fills with what is no such thing."""
        empty = {name for name in REQUIRED if not getattr(self, name)}
        said = {"contact_phone": can_be_called(self.contact_phone), "signed_name": names_somebody(self.signed_name)}
        return tuple(name for name in REQUIRED if name in empty or not said.get(name, True))


@transaction.atomic
def serve_notice(*, statement_id: UUID, text: NoticeText, terms_read: str, by: Actor, at: datetime) -> Notice:
    """Serve the notice on the patentee: freeze and hash the announced terms, tell both sides.

    ``terms_read`` is the hash of the terms that the licensee was shown. The day of service is the day of ``at``. Where
    nothing is due at the start the license takes effect at once (law.md §4: office practice).

    Raises:
        Refused: the statement cannot be accepted now, or the licensee or the notice does not meet the rules.
        WrongRole: the actor does not act for a possible licensee.
    """
    # An organisation that is not verified yet has no role at all: rule T2 tells it what to do.
    if by.organisation_id is None or (by.roles and not by.roles & LICENSEES):
        raise WrongRole(NOTICE.name, "serve", by.roles)
    statement = lock_statement(statement_id)
    licensee = Organisation.objects.get(pk=by.organisation_id)
    on = law_date(at)
    terms = _terms_if_announced(statement)
    digest = hash_of(terms) if terms else ""
    violations = taking_violations(
        statement,
        licensee,
        at=at,
        intended_start_on=text.intended_start_on,
        missing=text.missing,
        terms_changed=terms_read != digest,
    )
    if any(violation.blocks for violation in violations):
        raise Refused(violation for violation in violations if violation.blocks)
    notice = Notice.objects.create(
        statement=statement,
        licensee=licensee,
        terms=terms,
        terms_hash=digest,
        due_at_start=due_at_start(fee_of(terms)),
        licensee_name=licensee.name,
        licensee_uscc=licensee.uscc,
        licensee_residence=licensee.residence,
        served_by_id=by.person_id,
        served_at=at,
        served_on=on,
        **asdict(text),
    )
    basis = (LAW(51, 1), GL("V-11 §6"))
    audit.record("serve", notice, by=by, at=at, basis=basis, to_status=notice.status, data={"terms_hash": digest})
    tell_of_notice("served", notice, at=at)
    if effective_on_notice(terms, on=on):
        obtain(notice, paid_on=None, by=by, at=at)
    return notice


def _terms_if_announced(statement: object) -> dict:
    """Return the terms; a statement that was never complete has none, and the rules refuse it for that."""
    return terms_of(statement) if statement.effective_on is not None else {}  # type: ignore[attr-defined, arg-type]


@transaction.atomic
def cancel_notice(*, notice_id: UUID, by: Actor, at: datetime) -> Notice:
    """Take a notice back while its payment is still open.

    Raises:
        Notice.DoesNotExist: the actor is not its licensee.
        IllegalStep: the license exists already, or the notice is closed.
        WrongRole: the actor is an agency; only the licensee takes its notice back.
    """
    notice = lock_notice(notice_id)
    require_side(notice, FilingSide.LICENSEE, by=by, at=at)
    advance(notice, "cancel", by=by, at=at, fields={"closed_at": at})
    tell_of_notice("canceled", notice, at=at)
    return notice
