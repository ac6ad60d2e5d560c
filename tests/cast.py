"""The cast of the tests: who acts, for whom, on which patents. Everybody is there with one call of the fixture.

``cast.patentee`` is a university that owns ``cast.patent()``; ``cast.co_owner`` an institute that owns
``cast.co_owned_patent()`` with it; ``cast.enterprise`` and ``cast.rival`` take licenses; ``cast.agency`` has a mandate of
the university. ``cast.examiner`` … ``cast.administrator`` hold the office's appointments.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.test import Client

from accounts.enums import OrganisationKind
from accounts.models import Organisation, User
from accounts.queries import ACTING_SESSION_KEY, actor_for
from accounts.roles import Role
from core.deadlines import law_date
from core.lifecycle import Actor
from core.transitions import advance
from registry.actions import approving, correcting, drafting, examining, publishing, submitting
from registry.actions.consenting import ask_consents, give_consent
from registry.actions.drafting import begin_draft, save_draft
from registry.enums import StatementStatus
from registry.models import Patent, Patentee, Statement
from registry.queries.content import content_hash
from tests.factories.patents import PatenteeFactory, PatentFactory
from tests.factories.people import AppointmentFactory, MandateFactory, MembershipFactory, OrganisationFactory

# A Monday morning in Shanghai; the day after is an issue day of the bulletin.
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
# What a filer types into a complete statement.
COMPLETE = {
    "fee_mode": "lump_sum",
    "fixed_amount": "200000.00",
    "payment_terms": "签发书面通知后十日内一次付清。",
    "payee_account": "6222 0000 0000 0001",
    "term_mode": "months",
    "term_months": "36",
    "contact_name": "Wang Fang",
    "contact_phone": "0571 8888 0000",
    "explanation": "参照同行业普通许可的平均费用，按预计五家被许可人折算。",
    "undertakes_no_exclusive": True,
    "undertakes_open_to_all": True,
    "undertakes_keep_in_force": True,
    "undertakes_export_rules": True,
    "signed_name": "Li Wei",
}


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

    def draft(self, patent: Patent | None = None, *, at: datetime = NOW, by: Person | None = None, **entries: Any):
        """Return a complete draft of the university, ready to be submitted; ``entries`` are typed over it."""
        who = by or self.patentee
        statement = begin_draft(
            patent=patent or self.patent(), filed_by=self.patentee.organisation, by=who.actor, at=at
        )
        return save_draft(statement=statement, entries={**COMPLETE, **entries}, by=who.actor, at=at)

    def consent_of_all(self, statement: Statement, *, at: datetime = NOW) -> None:
        """Have the holders who sign in here consent to the present text online."""
        ask_consents(statement=statement, by=self.filer_of(statement), at=at)
        for held in statement.patent.ownerships.exclude(patentee__organisation=None):
            organisation = held.patentee.organisation
            if organisation == statement.filed_by and statement.agency is None:
                continue
            actor = actor_for(organisation.memberships.get().user, organisation.pk)
            give_consent(statement=statement, read_hash=content_hash(statement), by=actor, at=at)

    def filer_of(self, statement: Statement) -> Actor:
        """Return who files this statement."""
        organisation = statement.agency or statement.filed_by
        return actor_for(organisation.memberships.get().user, organisation.pk)

    def statement_in(
        self, status: str, patent: Patent | None = None, *, at: datetime = NOW, by: Person | None = None, **entries: Any
    ) -> Statement:
        """Return a statement that reached this status through the real acts, all at ``at``.

        An announced one is in the issue of that day: one day holds one issue, so give each its own day.
        """
        statement = self.draft(patent, at=at, by=by, **entries)
        if statement.patent.ownerships.count() > 1 or statement.agency_id:
            self.consent_of_all(statement, at=at)
        for step in _PATHS[StatementStatus(status)]:
            getattr(self, f"_{step}")(statement, at)
            statement.refresh_from_db()
        return statement

    def _discard(self, statement, at):
        drafting.discard(statement=statement, by=self.filer_of(statement), at=at)

    def _submit(self, statement, at):
        submitting.submit(statement=statement, by=self.filer_of(statement), at=at)

    def _cancel(self, statement, at):
        correcting.cancel(statement=statement, by=self.filer_of(statement), at=at)

    def _claim(self, statement, at):
        examining.claim(statement=statement, by=self.examiner.actor, at=at)

    def _ask(self, statement, at):
        reasons = "Please name the contact person."
        examining.request_correction(statement=statement, reasons=reasons, by=self.examiner.actor, at=at)

    def _lapse(self, statement, at):
        examining.lapse_overdue_corrections(by=Actor.system("lapse"), at=at + timedelta(days=90))

    def _pass(self, statement, at):
        examining.pass_statement(statement=statement, by=self.examiner.actor, at=at)

    def _propose(self, statement, at):
        examining.propose_refusal(statement=statement, reasons="The fee is unclear.", by=self.examiner.actor, at=at)

    def _approve(self, statement, at):
        approving.approve(statement=statement, by=self.approver.actor, at=at)

    def _refuse(self, statement, at):
        approving.refuse(statement=statement, by=self.approver.actor, at=at)

    def _hold(self, statement, at):
        advance(statement, "hold", by=Actor.system("bulletin"), at=at)

    def _announce(self, statement, at):
        issue = publishing.publish_issue(by=Actor.system("bulletin"), at=at)
        assert issue is not None, "this day has its issue already: give the statement its own day"

    def _end(self, event, statement, at):
        later = at + timedelta(days=1)
        fields = {"ended_on": law_date(later)}
        advance(statement, event, by=Actor.system("bulletin"), at=later, fields=fields)

    def _withdraw(self, statement, at):
        self._end("withdraw", statement, at)

    def _end_by_office(self, statement, at):
        self._end("end", statement, at)

    def _revoke(self, statement, at):
        self._end("revoke", statement, at)

    def _expire(self, statement, at):
        self._end("expire", statement, at)


_EXAMINED = ("submit", "claim")
_APPROVED = (*_EXAMINED, "pass", "approve")
_ANNOUNCED = (*_APPROVED, "announce")
_PATHS: dict[str, tuple[str, ...]] = {
    StatementStatus.DRAFT: (),
    StatementStatus.DISCARDED: ("discard",),
    StatementStatus.SUBMITTED: ("submit",),
    StatementStatus.EXAMINING: _EXAMINED,
    StatementStatus.CORRECTION: (*_EXAMINED, "ask"),
    StatementStatus.PASSED: (*_EXAMINED, "pass"),
    StatementStatus.REFUSAL_PROPOSED: (*_EXAMINED, "propose"),
    StatementStatus.APPROVED: _APPROVED,
    StatementStatus.HELD: (*_APPROVED, "hold"),
    StatementStatus.ANNOUNCED: _ANNOUNCED,
    StatementStatus.REFUSED: (*_EXAMINED, "propose", "refuse"),
    StatementStatus.CANCELED: ("submit", "cancel"),
    StatementStatus.LAPSED: (*_EXAMINED, "ask", "lapse"),
    StatementStatus.WITHDRAWN: (*_ANNOUNCED, "withdraw"),
    StatementStatus.ENDED: (*_ANNOUNCED, "end_by_office"),
    StatementStatus.REVOKED: (*_ANNOUNCED, "revoke"),
    StatementStatus.EXPIRED: (*_ANNOUNCED, "expire"),
}
