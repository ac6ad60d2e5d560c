"""The cast of the tests: who acts, for whom, on which patents. Everybody is there with one call of the fixture.

``cast.patentee`` is a university that owns ``cast.patent()``; ``cast.co_owner`` an institute that owns
``cast.co_owned_patent()`` with it; ``cast.enterprise`` and ``cast.rival`` take licenses; ``cast.agency`` has a mandate of
the university. ``cast.examiner`` … ``cast.administrator`` hold the office's appointments.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any

from django.test import Client

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from accounts.queries import ACTING_SESSION_KEY, actor_for
from accounts.roles import Role
from core.lifecycle import Actor
from registry.models import Patent, Patentee
from tests.factories.patents import PatenteeFactory, PatentFactory
from tests.factories.people import AppointmentFactory, MandateFactory, MembershipFactory, OrganisationFactory

# A Monday morning in Shanghai; the day after is an issue day of the bulletin.
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Person:
    """Somebody who acts, with the organisation they act for and the register's name of it (if any)."""

    user: User
    organisation: Organisation | None = None
    patentee: Patentee | None = None

    @property
    def actor(self) -> Actor:
        """Who they are now, roles read anew."""
        return actor_for(self.user, self.organisation.pk if self.organisation else None)

    def client(self, **headers: Any) -> Client:
        """Return a browser in which they have signed in and act for their organisation."""
        client = Client(headers=headers or None)
        client.force_login(self.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        client.cookies["django_language"] = self.user.language
        if self.organisation:
            session = client.session
            session[ACTING_SESSION_KEY] = str(self.organisation.pk)
            session.save()
        return client


class Cast:
    """Everybody, made when first named."""

    def member(self, name: str, kind: str = OrganisationKind.ENTERPRISE, *, holds: bool = False, **fields) -> Person:
        """Return a new organisation's person; ``holds`` also enters it in the register as a holder."""
        organisation = OrganisationFactory(name=name, kind=kind, **fields)
        member = MembershipFactory(organisation=organisation, user__full_name=f"{name} staff")
        patentee = None
        if holds:
            shared = {"province": organisation.province, "residence": organisation.residence}
            patentee = PatenteeFactory(name=name, organisation=organisation, **shared)
        return Person(member.user, organisation, patentee)

    def official(self, role: Role, name: str = "", province: str = "") -> Person:
        """Return a new person with an appointment of the office."""
        return Person(
            AppointmentFactory(role=role, province=province, user__full_name=name or f"The {role.value}").user
        )

    @cached_property
    def patentee(self) -> Person:
        return self.member("Lakeside University", OrganisationKind.UNIVERSITY, holds=True)

    @cached_property
    def co_owner(self) -> Person:
        return self.member("Hillside Institute", OrganisationKind.INSTITUTE, holds=True, province="11")

    @cached_property
    def enterprise(self) -> Person:
        return self.member("Canton Cooling", province="44")

    @cached_property
    def rival(self) -> Person:
        return self.member("Delta Thermal", province="32")

    @cached_property
    def agency(self) -> Person:
        person = self.member("Bridge Patent Agency", OrganisationKind.AGENCY)
        MandateFactory(agency=person.organisation, principal=self.patentee.organisation)
        return person

    @cached_property
    def examiner(self) -> Person:
        return self.official(Role.EXAMINER)

    @cached_property
    def other_examiner(self) -> Person:
        return self.official(Role.EXAMINER, "The other examiner")

    @cached_property
    def approver(self) -> Person:
        return self.official(Role.APPROVER)

    @cached_property
    def officer(self) -> Person:
        return self.official(Role.OFFICER, province="33")

    @cached_property
    def mediator(self) -> Person:
        return self.official(Role.MEDIATOR)

    @cached_property
    def auditor(self) -> Person:
        return self.official(Role.AUDITOR)

    @cached_property
    def administrator(self) -> Person:
        return self.official(Role.ADMINISTRATOR)

    def patent(self, **fields: Any) -> Patent:
        """Return a new patent of the university, in force, annuities paid; ``utility_model=True``, ``design=True``."""
        return PatentFactory(**{"owners": [self.patentee.patentee], **fields})

    def co_owned_patent(self, **fields: Any) -> Patent:
        """Return a new patent of the university and the institute."""
        return self.patent(owners=[self.patentee.patentee, self.co_owner.patentee], **fields)
