"""The life of a license. It begins by law with notice and payment; nobody grants it (LAW 51(1))."""

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from core.legal import GL, PRACTICE, RULES
from core.lifecycle import Lifecycle, Transition
from licensing.enums import LicenseStatus as S

PARTIES = frozenset({Role.PATENTEE.value, Role.ENTERPRISE.value, Role.AGENCY.value})
SYSTEM = frozenset({Role.SYSTEM.value})

LICENSE = Lifecycle(
    name="license",
    title=_("License"),
    states=S,
    initial=S.IN_FORCE,
    transitions=(
        Transition(
            "expire", (S.IN_FORCE,), S.EXPIRED, SYSTEM, (RULES(85, 2), GL("V-11 §8")), _("Expire with its term")
        ),
        Transition(
            "terminate",
            (S.IN_FORCE,),
            S.TERMINATED,
            PARTIES,
            (PRACTICE("end of a license by agreement"),),
            _("End by agreement of both sides"),
        ),
    ),
)
