"""The life of a licensee's notice, from service to license (LAW 51(1); GL V-11 §6)."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import GL, LAW, PRACTICE
from core.lifecycle import Lifecycle, Transition
from licensing.enums import NoticeStatus as S

# The patentee's receipt is evidence of payment; it is never a consent, so the step is the same one.
PAYERS = frozenset({Role.ENTERPRISE.value, Role.PATENTEE.value, Role.AGENCY.value})
LICENSEES = frozenset({Role.ENTERPRISE.value})
SYSTEM = frozenset({Role.SYSTEM.value})

NOTICE = Lifecycle(
    name="notice",
    title=_("Notice to the patentee"),
    states=S,
    initial=S.WAITING,
    transitions=(
        Transition(
            "complete", (S.WAITING,), S.COMPLETED, PAYERS, (LAW(51, 1), GL("V-11 §6")), _("Complete with the payment")
        ),
        Transition("cancel", (S.WAITING,), S.CANCELED, LICENSEES, (LAW(51, 1),), _("Take the notice back")),
        Transition(
            "close",
            (S.WAITING,),
            S.CLOSED,
            SYSTEM,
            (LAW(50, 2), PRACTICE("proof of payment after the end of a statement")),
            _("Close without license"),
        ),
    ),
    turns={S.WAITING: Role.ENTERPRISE},
)
