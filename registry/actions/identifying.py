"""Tying the names of the register to the organisations that sign in here: by exact name, or by an administrator."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from accounts.enums import OrganisationKind, Verification
from accounts.models import Organisation
from accounts.queries import colleagues_of
from accounts.roles import Role
from accounts.signals import organisation_verified
from core import audit
from core.deadlines import law_date
from core.lifecycle import SYSTEM_ROLE, Actor, WrongRole
from core.rules import Refused
from registry.models import Patentee
from registry.rules.entering import IDENTIFYING, IdentityFacts


@transaction.atomic
def identify_patentee(*, patentee: Patentee, organisation: Organisation, by: Actor, at: datetime) -> Patentee:
    """Say that this holder is this organisation, which from now on may file for the holder's patents.

    Raises:
        WrongRole: neither an administrator nor the system.
        Refused: rules R5 to R8.
    """
    if not by.roles & {Role.ADMINISTRATOR.value, SYSTEM_ROLE}:
        raise WrongRole("patentee", "identify", by.roles)
    locked = Patentee.objects.select_for_update().get(pk=patentee.pk)
    facts = IdentityFacts(
        tied_already=locked.organisation_id is not None,
        organisation_verified=organisation.verification == Verification.VERIFIED,
        name_is_persons=locked.is_person,
        organisation_is_individual=organisation.kind == OrganisationKind.INDIVIDUAL,
        name_taken=Patentee.objects.filter(name=locked.name, organisation=organisation).exists(),
        own_matter=by.user_id is not None and colleagues_of(by.user_id, at=at).filter(pk=organisation.pk).exists(),
    )
    violations = IDENTIFYING.check(facts, on=law_date(at))
    if violations:
        raise Refused(violations)
    locked.organisation = organisation
    locked.save(update_fields=["organisation"])
    data = {"name": locked.name, "organisation": str(organisation.pk)}
    audit.record("identify patentee", locked, by=by, at=at, data=data)
    return locked


@receiver(organisation_verified, dispatch_uid="identify holders of the verified name")
def identify_by_name(sender: Any, *, organisation: Organisation, at: datetime, **_more: Any) -> None:
    """Tie the one unidentified holder of exactly the verified name. Never a natural person: names are shared.

    Where several rows bear the name, an administrator finds out which is meant.
    """
    if organisation.kind == OrganisationKind.INDIVIDUAL:
        return
    same_name = list(Patentee.objects.filter(name=organisation.name, organisation=None, is_person=False)[:2])
    taken = Patentee.objects.filter(name=organisation.name, organisation=organisation).exists()
    if len(same_name) == 1 and not taken:
        by = Actor.system("identity of holders")
        identify_patentee(patentee=same_name[0], organisation=organisation, by=by, at=at)
