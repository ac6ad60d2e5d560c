"""How far a case has come: whose turn it is, until when, and what has happened, as one reader may know it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from core import audit
from core.legal import Citation
from core.rules import Text
from mediation.enums import CaseStatus, Side
from mediation.lifecycles import CASE
from mediation.models import Case
from mediation.permissions import Standing


@dataclass(frozen=True, slots=True)
class Turn:
    """Who has to act, what for, and the last day for it."""

    who: Text
    what: Text
    until: date | None


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline."""

    label: Text
    at: datetime | None
    who: Text = ""
    article: Citation | str = ""
    note: Text = ""
    state: str = "done"


_OTHER_EVENTS: dict[str, Text] = {
    "begin_request": _("Draft begun"),
    "assign_mediator": _("Mediator assigned"),
    "recuse": _("A mediator stepped down"),
    "appoint_agency": _("Agency of a side changed"),
    "consent_to_extension": _("Consent to an extension"),
    "propose_agreement": _("Agreement proposed"),
    "sign_agreement": _("Agreement signed by a side"),
}
# Before the respondent heard of the case; its timeline begins with the request itself.
_APPLICANTS_OWN = frozenset({"begin_request"})


def turn(case: Case, reader: Standing, *, signed: frozenset[Side] | None = None) -> Turn | None:
    """Return whose turn it is, or None when the case is over. ``signed``: who signed the proposed text, if one is."""
    office = _("you, the office") if reader in (Standing.MEDIATOR, Standing.DESK) else _("the office")
    if case.status == CaseStatus.DRAFT:
        return Turn(_("you, the applicant"), _("Complete the request and send it."), None)
    if case.status == CaseStatus.REQUESTED:
        return Turn(office, _("Decide whether to admit the request."), case.admission_due_on)
    if case.status == CaseStatus.ASKED:
        who = _("you, the respondent") if reader is Standing.RESPONDENT else _("the respondent")
        return Turn(
            who, _("Agree to be mediated, or refuse. Silence counts as refusal (office practice)."), case.reply_due_on
        )
    if case.status == CaseStatus.IN_MEDIATION:
        return _turn_in_mediation(case, reader, office, signed)
    return None


def _turn_in_mediation(case: Case, reader: Standing, office: Text, signed: frozenset[Side] | None) -> Turn:
    if signed is None:
        what = _("Hear both sides and propose an agreement, or close the case.")
        return Turn(office, what, case.ends_due_on)
    waiting = [side for side in (Side.APPLICANT, Side.RESPONDENT) if side not in signed]
    if reader.value in waiting:
        return Turn(_("you"), _("Read the proposed agreement and sign it if you agree."), case.ends_due_on)
    who = _("both sides") if len(waiting) == 2 else waiting[0].label
    return Turn(who, _("Sign the proposed agreement."), case.ends_due_on)


def timeline(case: Case, reader: Standing) -> list[Event]:
    """Return what both sides may know of the case's course. Papers and sessions are left out: they have readers."""
    titles = {row.event: row for row in CASE.transitions}
    events = []
    for row in audit.history(case):
        if row.event in _APPLICANTS_OWN and reader is not Standing.APPLICANT:
            continue
        step = titles.get(row.event)
        if step is None and row.event not in _OTHER_EVENTS:
            continue
        events.append(
            Event(
                label=step.title if step else _OTHER_EVENTS[row.event],
                at=row.at,
                who=row.actor_label if row.actor_user_id else _("the system"),
                article=step.basis[0] if step else "",
            )
        )
    if case.is_closed:
        events.append(Event(case.get_status_display(), case.closed_at, note=case.get_closing_ground_display()))
    else:
        events.append(Event(case.get_status_display(), None, state="current"))
    return events
