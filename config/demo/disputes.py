"""The disputes of the story: requests, answers, papers in open and in confidence, sessions, an agreement."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.licenses import Taking
from config.demo.papers import paper
from config.demo.people import Cast
from config.demo.statements import Event
from core.deadlines import law_date
from mediation.actions import admitting, agreements, answering, papers, requesting, sessions
from mediation.enums import Audience, PaperKind, Proceedings, SessionMode
from mediation.models import Case, Session


@dataclass(slots=True)
class Disputes:
    """Every case so far, by the keys in the data."""

    cast: Cast
    calendar: Calendar
    taking: Taking
    cases: dict[str, Case] = field(default_factory=dict)
    arranged: dict[tuple[str, int], Session] = field(default_factory=dict)

    def events(self) -> Iterator[Event]:
        """Yield every act with its time; the caller sorts them."""
        ago = self.calendar.ago
        for told in load("disputes"):
            yield ago(told.get("requested", told.get("begun")), 1), partial(self.begin, told)
            for order, one in enumerate(told.get("papers", []), start=2):
                yield ago(one["days"], order), partial(self.hand_in, told, one)
            if "requested" in told:
                yield ago(told["requested"], 10), partial(self.request, told)
            if "admitted" in told:
                yield ago(told["admitted"], 0), partial(self.admit, told)
            if "answered" in told:
                yield ago(told["answered"], 0), partial(self.answer, told)
            for place, one in enumerate(told.get("sessions", [])):
                yield ago(one["arranged"], 1), partial(self.arrange, told, place)
                if "recorded" in one:
                    yield ago(one["recorded"], 20), partial(self.record, told, place)
            if agreement := told.get("agreement"):
                yield ago(agreement["proposed"], 1), partial(self.propose, told)
                yield ago(agreement["signed"], 1), partial(self.sign, told, told["by"])
                yield ago(agreement["signed"], 2), partial(self.sign, told, self.respondent(told))

    def respondent(self, told: dict[str, Any]) -> str:
        """Return the key of the other side."""
        license = next(one for one in load("licenses") if one["key"] == told["license"])
        return str(next(one["by"] for one in load("statements") if one["key"] == license["statement"]))

    def _of(self, told: dict[str, Any]) -> Case:
        return Case.objects.get(pk=self.cases[told["key"]].pk)

    def begin(self, told: dict[str, Any], *, at: datetime) -> None:
        """Begin the request from the license and write it."""
        license, by = self.taking.license(told["license"]), self.cast.actor(told["by"])
        case = requesting.begin_request(
            statement=license.statement,
            license=license,
            applicant_id=self.cast.organisations[told["by"]].pk,
            by=by,
            at=at,
        )
        values = {name: told[name] for name in ("subject", "claim", "facts")}
        values["declared_proceedings"] = Proceedings.NONE.value
        self.cases[told["key"]] = requesting.save_request(case=case, values=values, by=by, at=at)

    def hand_in(self, told: dict[str, Any], one: dict[str, Any], *, at: datetime) -> None:
        """Hand in a paper, for both sides or in confidence."""
        papers.submit_paper(
            case=self._of(told),
            file=paper(one["title"], [one["title"]], at=at),
            kind=PaperKind(one["kind"]),
            title=one["title"],
            audience=Audience(one["audience"]),
            by=self.cast.actor(one["by"]),
            at=at,
        )

    def request(self, told: dict[str, Any], *, at: datetime) -> None:
        """Send the request."""
        requesting.request_mediation(case=self._of(told), by=self.cast.actor(told["by"]), at=at)

    def admit(self, told: dict[str, Any], *, at: datetime) -> None:
        """Admit the request with one mediator."""
        by = self.cast.actor(told["mediator"])
        admitting.admit(case=self._of(told), mediator_ids=[self.cast.office[told["mediator"]].pk], by=by, at=at)

    def answer(self, told: dict[str, Any], *, at: datetime) -> None:
        """Let the respondent agree to be mediated."""
        by = self.cast.actor(self.respondent(told))
        answering.answer(case=self._of(told), agrees=True, statement=told["answer"], by=by, at=at)

    def arrange(self, told: dict[str, Any], place: int, *, at: datetime) -> None:
        """Arrange a session."""
        one = told["sessions"][place]
        day = self.calendar.today + timedelta(days=one["in"] if "in" in one else -one["held"])
        self.arranged[told["key"], place] = sessions.schedule_session(
            case=self._of(told),
            audience=Audience(one["audience"]),
            mode=SessionMode(one["mode"]),
            scheduled_at=self.calendar.session_on(day),
            place=one["place"],
            by=self.cast.actor(told["mediator"]),
            at=at,
        )

    def record(self, told: dict[str, Any], place: int, *, at: datetime) -> None:
        """Put the minutes on record."""
        one = told["sessions"][place]
        sessions.record_session(
            case=self._of(told),
            session_id=self.arranged[told["key"], place].pk,
            applicant_attended=True,
            respondent_attended=True,
            attendees=one["attendees"],
            minutes=one["minutes"],
            by=self.cast.actor(told["mediator"]),
            at=at,
        )

    def propose(self, told: dict[str, Any], *, at: datetime) -> None:
        """Propose the text of an agreement."""
        case, one = self._of(told), told["agreement"]
        words = {
            "parties": f"{case.applicant.name}\n{case.respondent.name}",
            "facts": told["facts"],
            "dispute": one["dispute"],
            "result": one["result"],
            "performance_mode": one["performance_mode"],
            "performance_on": law_date(at) + timedelta(days=one["performance_in"]),
        }
        agreements.propose_agreement(case=case, words=words, by=self.cast.actor(told["mediator"]), at=at)

    def sign(self, told: dict[str, Any], who: str, *, at: datetime) -> None:
        """Sign for one side; the second signature closes the case."""
        case = self._of(told)
        text = case.agreements.get(superseded_at=None).content_hash
        name = self.cast.organisations[who].contact_name
        agreements.sign_agreement(case=case, content_hash=text, signed_name=name, by=self.cast.actor(who), at=at)
