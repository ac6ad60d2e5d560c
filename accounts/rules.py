"""Rules about people and organisations. Pure. They are the registry's own order, not articles of law, and say so by
carrying none."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.roles import EXCLUSIVE_ROLES, OFFICE_ROLES, Role
from core.lifecycle import Actor, WrongRole
from core.rules import Refused, Severity, Text, Violation

_TITLE = _("People and organisations")


def refusal(rule: str, message: Text, *, remedy: Text = "", field: str = "") -> Refused:
    """Return the refusal of an act for one reason."""
    return Refused([Violation(rule, _TITLE, Severity.BAR, (), message, remedy, field)])


def person_of(by: Actor, what: str) -> UUID:
    """Return who acts, for acts that only a person can do.

    Raises:
        WrongRole: the system acts by itself.
    """
    if by.user_id is None:
        raise WrongRole("people and organisations", what, by.roles)
    return by.user_id


def appointable(role: str, *, held: Iterable[str], province: str) -> None:
    """Whoever runs the system or watches it holds no other office; a provincial officer has a province, others none.

    Raises:
        Refused: the appointment would break this.
    """
    if role not in OFFICE_ROLES:
        raise refusal("P1", _("This role is not one of the office."), field="role")
    current = set(held)
    if role in current:
        raise refusal("P2", _("This person already holds this role."), field="role")
    if current and (role in EXCLUSIVE_ROLES or current & EXCLUSIVE_ROLES):
        raise refusal(
            "P3",
            _("Auditors and administrators hold no other office."),
            remedy=_("End the other appointments first, or choose somebody else."),
            field="role",
        )
    if (role == Role.OFFICER) != bool(province):
        raise refusal("P4", _("A provincial officer, and nobody else, is appointed for a province."), field="province")
