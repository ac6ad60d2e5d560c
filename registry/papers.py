"""What a paper from the office says: its words, its articles, its time limit and its remedy, in the language of the law.

Pure composition from a statement and what was decided; the words are kept with the paper as they are made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.dates import format_date
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from accounts.models import User
from core.deadlines import law_date
from core.legal import GL, LAW, PRACTICE, RULES, Citation, setting
from core.rules import Text, Violation
from registry.enums import OfficePaperKind as K
from registry.models import Ending, Statement
from registry.queries.facts import owners_of
from registry.queries.log import announcement_proof
from registry.rules.periods import remedies

# The law wants Chinese (Guidelines V-1, section 3).
LANGUAGE = "zh-hans"
_PROOF = _(
    "Proof of the announcement of the statement: issue and entry, leaf, number in the log, root signed with that issue"
)


FROM_SERVICE = _(
    "The period runs from the day on which this paper enters your inbox, which is the day of service. A period that ends"
    " on a day of rest ends on the next working day (Implementing Rules 4 and 5)."
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words of one kind of paper. ``adverse``: it names the remedies (Guidelines V-6, section 1.2);
    ``counted``: from when its time limit runs."""

    paragraphs: tuple[Text, ...]
    basis: tuple[Citation, ...]
    adverse: bool = False
    counted: Text = FROM_SERVICE


