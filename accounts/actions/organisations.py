"""Registering an organisation, and what becomes of its identity check."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind, Residence, Verification
from accounts.identity import verifier
from accounts.models import Membership, Organisation
from accounts.notifications import notify
from accounts.queries import colleagues_of, is_manager
from accounts.roles import Role
from accounts.rules import person_of, refusal
from accounts.secrets import keyed_hash, seal
from accounts.signals import organisation_verified
from core import audit
from core.lifecycle import Actor, WrongRole


@dataclass(frozen=True, slots=True)
class OrganisationDetails:
    """What somebody says about an organisation. ``uscc`` and ``identity_number`` are already checked and tidy."""

    kind: OrganisationKind
    name: str
    residence: Residence
    uscc: str = ""
    identity_number: str = ""
    province: str = ""
    address: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


@transaction.atomic
def register_organisation(details: OrganisationDetails, *, by: Actor, at: datetime) -> Organisation:
    """Register an organisation with its first manager, and ask for its identity check.

    Raises:
        Refused: its credit code or identity number cannot be registered (again). The sentence does not say for whom.
    """
    organisation = _create(details)
    Membership.objects.create(
        user_id=person_of(by, "register"), organisation=organisation, is_manager=True, since_at=at
    )
    audit.record("register organisation", organisation, by=by, at=at, data={"name": details.name})
    check = verifier()
    outcome = check.check(organisation)
    if outcome == Verification.VERIFIED:
        _confirm(organisation, by=Actor.system(check.name), at=at)
    elif outcome == Verification.REJECTED:
        _refuse(organisation, str(check.explanation), by=Actor.system(check.name), at=at)
    return organisation


def _create(details: OrganisationDetails) -> Organisation:
    number = details.identity_number
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                kind=details.kind,
                name=details.name,
                residence=details.residence,
                uscc=details.uscc,
                province=details.province,
                address=details.address,
                contact_name=details.contact_name,
                contact_phone=details.contact_phone,
                contact_email=details.contact_email,
                identity_cipher=seal(number) if number else None,
                identity_hash=keyed_hash(number) if number else "",
            )
    except IntegrityError as error:
        broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        fields = {"organisation_uscc_once": "uscc", "organisation_identity_once": "identity_number"}
        if broken not in fields:
            raise
        raise refusal(
            "P5",
            _("This code or number cannot be registered here."),
            remedy=_(
                "Check it once more. If the organisation is yours, ask the colleague who manages it here to invite "
                "you, or write to the office."
            ),
            field=fields[broken],
        ) from None


@transaction.atomic
def verify_organisation(organisation: Organisation, *, by: Actor, at: datetime) -> Organisation:
    """Confirm an organisation's identity after comparing its papers.

    Raises:
        WrongRole: only administrators decide.
        Refused: it is already decided, or the administrator belongs or belonged to the organisation.
    """
    locked = _for_decision(organisation, by=by, at=at)
    _confirm(locked, by=by, at=at)
    return locked


@transaction.atomic
def reject_organisation(organisation: Organisation, *, reason: str, by: Actor, at: datetime) -> Organisation:
    """Find that an organisation is not who it says it is. Its code becomes free for the real one.

    Raises:
        WrongRole, Refused: as :func:`verify_organisation`; the reason is missing.
    """
    if not reason.strip():
        raise refusal("P6", _("Give the reason; the organisation reads it."), field="reason")
    locked = _for_decision(organisation, by=by, at=at)
    _refuse(locked, reason, by=by, at=at)
    return locked


@transaction.atomic
def change_contact(
    organisation: Organisation,
    *,
    address: str,
    contact_name: str,
    contact_phone: str,
    contact_email: str,
    by: Actor,
    at: datetime,
) -> Organisation:
    """Change how an organisation is reached. Its name and code stay: they are what was verified.

    Raises:
        WrongRole: only managers of the organisation do so.
    """
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if not is_manager(by, locked.pk):
        raise WrongRole("organisation", "change contact", by.roles)
    locked.address = address
    locked.contact_name = contact_name
    locked.contact_phone = contact_phone
    locked.contact_email = contact_email
    locked.save(update_fields=["address", "contact_name", "contact_phone", "contact_email"])
    audit.record("change contact", locked, by=by, at=at)
    return locked


def _for_decision(organisation: Organisation, *, by: Actor, at: datetime) -> Organisation:
    if Role.ADMINISTRATOR not in by.roles:
        raise WrongRole("organisation", "decide on identity", by.roles)
    locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if locked.verification != Verification.PENDING:
        raise refusal("P7", _("The identity check of this organisation is already decided."))
    if by.user_id is not None and colleagues_of(by.user_id, at=at).filter(pk=locked.pk).exists():
        raise refusal("P8", _("Nobody decides on an organisation they belong or belonged to."))
    return locked


def _confirm(organisation: Organisation, *, by: Actor, at: datetime) -> None:
    organisation.verification = Verification.VERIFIED
    organisation.verified_at = at
    organisation.verified_by = by.label[:100]
    organisation.save(update_fields=["verification", "verified_at", "verified_by"])
    audit.record("verify organisation", organisation, by=by, at=at)
    organisation_verified.send(sender=Organisation, organisation=organisation, by=by, at=at)
    _tell(organisation, "organisation-verified", at=at)


def _refuse(organisation: Organisation, reason: str, *, by: Actor, at: datetime) -> None:
    organisation.verification = Verification.REJECTED
    organisation.save(update_fields=["verification"])
    audit.record("reject organisation", organisation, by=by, at=at, data={"reason": reason})
    _tell(organisation, "organisation-rejected", at=at, reason=reason)


def _tell(organisation: Organisation, code: str, *, at: datetime, **params: str) -> None:
    notify(
        code,
        key=f"{code}:{organisation.pk}",
        at=at,
        organisation_id=organisation.pk,
        params={"organisation": organisation.name, **params},
    )
