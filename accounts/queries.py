"""Reads about people: who acts now, for whom they may act."""

from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from accounts.enums import MandateAct, OrganisationKind, Verification
from accounts.models import ApiKey, Appointment, InboxMessage, Invitation, Mandate, Membership, Organisation, User
from accounts.roles import Role
from accounts.secrets import unseal
from core.identifiers.parties import mask_resident_id
from core.lifecycle import Actor

ACTING_SESSION_KEY = "acting_organisation"
# Kept in the session instead of an organisation's id: this person acts for the office.
OFFICE = "office"


def current_memberships(user: User) -> QuerySet[Membership]:
    """Return the memberships that have not ended, by organisation name."""
    return user.memberships.filter(ended_at=None).select_related("organisation").order_by("organisation__name")


def current_appointments(user: User) -> QuerySet[Appointment]:
    """Return the office appointments that have not ended."""
    return user.appointments.filter(ended_at=None).order_by("role")


def actor_for(user: User, organisation_id: UUID | str | None = None) -> Actor:
    """Return who ``user`` is now: for the given organisation (or ``OFFICE``) if they belong to it; where none is
    given, for the office, else for the first organisation they belong to.

    Office roles are not mixed with an organisation's: a person acts in one capacity at a time. Whoever lost the
    capacity they had chosen has none until they choose anew, so that nothing is done for another one by mistake.
    """
    memberships = list(current_memberships(user))
    appointments = list(current_appointments(user))
    chosen = next((item for item in memberships if str(item.organisation_id) == str(organisation_id)), None)
    if chosen is None and not organisation_id and not appointments and memberships:
        chosen = memberships[0]
    if chosen is not None:
        return _for_organisation(user, chosen.organisation)
    if organisation_id and organisation_id != OFFICE:
        return Actor(label=str(user), roles=frozenset(), user_id=user.pk)
    return Actor(
        label=str(user),
        roles=frozenset(item.role for item in appointments),
        user_id=user.pk,
        province=next((item.province for item in appointments if item.province), ""),
        is_office=bool(appointments),
    )


def _for_organisation(user: User, organisation: Organisation) -> Actor:
    """An organisation has no role, and so can do nothing, before its identity is confirmed."""
    roles = {Role.AGENCY.value} if organisation.is_agency else {Role.PATENTEE.value, Role.ENTERPRISE.value}
    if organisation.verification != Verification.VERIFIED:
        roles = set()
    return Actor(
        label=f"{user} · {organisation}",
        roles=frozenset(roles),
        user_id=user.pk,
        organisation_id=organisation.pk,
        organisation_name=organisation.name,
    )


def actor_for_request(request: HttpRequest) -> Actor | None:
    """Return the actor of a browser request, None for visitors."""
    if isinstance(request.user, AnonymousUser) or not request.user.is_active:
        return None
    return actor_for(request.user, request.session.get(ACTING_SESSION_KEY))


def actor_for_key(key: ApiKey) -> Actor:
    """Return the actor of an API call: the key's maker for the key's organisation, with no other capacity."""
    return _for_organisation(key.user, key.organisation)


def messages_for(actor: Actor) -> QuerySet[InboxMessage]:
    """Return the inbox of the capacity in which somebody acts, newest first: the organisation's and their own."""
    mine = Q(user_id=actor.user_id)
    if actor.organisation_id is not None:
        mine |= Q(organisation_id=actor.organisation_id)
    return InboxMessage.objects.filter(mine).select_related("organisation").order_by("-at", "id")


def is_manager(actor: Actor, organisation_id: UUID | None = None) -> bool:
    """Whether the actor manages the members of this organisation, by default of the one they act for."""
    wanted = organisation_id or actor.organisation_id
    return Membership.objects.filter(
        user_id=actor.user_id, organisation_id=wanted, ended_at=None, is_manager=True
    ).exists()


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Return the invitations that were neither redeemed nor withdrawn, newest first; some may be too old."""
    return organisation.invitations.filter(redeemed_at=None, withdrawn_at=None).order_by("-invited_at")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return the current memberships by the persons' names."""
    return organisation.memberships.filter(ended_at=None).select_related("user").order_by("user__full_name")


def verified_agencies() -> QuerySet[Organisation]:
    """Return the patent agencies whose identity is confirmed, by name."""
    return Organisation.objects.filter(kind=OrganisationKind.AGENCY, verification=Verification.VERIFIED).order_by(
        "name"
    )


def mandates_of(organisation_id: UUID) -> QuerySet[Mandate]:
    """Return every mandate that an organisation gave or holds, newest first."""
    return (
        Mandate.objects.filter(Q(principal_id=organisation_id) | Q(agency_id=organisation_id))
        .select_related("principal", "agency", "document")
        .order_by("-since_on", "id")
    )


def api_keys_of(organisation_id: UUID | None) -> QuerySet[ApiKey]:
    """Return an organisation's API keys, those in use first, then newest first."""
    return (
        ApiKey.objects.filter(organisation_id=organisation_id)
        .select_related("user")
        .order_by(F("revoked_at").desc(nulls_first=True), "-created_at")
    )


def masked_identity(organisation: Organisation) -> str:
    """Return an individual's identity number as it may be shown, "" where none was given."""
    if organisation.identity_cipher is None:
        return ""
    return mask_resident_id(unseal(organisation.identity_cipher))


def holds_office(user: User) -> bool:
    """Whether the person holds an office appointment, which demands a second factor (safety.md §1.14)."""
    return current_appointments(user).exists()


def mandates_in_force(
    agency_id: UUID | None, *, on: date, act: MandateAct | None = None, patent_number: str = ""
) -> QuerySet[Mandate]:
    """Return the mandates under which an agency (None: any) may act on this day: at all, or in this act, or on this
    patent."""
    found = Mandate.objects.filter(since_on__lte=on, revoked_at=None).filter(Q(until_on=None) | Q(until_on__gte=on))
    if agency_id is not None:
        found = found.filter(agency_id=agency_id)
    if act is not None:
        found = found.filter(acts__contains=[act.value])
    if patent_number:
        found = found.filter(Q(patent_numbers=[]) | Q(patent_numbers__contains=[patent_number]))
    return found


def may_act_for(
    actor: Actor, organisation_id: UUID | None, *, on: date, act: MandateAct | None = None, patent_number: str = ""
) -> bool:
    """Whether the actor is this organisation or an agency whose mandate of it, in force on that day, covers the act."""
    if actor.organisation_id is None or organisation_id is None:
        return False
    if actor.organisation_id == organisation_id:
        return True
    return (
        Role.AGENCY in actor.roles
        and mandates_in_force(actor.organisation_id, on=on, act=act, patent_number=patent_number)
        .filter(principal_id=organisation_id)
        .exists()
    )


def colleagues_of(user_id: UUID, *, at: datetime) -> QuerySet[Organisation]:
    """Return every organisation this person belongs or belonged to: they must not decide on its matters."""
    return Organisation.objects.filter(memberships__user_id=user_id, memberships__since_at__lte=at).distinct()
