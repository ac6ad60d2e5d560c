"""The life of a change of a recorded filing: requested by a side or made by an examiner (O62; GL V-8 §1.3.2.7)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.roles import Role
from core.legal import GL, O62, PRACTICE, RULES
from core.lifecycle import Lifecycle, Transition
from licensing.enums import ChangeStatus as S

PARTIES = frozenset({Role.PATENTEE.value, Role.ENTERPRISE.value, Role.AGENCY.value})
EXAMINERS = frozenset({Role.EXAMINER.value})

FILING_CHANGE = Lifecycle(
    name="filing_change",
    title=_("Change of a filing"),
    states=S,
    initial=S.REQUESTED,
    transitions=(
        Transition(
            "record", (S.REQUESTED,), S.RECORDED, EXAMINERS, (O62(), GL("V-8 §1.3.2.7")), _("Record the change")
        ),
        Transition("refuse", (S.REQUESTED,), S.REFUSED, EXAMINERS, (O62(12),), _("Refuse the change with reasons")),
        Transition(
            "take_back",
            (S.REQUESTED,),
            S.TAKEN_BACK,
            PARTIES,
            (RULES(87),),
            pgettext_lazy("change of a filing", "Take the request back"),
        ),
        Transition(
            "close",
            (S.REQUESTED,),
            S.CLOSED,
            PARTIES | EXAMINERS,
            (PRACTICE("change of a recorded filing"),),
            _("Close with the end of the record"),
        ),
    ),
    turns={S.REQUESTED: Role.EXAMINER},
)
