"""The life of a filing: submitted by either side, recorded or refused by an examiner (RULES 15(2), 87; O62)."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import GL, O62, PRACTICE, RULES
from core.lifecycle import Lifecycle, Transition
from licensing.enums import FilingStatus as S

PARTIES = frozenset({Role.PATENTEE.value, Role.ENTERPRISE.value, Role.AGENCY.value})
EXAMINERS = frozenset({Role.EXAMINER.value})

FILING = Lifecycle(
    name="filing",
    title=_("Filing of a license"),
    states=S,
    initial=S.SUBMITTED,
    transitions=(
        Transition("take_back", (S.SUBMITTED,), S.TAKEN_BACK, PARTIES, (RULES(87),), _("Take the filing back")),
        Transition("record", (S.SUBMITTED,), S.RECORDED, EXAMINERS, (O62(11), GL("V-11 §7")), _("Record the license")),
        Transition("refuse", (S.SUBMITTED,), S.REFUSED, EXAMINERS, (O62(12),), _("Refuse with reasons")),
        Transition("revoke", (S.RECORDED,), S.REVOKED, EXAMINERS, (O62(12),), _("Revoke the record")),
        Transition(
            "cancel",
            (S.RECORDED,),
            S.CANCELED,
            PARTIES | EXAMINERS,
            (GL("V-11 §7"), PRACTICE("cancellation of a filing")),
            _("Cancel the record of an ended license"),
        ),
    ),
    turns={S.SUBMITTED: Role.EXAMINER},
)
