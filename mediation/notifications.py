"""Notices of this app: who is told what. None of them says anything that a paper, an answer or a session says.

A notice goes to the reader's own side only. Of a confidential paper or a separate session the other side gets no
notice at all, so that even their number stays unknown to it.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.notifications import notify, register
from core.rules import Text
from mediation.enums import Audience, Side
from mediation.models import Case
from mediation.queries.cases import current_mediators, eligible_mediators

_NOTICES: dict[str, tuple[Text, Text]] = {
    "requested": (
        _("Mediation case %(number)s: request received"),
        _("The office received the request. It decides by %(due_on)s whether to admit it."),
    ),
    "desk": (
        _("Mediation case %(number)s: a request waits"),
        _("A request for mediation waits for a decision until %(due_on)s."),
    ),
    "admitted": (
        _("Mediation case %(number)s: request admitted"),
        _("The request was admitted and the other side asked to answer by %(due_on)s."),
    ),
    "asked": (
        _("Mediation case %(number)s: your answer is needed"),
        _("The other side asks for mediation. Answer by %(due_on)s; silence counts as refusal (office practice)."),
    ),
    "assigned": (_("Mediation case %(number)s: you mediate it"), _("You were assigned to mediate this case.")),
    "needs-mediator": (
        _("Mediation case %(number)s needs a mediator"),
        _("The mediators of this case stepped down. Another one is needed."),
    ),
    "mediators": (
        _("Mediation case %(number)s: mediators changed"),
        _("The mediators of the case changed. The case page names them."),
    ),
    "not-admitted": (
        _("Mediation case %(number)s: request not admitted"),
        _("The office did not admit the request. The case page states the ground and its article."),
    ),
    "accepted": (
        _("Mediation case %(number)s: mediation begins"),
        _("The other side agrees to be mediated. The mediation normally ends by %(due_on)s."),
    ),
    "paper": (_("Mediation case %(number)s: a paper was handed in"), _("A paper was handed in that you may read.")),
    "session": (
        _("Mediation case %(number)s: a session was arranged"),
        _("You are invited to a session. The case page states time and place."),
    ),
    "session-canceled": (
        _("Mediation case %(number)s: a session was canceled"),
        _("A session to which you were invited was canceled."),
    ),
    "minutes": (
        _("Mediation case %(number)s: minutes are ready"),
        _("The minutes of a session that you may read are ready."),
    ),
    "proposal": (
        _("Mediation case %(number)s: an agreement is proposed"),
        _("The mediators propose an agreement. Read it and sign it if you agree."),
    ),
    "signed": (
        _("Mediation case %(number)s: the other side signed"),
        _("The other side signed the proposed agreement."),
    ),
    "agreed": (
        _("Mediation case %(number)s: the agreement is effective"),
        _("Both sides signed. They may jointly ask a court to confirm the agreement by %(due_on)s."),
    ),
    "consent": (
        _("Mediation case %(number)s: consent to an extension"),
        _("A side consents to extending the mediation."),
    ),
    "extended": (_("Mediation case %(number)s: extended"), _("The mediation now ends by %(due_on)s.")),
    "closed": (
        _("Mediation case %(number)s: closed"),
        _("The case is closed. The case page states why."),
    ),
}

for _code, (_subject, _body) in _NOTICES.items():
    register(f"mediation-{_code}", subject=_subject, body=_body)


def tell_side(
    case: Case, side: Side, code: str, *, at: datetime, about: UUID | None = None, due_on: date | None = None
) -> None:
    """Serve a notice on one side, and on its agency in the case. ``about`` tells two of one code apart."""
    agency_id = {Side.APPLICANT: case.applicant_agency_id, Side.RESPONDENT: case.respondent_agency_id}[side]
    for organisation_id in (case.party(side).pk, agency_id):
        if organisation_id is not None:
            _send(case, code, "mediation:case", at=at, about=about, due_on=due_on, organisation_id=organisation_id)


def tell_mediators(
    case: Case,
    code: str,
    *,
    at: datetime,
    about: UUID | None = None,
    due_on: date | None = None,
    but: UUID | None = None,
) -> None:
    """Serve a notice on each mediator of the case but one."""
    for mediator in current_mediators(case):
        if mediator.pk != but:
            _send(case, code, "mediation:docket_case", at=at, about=about, due_on=due_on, user_id=mediator.pk)


def tell_mediator(case: Case, user_id: UUID, code: str, *, at: datetime) -> None:
    """Serve a notice on one mediator."""
    _send(case, code, "mediation:docket_case", at=at, about=None, user_id=user_id)


def tell_desk(case: Case, code: str, *, at: datetime, about: UUID | None = None, due_on: date | None = None) -> None:
    """Serve a notice on every mediator who could take the case. It leads to the docket: a colleague may take it first."""
    for mediator in eligible_mediators(case):
        _send(case, code, "mediation:docket", at=at, about=about, due_on=due_on, user_id=mediator.pk)


def tell_readers(
    case: Case, audience: Audience, code: str, *, at: datetime, about: UUID, author: Side, author_id: UUID | None
) -> None:
    """Serve a notice on whoever may read something, but for its author: never on a side outside its audience."""
    for side in (Side.APPLICANT, Side.RESPONDENT):
        if side is not author and audience in (Audience.JOINT, Audience(side.value)) and is_served(case, side):
            tell_side(case, side, code, at=at, about=about)
    tell_mediators(case, code, at=at, about=about, but=author_id)


def tell_parties(case: Case, code: str, *, at: datetime, about: UUID | None = None, due_on: date | None = None) -> None:
    """Serve a notice on both sides, on the respondent only if it has heard of the case."""
    for side in (Side.APPLICANT, Side.RESPONDENT):
        if is_served(case, side):
            tell_side(case, side, code, at=at, about=about, due_on=due_on)


def is_served(case: Case, side: Side) -> bool:
    """Whether the side knows of the case: the respondent from its admission on."""
    return side is Side.APPLICANT or (case.decided_at is not None and not case.decline_ground)


def _send(
    case: Case, code: str, page: str, *, at: datetime, about: UUID | None, due_on: date | None = None, **addressee: Any
) -> None:
    to = next(iter(addressee.values()))
    params: dict[str, Any] = {"number": case.number}
    if due_on is not None:
        params["due_on"] = due_on.isoformat()
    notify(
        f"mediation-{code}",
        key=f"mediation-{code}:{case.pk}:{about or ''}:{to}",
        at=at,
        params=params,
        url=reverse(page, args=[] if page == "mediation:docket" else [case.pk]),
        **addressee,
    )
