"""The life of a rectification: an error in an announced entry put right by a new entry (GL V-8 §1.3.2.17)."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import GL, PRACTICE
from core.lifecycle import Lifecycle, Transition
from registry.enums import RectificationStatus as S

APPROVERS = frozenset({Role.APPROVER.value})

RECTIFICATION = Lifecycle(
    name="rectification",
    title=_("Rectification of an entry"),
    states=S,
    initial=S.PROPOSED,
    transitions=(
        Transition(
            "approve", (S.PROPOSED,), S.APPROVED, APPROVERS, (GL("V-8 §1.3.2.17"),), _("Approve for the next issue")
        ),
        Transition(
            "decline", (S.PROPOSED,), S.DECLINED, APPROVERS, (PRACTICE("four eyes"),), _("Decline with reasons")
        ),
    ),
    turns={S.PROPOSED: Role.APPROVER},
)
