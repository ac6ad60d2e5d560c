"""Choosing for whom one acts. Nothing is written but the session."""

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User
from accounts.queries import ACTING_SESSION_KEY, OFFICE, current_appointments, current_memberships


def switch_acting(session: SessionBase, user: User, organisation_id: UUID | None) -> bool:
    """Act for this organisation from now on, or for the office where none is given.

    Returns False, and changes nothing, where the person has no such capacity.
    """
    if organisation_id is None:
        if not current_appointments(user).exists():
            return False
        session[ACTING_SESSION_KEY] = OFFICE
        return True
    if not current_memberships(user).filter(organisation_id=organisation_id).exists():
        return False
    session[ACTING_SESSION_KEY] = str(organisation_id)
    return True
