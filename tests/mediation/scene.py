"""The scenes of mediation: a dispute over a license, brought to each stage by the real acts."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

from accounts.roles import Role
from licensing.models import License
from mediation.actions.admitting import admit, decline
from mediation.actions.agreements import propose_agreement, sign_agreement
from mediation.actions.answering import answer
from mediation.actions.closing import close, leave, withdraw
from mediation.actions.extending import consent_to_extension
from mediation.actions.papers import submit_paper
from mediation.actions.requesting import begin_request, request_mediation, save_request
from mediation.actions.sessions import record_session, schedule_session
from mediation.enums import Audience, CaseStatus, ClosingGround, DeclineGround, PaperKind, SessionMode
from mediation.models import Agreement, Case, Paper, Session
from tests.cast import NOW, TODAY, Cast, Person
from tests.licensing import scene as licensing_scene

REQUEST = {
    "subject": "fee_standard",
    "claim": "The fee should be 30,000 yuan.",
    "facts": "Our output was half of what the fee was reckoned for.",
    "declared_proceedings": "none",
}
WORDS = {
    "parties": "Canton Cooling and Lakeside University",
    "facts": "A license is in force.",
    "dispute": "The amount of the fee.",
    "result": "The licensee pays 40,000 yuan.",
    "performance_mode": "By bank transfer.",
    "performance_on": TODAY + timedelta(days=60),
}


@dataclass
class Dispute:
    """A dispute between the enterprise (applicant) and the university (respondent), all at ``at``."""

    cast: Cast
    at: datetime = NOW
    mediators: list[Person] = field(default_factory=list)

    @cached_property
    def license(self) -> License:
        return licensing_scene.Scene(self.cast).license()

    @property
    def applicant(self) -> Person:
        return self.cast.enterprise

    @property
    def respondent(self) -> Person:
        return self.cast.patentee

    @cached_property
    def other_mediator(self) -> Person:
        return self.cast.official(Role.MEDIATOR, "The other mediator")

    def draft(self, **values: str) -> Case:
        case = begin_request(
            statement=self.license.statement,
            license=self.license,
            applicant_id=self.applicant.organisation.pk,
            by=self.applicant.actor,
            at=self.at,
        )
        return save_request(case=case, values={**REQUEST, **values}, by=self.applicant.actor, at=self.at)

    def requested(self) -> Case:
        return request_mediation(case=self.draft(), by=self.applicant.actor, at=self.at)

    def asked(self) -> Case:
        who = self.mediators or [self.cast.mediator]
        case = self.requested()
        return admit(case=case, mediator_ids=[one.user.pk for one in who], by=who[0].actor, at=self.at)

    def in_mediation(self) -> Case:
        return answer(
            case=self.asked(), agrees=True, statement="We see it otherwise.", by=self.respondent.actor, at=self.at
        )

    def case_in(self, status: str) -> Case:
        """Return a case that reached this status through the real acts."""
        makers = {
            CaseStatus.DRAFT: self.draft,
            CaseStatus.REQUESTED: self.requested,
            CaseStatus.ASKED: self.asked,
            CaseStatus.IN_MEDIATION: self.in_mediation,
            CaseStatus.NOT_ADMITTED: lambda: decline(
                case=self.requested(),
                ground=DeclineGround.SUIT,
                reasons="Sued.",
                by=self.cast.mediator.actor,
                at=self.at,
            ),
            CaseStatus.WITHDRAWN: lambda: withdraw(case=self.requested(), by=self.applicant.actor, at=self.at),
            CaseStatus.REFUSED: lambda: leave(case=self.in_mediation(), by=self.respondent.actor, at=self.at),
            CaseStatus.FAILED: lambda: self.closed(ClosingGround.NO_PROSPECT),
            CaseStatus.PREEMPTED: lambda: self.closed(ClosingGround.SUIT),
            CaseStatus.AGREED: self.agreed,
        }
        return makers[CaseStatus(status)]()

    def closed(self, ground: ClosingGround) -> Case:
        return close(case=self.in_mediation(), ground=ground, note="Closed.", by=self.cast.mediator.actor, at=self.at)

    def agreed(self) -> Case:
        case = self.in_mediation()
        made = self.propose(case)
        self.sign(case, made, self.applicant)
        self.sign(case, made, self.respondent)
        case.refresh_from_db()
        return case

    def propose(self, case: Case, **words) -> Agreement:
        return propose_agreement(case=case, words={**WORDS, **words}, by=self.cast.mediator.actor, at=self.at)

    def sign(self, case: Case, agreement: Agreement, who: Person) -> Agreement:
        return sign_agreement(
            case=case, content_hash=agreement.content_hash, signed_name="Li Na", by=who.actor, at=self.at
        )

    def paper(self, case: Case, who: Person, audience: Audience, title: str = "Ledger") -> Paper:
        return submit_paper(
            case=case,
            file=licensing_scene.paper(title),
            kind=PaperKind.ACCOUNTS,
            title=title,
            audience=audience,
            by=who.actor,
            at=self.at,
        )

    def session(self, case: Case, audience: Audience, place: str = "Room 1") -> Session:
        return schedule_session(
            case=case,
            audience=audience,
            mode=SessionMode.OFFLINE,
            scheduled_at=self.at + timedelta(hours=1),
            place=place,
            by=self.cast.mediator.actor,
            at=self.at,
        )

    def minutes(self, session: Session, text: str):
        return record_session(
            case=session.case,
            session_id=session.pk,
            applicant_attended=True,
            respondent_attended=False,
            attendees=text,
            minutes=text,
            by=self.cast.mediator.actor,
            at=self.at + timedelta(hours=2),
        )

    def both_consent(self, case: Case) -> None:
        for who in (self.applicant, self.respondent):
            consent_to_extension(case=case, by=who.actor, at=self.at)
