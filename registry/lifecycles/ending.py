"""The life of an ending: withdrawal by the patentee, end or revocation by the office (GL V-11 §4)."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import FAQ3, GL, LAW, PRACTICE
from core.lifecycle import Lifecycle, Transition
from registry.enums import EndingStatus as S

FILERS = frozenset({Role.PATENTEE.value, Role.AGENCY.value})
EXAMINERS = frozenset({Role.EXAMINER.value})
APPROVERS = frozenset({Role.APPROVER.value})
SYSTEM = frozenset({Role.SYSTEM.value})

ENDING = Lifecycle(
    name="ending",
    title=_("Ending of a statement"),
    states=S,
    initial=S.PREPARED,
    transitions=(
        Transition(
            "submit",
            (S.PREPARED,),
            S.REQUESTED,
            FILERS,
            (LAW(14), GL("V-11 §4"), FAQ3("Q25")),
            _("Submit with the consent of all patentees"),
        ),
        Transition("pass", (S.REQUESTED,), S.PASSED, EXAMINERS, (GL("V-11 §4"),), _("Pass to approval")),
        Transition(
            "send_back", (S.PASSED,), S.REQUESTED, APPROVERS, (PRACTICE("four eyes"),), _("Send back to the examiner")
        ),
        Transition("approve", (S.PASSED,), S.APPROVED, APPROVERS, (GL("V-11 §4"),), _("Approve for announcement")),
        Transition(
            "hold", (S.APPROVED,), S.REQUESTED, SYSTEM, (GL("V-11 §4"),), _("Hold back: no ground stands any more")
        ),
        Transition("refuse", (S.REQUESTED,), S.REFUSED, EXAMINERS, (GL("V-11 §4"),), _("Refuse with reasons")),
        Transition(
            "cancel", (S.PREPARED, S.REQUESTED, S.PASSED), S.CANCELED, FILERS, (LAW(50, 2),), _("Take the request back")
        ),
        Transition(
            "announce", (S.APPROVED,), S.ANNOUNCED, SYSTEM, (LAW(50, 2), GL("V-11 §4")), _("Announce in the bulletin")
        ),
    ),
    turns={S.PREPARED: Role.PATENTEE, S.REQUESTED: Role.EXAMINER, S.PASSED: Role.APPROVER, S.APPROVED: Role.SYSTEM},
)
