"""Putting an announced entry right (更正): an examiner proposes, another person approves, the next issue announces it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership
from accounts.roles import Role
from core import audit
from core.deadlines import law_date
from core.identifiers import InvalidIdentifier, parse_main_class
from core.legal import GL
from core.lifecycle import Actor, WrongRole
from core.rules import Refused, Violation
from core.transitions import advance, lock
from core.validation import clean_line, names_somebody
from registry.actions.examining import needs
from registry.actions.pending import queue_entry
from registry.bulletin.fields import fields_of
from registry.enums import EntryKind, RectificationStatus
from registry.models import BulletinEntry, Patent, Rectification
from registry.reading import read
from registry.rules.conduct import CONDUCT, ConductFacts
from registry.rules.rectifying import RECTIFIABLE, RECTIFYING, RectifyingFacts

_CONTACTS = ("contact_phone", "contact_email", "contact_address")


def standing_value(entry: BulletinEntry, item: str) -> str:
    """Return how an item of an entry reads now: as announced, or as last rectified; "" if the entry has none."""
    approved = entry.rectifications.filter(item=item, status=RectificationStatus.APPROVED)
    last = approved.order_by("-decided_at").first()
    return last.after if last else fields_of(entry.content).get(item, "")


@transaction.atomic
def propose_rectification(
    *, entry: BulletinEntry, item: str, after: str, grounds: str, by: Actor, at: datetime
) -> Rectification:
    """Propose how an item of an entry should read.

    Raises:
        WrongRole: only examiners propose.
        Refused: the item cannot be rectified, nothing would change, or the patent is the examiner's organisation's own.
    """
    if Role.EXAMINER not in by.roles:
        raise WrongRole("rectification", "propose", by.roles)
    Patent.objects.select_for_update(no_key=True).get(pk=entry.patent_id)  # a row that is kept cannot be locked
    locked = BulletinEntry.objects.select_related("issue").get(pk=entry.pk)
    before, after = standing_value(locked, item), after.strip()
    facts = RectifyingFacts(
        kind=locked.kind,
        item=item,
        standing=before,
        after=after,
        grounds=grounds,
        readable=_is_value(locked, item, after),
        already_proposed=locked.rectifications.filter(item=item, status=RectificationStatus.PROPOSED).exists(),
    )
    found = [*_conduct(locked, by, at, examiner_id=None), *RECTIFYING.check(facts, on=law_date(at))]
    if found:
        raise Refused(found)
    made = Rectification.objects.create(
        entry=locked,
        item=item,
        before=before,
        after=after,
        grounds=grounds.strip(),
        proposed_by_id=by.person_id,
        proposed_at=at,
    )
    data = {"entry": str(locked), "item": item}
    audit.record("propose_rectification", made, by=by, at=at, basis=(GL("V-8 §1.3.2.17"),), data=data)
    return made


@transaction.atomic
def approve_rectification(*, rectification: Rectification, by: Actor, at: datetime) -> Rectification:
    """Approve a rectification; the next issue announces it as an entry that cites the old one.

    Raises:
        Refused: the approver proposed it or belongs to a holder of the patent.
    """
    locked = lock(rectification)
    _require(locked, by, at)
    entry = locked.entry
    decided = {"decided_by_id": by.person_id, "decided_at": at}
    done = advance(locked, "approve", by=by, at=at, fields=decided)
    content = {
        "main_class": entry.content["main_class"],
        "patent_number": entry.content["patent_number"],
        "corrects": {"issue": str(entry.issue), "position": entry.position, "leaf": entry.content_hash},
        "item": done.item,
        "before": done.before,
        "after": done.after,
    }
    queue_entry(
        kind=EntryKind.RECTIFICATION,
        patent=entry.patent,
        subject_id=done.pk,
        content=content,
        corrects=entry,
        by=by,
        at=at,
    )
    return done


@transaction.atomic
def decline_rectification(*, rectification: Rectification, reasons: str, by: Actor, at: datetime) -> Rectification:
    """Decline a rectification with reasons; the entry stands as it is.

    Raises:
        Refused: no reasons, or the approver may not decide this matter.
    """
    if not reasons.strip():
        raise needs("reasons", _("Give the reasons."))
    locked = lock(rectification)
    _require(locked, by, at)
    fields = {"decided_by_id": by.person_id, "decided_at": at, "reasons": reasons.strip()}
    return advance(locked, "decline", by=by, at=at, fields=fields)


def _require(rectification: Rectification, by: Actor, at: datetime) -> None:
    found = _conduct(rectification.entry, by, at, examiner_id=rectification.proposed_by_id)
    if found:
        raise Refused(found)


def _conduct(entry: BulletinEntry, by: Actor, at: datetime, *, examiner_id: object) -> list[Violation]:
    """Nobody decides about a patent of an organisation they belong to, and nobody alone."""
    own = Membership.objects.filter(
        user_id=by.person_id, organisation__patentees__ownerships__patent_id=entry.patent_id
    )
    facts = ConductFacts(by.person_id, examiner_id, own.exists(), approves=examiner_id is not None)  # type: ignore[arg-type]
    return CONDUCT.check(facts, on=law_date(at))


def _is_value(entry: BulletinEntry, item: str, text: str) -> bool:
    if item in _CONTACTS:
        return bool(read(item, text).value == text)
    try:
        if item in ("filed_on", "granted_on"):
            return str(date.fromisoformat(text)) == text
        if item == "main_class":
            return parse_main_class(entry.patent.kind, text) == text
        return item not in RECTIFIABLE or (len(text) <= 1000 and clean_line(text) == text and names_somebody(text))
    except (ValueError, InvalidIdentifier, ValidationError):
        return False