WORDINGS: dict[str, Wording] = {
    K.ACCEPTANCE: Wording(
        (
            _(
                "The office has received your open license statement and accepts it for examination. Quote the statement"
                " number in everything you send about it."
            ),
            _(
                "The statement takes effect only on the day on which it is announced in the bulletin. Until then you may"
                " cancel it."
            ),
        ),
        (LAW(50, 1), RULES(85), GL("V-11 §3.4")),
    ),
    K.CORRECTION: Wording(
        (
            _(
                "On examination, the open license statement does not meet the requirements for the reasons below. Correct"
                " it on its page within the time limit."
            ),
            _("Where no correction is sent in time, the statement is deemed not submitted."),
        ),
        (RULES(85), GL("V-1 §4"), PRACTICE("correction period")),
    ),
    K.EXTENSION: Wording(
        (
            _(
                "You asked in time for more time to correct the open license statement; the period is extended once."
                " Correct the statement on its page by the new last day."
            ),
            _("Where no correction is sent in time, the statement is deemed not submitted."),
        ),
        (GL("V-7 §4"), PRACTICE("correction period")),
        counted=_(
            "The extended period is counted from the day on which the request for correction was served. A period that"
            " ends on a day of rest ends on the next working day (Implementing Rules 4 and 5)."
        ),
    ),
    K.APPROVAL: Wording(
        (
            _(
                "On examination, the open license statement meets the requirements. It will be announced in the next"
                " issue of the bulletin, after every bar has been checked once more, and takes effect on the day of its"
                " announcement."
            ),
        ),
        (LAW(50, 1), GL("V-11 §3.4"), GL("V-11 §3.5")),
    ),
    K.ANNOUNCEMENT: Wording(
        (
            _(
                "The open license statement has been announced in the bulletin and is effective from the day of the"
                " announcement. Whoever notifies you in writing and pays the announced fee obtains a license."
            ),
            _(
                "While it is in effect no exclusive or sole license may be granted. If a bar arises, withdraw the"
                " statement promptly and notify the licensees."
            ),
        ),
        (LAW(50), LAW(51), GL("V-11 §3.5")),
    ),
    K.REFUSAL: Wording(
        (_("On examination, the open license statement is not announced, for the reasons below."),),
        (RULES(85), RULES(86), GL("V-11 §3.4")),
        adverse=True,
    ),
    K.NOT_SUBMITTED: Wording(
        (
            _(
                "The open license statement was not corrected within the time limit and is deemed not submitted. You may"
                " submit a new statement."
            ),
        ),
        (GL("V-1 §4"),),
        adverse=True,
    ),
    K.WITHDRAWAL_APPROVED: Wording(
        (
            _(
                "The withdrawal of the open license statement is granted. It will be announced in the next issue of the"
                " bulletin and takes effect on the day of its announcement."
            ),
            _("Licenses obtained before the announcement stay valid."),
        ),
        (LAW(50, 2), GL("V-11 §4")),
    ),
    K.WITHDRAWAL_REFUSED: Wording(
        (
            _(
                "The withdrawal of the open license statement is refused for the reasons below. The statement stays in"
                " effect."
            ),
        ),
        (LAW(50, 2), GL("V-11 §4")),
        adverse=True,
    ),
    K.TERMINATION: Wording(
        (
            _(
                "The office ends the open license statement on the grounds below. The end will be announced in the next"
                " issue of the bulletin and takes effect on the day of its announcement."
            ),
            _("Licenses obtained before the announcement stay valid."),
        ),
        (RULES(86), GL("V-11 §4")),
        adverse=True,
    ),
    K.REVOCATION: Wording(
        (
            _(
                "The office revokes the open license statement on the grounds below, because it should not have been"
                " announced. The revocation will be announced in the next issue of the bulletin."
            ),
        ),
        (RULES(86), RULES(88), GL("V-11 §3.4")),
        adverse=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What the act adds to the fixed words."""

    reasons: str = ""
    violations: tuple[Violation, ...] = ()
    due_on: date | None = None
    signers: tuple[tuple[Text, User | None], ...] = ()


def content_of(kind: K, statement: Statement, said: Said, *, number: str, on: date) -> dict[str, Any]:
    """Return everything the paper says, as JSON-ready text in Chinese."""
    wording = WORDINGS[kind]
    with override(LANGUAGE):
        return {
            "kind": kind.value,
            "title": str(kind.label),
            "office": str(_("Patent Open License Registry")),
            "number_label": str(_("No.")),
            "number": number,
            "addressee": _addressee(statement),
            "facts": [{"label": str(label), "value": value} for label, value in _facts(statement)],
            "paragraphs": [str(text) for text in wording.paragraphs],
            "reasons_label": str(_("Reasons")),
            "reasons": [line.strip() for line in said.reasons.splitlines() if line.strip()],
            "grounds_label": str(_("What stands against the statement")),
            "grounds": [_ground(item) for item in said.violations],
            "due": _due(said.due_on, wording.counted),
            "remedy_label": str(_("Remedies")),
            "remedy": [str(text) for text in _remedies(on)] if wording.adverse else [],
            "basis_label": str(_("Legal basis")),
            "basis": [str(citation) for citation in wording.basis],
            "signers": [{"label": str(label), "value": str(who)} for label, who in said.signers if who],
            "issued_on": _day(on),
            "proof_label": str(_PROOF),
            "proof": _proof(statement),
        }


def decision_on(ending: Ending) -> K:
    """Return the kind of paper that tells of an approved ending."""
    return {"withdrawal": K.WITHDRAWAL_APPROVED, "termination": K.TERMINATION, "revocation": K.REVOCATION}[ending.kind]


def _addressee(statement: Statement) -> str:
    names = [statement.filed_by.name]
    if statement.agency is not None:
        names.append(str(_("through %(agency)s") % {"agency": statement.agency.name}))
    return "，".join(names)


def _facts(statement: Statement) -> Iterable[tuple[Text, str]]:
    patent = statement.patent
    yield _("Statement number"), statement.number
    yield _("Patent number"), f"ZL{patent.number}"
    yield _("Title"), patent.title
    yield _("Patentees"), "、".join(owner.name for owner in owners_of(patent))
    if statement.submitted_at is not None:
        yield pgettext_lazy("day", "Submitted"), _day(law_date(statement.submitted_at))
    if statement.effective_on is not None:
        yield _("Effective date"), _day(statement.effective_on)


def _ground(item: Violation) -> dict[str, Any]:
    return {"message": str(item.message), "remedy": str(item.remedy), "basis": [str(one) for one in item.basis]}


def _due(due_on: date | None, counted: Text) -> dict[str, str] | None:
    if due_on is None:
        return None
    return {
        "label": str(_("Time limit")),
        "value": str(_("Last day: %(day)s") % {"day": _day(due_on)}),
        "note": str(counted),
    }


def _proof(statement: Statement) -> list[str]:
    """Where the announced statement that the paper speaks of stands in the log; nothing before its announcement."""
    if statement.announced_in is None:
        return []
    proof = announcement_proof(statement)
    place = f"{proof.issue} / {proof.entry.position}"
    return [place, proof.entry.content_hash, f"{proof.index + 1} / {proof.issue.tree_size}", proof.issue.root_hash]


def _remedies(on: date) -> Iterable[Text]:
    """Both remedies, each with its last day, counted from service: the day on which the paper is sent."""
    last = remedies(on)
    yield _(
        "You may ask for administrative reconsideration within %(days)s days of service, until %(reconsideration)s, or"
        " bring a suit before the people's court within %(months)s months of service, until %(suit)s."
    ) % {
        "days": setting("reconsideration_days", on=on).whole,
        "reconsideration": _day(last.reconsideration_by),
        "months": setting("suit_months", on=on).whole,
        "suit": _day(last.suit_by),
    }


def _day(day: date) -> str:
    return format_date(day, "long", locale="zh_Hans_CN")
