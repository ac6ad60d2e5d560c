"""The statements of the story: each goes its route through the acts of the filer and the office."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.papers import paper
from config.demo.people import Cast
from core.lifecycle import Actor
from registry.actions import (
    answering,
    approving,
    consenting,
    correcting,
    drafting,
    ending,
    ending_requests,
    examining,
    submitting,
)
from registry.enums import ConsentMethod, EndingKind, PaperKind
from registry.fees.terms import FeeMode
from registry.models import Ending, Patent, Statement
from registry.queries.content import content_hash

EXAMINED = (("draft", 0), ("submit", 1), ("claim", 2))
APPROVED = (*EXAMINED, ("pass", 4), ("approve", 6))
# Step and day, counted from the day on which the draft is begun.
ROUTES: dict[str, tuple[tuple[str, int], ...]] = {
    "draft": (("draft", 0),),
    "asking_consent": (("draft", 0), ("ask", 1)),
    "asking_pledgee": (("draft", 0), ("ask_pledgees", 1)),
    "discarded": (("draft", 0), ("discard", 3)),
    "submitted": EXAMINED[:2],
    "examining": EXAMINED,
    "correction": (*EXAMINED, ("request_correction", 4)),
    "lapsed": (*EXAMINED, ("request_correction", 4)),
    "passed": (*EXAMINED, ("pass", 4)),
    "refusal_proposed": (*EXAMINED, ("propose_refusal", 5)),
    "refused": (*EXAMINED, ("propose_refusal", 5), ("refuse", 8)),
    "canceled": (("draft", 0), ("submit", 1), ("cancel", 5)),
    "announced": APPROVED,
    "held": APPROVED,
    "announced_after_correction": (
        *EXAMINED, ("request_correction", 4), ("correct", 12), ("pass", 14), ("approve", 16),
    ),
    # Approved on the very last day, so that the next issue is still to come.
    "approved": (("draft", 0), ("submit", 1), ("claim", 2), ("pass", 4), ("approve_now", 0)),
}  # fmt: skip
ENDING_ROUTES = {
    "requested": (("request", 0),),
    "asking": (("request", 0),),  # the co-owner has not answered yet
    "announced": (("request", 0), ("pass_ending", 3), ("approve_ending", 6)),
}

Event = tuple[datetime, partial[None]]


@dataclass(slots=True)
class Filings:
    """Everything that has been filed so far, by the keys in the data, and who did it."""

    cast: Cast
    calendar: Calendar
    patents: dict[str, Patent]
    statements: dict[str, Statement] = field(default_factory=dict)
    endings: dict[str, Ending] = field(default_factory=dict)

    def events(self) -> Iterator[Event]:
        """Yield every act with its time; the caller sorts them."""
        for told in load("statements"):
            for order, (step, day) in enumerate(ROUTES[told["route"]]):
                yield self.time(told, step, day, order), partial(self.take, step, told)
            if end := told.get("ending"):
                for order, (step, day) in enumerate(ENDING_ROUTES[end["route"]]):
                    yield self.calendar.ago(end["asked"] - day, order), partial(self.take, step, told)

    def time(self, told: dict[str, Any], step: str, day: int, order: int) -> datetime:
        """Return when a step is taken."""
        if step == "approve_now":
            return self.calendar.now - timedelta(hours=1)
        return self.calendar.ago(told["begun"] - day, order)

    def time_of(self, key: str, step: str) -> datetime:
        """Return when a step of a statement is taken."""
        told = next(one for one in load("statements") if one["key"] == key)
        route = ROUTES[told["route"]]
        order = next(place for place, (name, _day) in enumerate(route) if name == step)
        return self.time(told, step, route[order][1], order)

    def announced_on(self, key: str) -> Any:
        """Return the day of the issue that announces a statement."""
        return self.calendar.issue_after(self.time_of(key, "approve"))

    def take(self, step: str, told: dict[str, Any], *, at: datetime) -> None:
        """Take one step of a statement's route."""
        getattr(self, f"_{step}")(told, at)

    def _filer(self, told: dict[str, Any]) -> Actor:
        return self.cast.actor(told.get("via", told["by"]))

    def _examiner(self, told: dict[str, Any]) -> Actor:
        return self.cast.actor(told.get("examiner", "examiner"))

    def _of(self, told: dict[str, Any]) -> Statement:
        return Statement.objects.get(pk=self.statements[told["key"]].pk)

    def _draft(self, told: dict[str, Any], at: datetime) -> None:
        by = self._filer(told)
        organisation = self.cast.organisations[told["by"]]
        begun = drafting.begin_draft(patent=self.patents[told["patent"]], filed_by=organisation, by=by, at=at)
        self.statements[told["key"]] = begun
        entries = entries_of(told, self.calendar, signed=organisation.contact_name)
        if told["route"] in ("announced_after_correction", "correction"):
            entries["contact_name"] = load("words")["contact_before_correction"]
        statement = drafting.save_draft(statement=begun, entries=entries, by=by, at=at)
        if told["route"] not in ("draft", "asking_consent", "asking_pledgee"):
            self._consent(statement, told, by, at)

    def _consent(self, statement: Statement, told: dict[str, Any], by: Actor, at: datetime) -> None:
        """Have every other holder consent to the text, online, or by the agreement on paper."""
        holders = statement.patent.ownerships.select_related("patentee")
        if told.get("agreement"):
            outside = holders.get(patentee__organisation=None).patentee
            file = paper(load("words")["agreement"], [told["agreement"]], at=at)
            method = ConsentMethod.AGREEMENT
            consenting.attach_consent(
                statement=statement, patentee_id=outside.pk, method=method, file=file, by=by, at=at
            )
            return
        if holders.count() == 1 and statement.agency_id is None:
            return
        consenting.ask_consents(statement=statement, by=by, at=at)
        keys = {organisation.pk: key for key, organisation in self.cast.organisations.items()}
        for held in holders:
            key = keys[held.patentee.organisation_id]
            if key == told["by"] and statement.agency_id is None:
                continue
            text = content_hash(statement)
            consenting.give_consent(statement=statement, read_hash=text, by=self.cast.actor(key), at=at)

    def _ask(self, told: dict[str, Any], at: datetime) -> None:
        consenting.ask_consents(statement=self._of(told), by=self._filer(told), at=at)

    def _ask_pledgees(self, told: dict[str, Any], at: datetime) -> None:
        answering.ask_pledgees(statement=self._of(told), by=self._filer(told), at=at)

    def _discard(self, told: dict[str, Any], at: datetime) -> None:
        drafting.discard(statement=self._of(told), by=self._filer(told), at=at)

    def _submit(self, told: dict[str, Any], at: datetime) -> None:
        submitting.submit(statement=self._of(told), by=self._filer(told), at=at)

    def _cancel(self, told: dict[str, Any], at: datetime) -> None:
        correcting.cancel(statement=self._of(told), by=self._filer(told), at=at)

    def _correct(self, told: dict[str, Any], at: datetime) -> None:
        by, name = self._filer(told), self.cast.organisations[told["by"]].contact_name
        drafting.save_draft(statement=self._of(told), entries={"contact_name": name}, by=by, at=at)
        correcting.correct(statement=self._of(told), by=by, at=at)

    def _claim(self, told: dict[str, Any], at: datetime) -> None:
        examining.claim(statement=self._of(told), by=self._examiner(told), at=at)

    def _request_correction(self, told: dict[str, Any], at: datetime) -> None:
        reasons = load("words")["lapse" if told["route"] == "lapsed" else "correction"]
        examining.request_correction(statement=self._of(told), reasons=reasons, by=self._examiner(told), at=at)

    def _pass(self, told: dict[str, Any], at: datetime) -> None:
        examining.pass_statement(statement=self._of(told), by=self._examiner(told), at=at)

    def _propose_refusal(self, told: dict[str, Any], at: datetime) -> None:
        by = self._examiner(told)
        examining.propose_refusal(statement=self._of(told), reasons=told["reasons"], by=by, at=at)

    def _approve(self, told: dict[str, Any], at: datetime) -> None:
        approving.approve(statement=self._of(told), by=self.cast.actor("approver"), at=at)

    _approve_now = _approve

    def _refuse(self, told: dict[str, Any], at: datetime) -> None:
        approving.refuse(statement=self._of(told), by=self.cast.actor("approver"), at=at)

    def _request(self, told: dict[str, Any], at: datetime) -> None:
        end = told["ending"]
        statement, kind = self._of(told), EndingKind(end["kind"])
        if kind is not EndingKind.WITHDRAWAL:
            by = self._examiner(told)
            made = ending.propose_ending(
                statement=statement,
                kind=kind,
                grounds=end["grounds"],
                falsehood=kind is EndingKind.REVOCATION,
                by=by,
                at=at,
            )
        else:
            title = load("words")["withdrawal_consent"]
            consent = (PaperKind.WITHDRAWAL_CONSENT, paper(title, [statement.number, end["grounds"]], at=at))
            made = ending_requests.request_withdrawal(
                statement=statement,
                grounds=end["grounds"],
                unconditional=True,
                papers=[] if end["route"] == "asking" else [consent],
                by=self._filer(told),
                at=at,
            )
        self.endings[told["key"]] = made

    def _pass_ending(self, told: dict[str, Any], at: datetime) -> None:
        ending.pass_ending(ending=self.endings[told["key"]], by=self._examiner(told), at=at)

    def _approve_ending(self, told: dict[str, Any], at: datetime) -> None:
        ending.approve_ending(ending=self.endings[told["key"]], by=self.cast.actor("approver"), at=at)


def entries_of(told: dict[str, Any], calendar: Calendar, *, signed: str) -> dict[str, Any]:
    """Return what the filer types into the form."""
    words, mode = load("words"), FeeMode(told["fee"]["fee_mode"])
    if told.get("incomplete"):
        return dict(told["fee"])
    until = calendar.today + timedelta(days=told["until"]) if "until" in told else None
    return {
        **told["fee"],
        "payment_terms": words["payment_terms"][mode],
        "explanation": words["explanation"][mode],
        "term_mode": "until" if until else "months",
        "term_until": str(until or ""),
        "term_months": str(told.get("months", "")),
        "exploits_itself": mode is FeeMode.PER_UNIT,
        "undertakes_no_exclusive": True,
        "undertakes_open_to_all": True,
        "undertakes_keep_in_force": True,
        "undertakes_export_rules": True,
        "signed_name": signed,
    }
