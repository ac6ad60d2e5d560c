"""The life of an open license statement: state, event, role and article."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import GL, LAW, PRACTICE, RULES, Citation
from core.lifecycle import Lifecycle, Transition
from core.rules import Text
from registry.enums import StatementStatus as S

FILERS = frozenset({Role.PATENTEE.value, Role.AGENCY.value})
EXAMINERS = frozenset({Role.EXAMINER.value})
APPROVERS = frozenset({Role.APPROVER.value})
SYSTEM = frozenset({Role.SYSTEM.value})


def _row(
    event: str,
    sources: tuple[str, ...],
    target: str,
    roles: frozenset[str],
    basis: tuple[Citation, ...],
    title: Text,
) -> Transition:
    return Transition(event, sources, target, roles, basis, title)


STATEMENT = Lifecycle(
    name="statement",
    title=_("Open license statement"),
    states=S,
    initial=S.DRAFT,
    transitions=(
        _row("discard", (S.DRAFT,), S.DISCARDED, FILERS, (LAW(50, 1),), _("Discard the draft")),
        _row("submit", (S.DRAFT,), S.SUBMITTED, FILERS, (LAW(50, 1), RULES(85)), _("Submit the statement")),
        _row("claim", (S.SUBMITTED,), S.EXAMINING, EXAMINERS, (GL("V-11 §3.4"),), _("Take it for examination")),
        _row("hand_back", (S.EXAMINING,), S.SUBMITTED, EXAMINERS, (PRACTICE("examination queue"),), _("Hand it back")),
        _row(
            "reassign",
            (S.EXAMINING,),
            S.EXAMINING,
            APPROVERS,
            (PRACTICE("examination queue"),),
            _("Give it to another examiner"),
        ),
        _row(
            "reassign",
            (S.CORRECTION,),
            S.CORRECTION,
            APPROVERS,
            (PRACTICE("examination queue"),),
            _("Give it to another examiner"),
        ),
        _row(
            "release",
            (S.EXAMINING,),
            S.SUBMITTED,
            APPROVERS,
            (PRACTICE("examination queue"),),
            _("Put it back into the queue"),
        ),
        _row(
            "request_correction",
            (S.EXAMINING,),
            S.CORRECTION,
            EXAMINERS,
            (GL("V-1 §4"), PRACTICE("correction period")),
            _("Ask for correction"),
        ),
        _row(
            "extend",
            (S.CORRECTION,),
            S.CORRECTION,
            FILERS,
            (GL("V-7 §4"), PRACTICE("extension of a correction period asked for in time")),
            _("Extend the correction period"),
        ),
        _row("correct", (S.CORRECTION,), S.EXAMINING, FILERS, (GL("V-1 §4"),), _("Submit the correction")),
        _row("lapse", (S.CORRECTION,), S.LAPSED, SYSTEM, (GL("V-1 §4"),), _("Deem not submitted")),
        _row(
            "cancel",
            (S.SUBMITTED, S.EXAMINING, S.CORRECTION, S.PASSED, S.REFUSAL_PROPOSED, S.APPROVED, S.HELD),
            S.CANCELED,
            FILERS,
            (LAW(50, 1),),
            _("Cancel before announcement"),
        ),
        _row("pass", (S.EXAMINING,), S.PASSED, EXAMINERS, (GL("V-11 §3.4"),), _("Pass to approval")),
        _row(
            "propose_refusal",
            (S.EXAMINING,),
            S.REFUSAL_PROPOSED,
            EXAMINERS,
            (RULES(86), GL("V-11 §3.4")),
            _("Propose refusal"),
        ),
        _row(
            "send_back",
            (S.PASSED, S.REFUSAL_PROPOSED),
            S.EXAMINING,
            APPROVERS,
            (PRACTICE("four eyes"),),
            _("Send back to the examiner"),
        ),
        _row("approve", (S.PASSED,), S.APPROVED, APPROVERS, (GL("V-11 §3.4"),), _("Approve for announcement")),
        _row(
            "refuse", (S.REFUSAL_PROPOSED,), S.REFUSED, APPROVERS, (RULES(86), GL("V-11 §3.4")), _("Refuse to announce")
        ),
        _row("hold", (S.APPROVED,), S.HELD, SYSTEM, (RULES(86),), _("Hold back at publication")),
        _row("resume", (S.HELD,), S.EXAMINING, EXAMINERS, (GL("V-11 §3.4"),), _("Resume examination")),
        _row("announce", (S.APPROVED,), S.ANNOUNCED, SYSTEM, (LAW(50, 1), GL("V-11 §3.5")), _("Announce")),
        _row("withdraw", (S.ANNOUNCED,), S.WITHDRAWN, SYSTEM, (LAW(50, 2), GL("V-11 §4")), _("Announce withdrawal")),
        _row("end", (S.ANNOUNCED,), S.ENDED, SYSTEM, (GL("V-11 §4"),), _("Announce the end by the office")),
        _row("revoke", (S.ANNOUNCED,), S.REVOKED, SYSTEM, (GL("V-11 §3.4"),), _("Announce the revocation")),
        _row("expire", (S.ANNOUNCED,), S.EXPIRED, SYSTEM, (RULES(85), GL("V-9 §4.1")), _("Expire at the end of term")),
    ),
    turns={
        S.DRAFT: Role.PATENTEE,
        S.SUBMITTED: Role.EXAMINER,
        S.EXAMINING: Role.EXAMINER,
        S.CORRECTION: Role.PATENTEE,
        S.PASSED: Role.APPROVER,
        S.REFUSAL_PROPOSED: Role.APPROVER,
        S.APPROVED: Role.SYSTEM,
        S.HELD: Role.EXAMINER,
    },
)
