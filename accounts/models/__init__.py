"""People, organisations and what ties them together."""

from accounts.models.inbox import InboxMessage
from accounts.models.keys import ApiKey
from accounts.models.organisations import Invitation, Mandate, Membership, Organisation
from accounts.models.people import Appointment, User

__all__ = ["ApiKey", "Appointment", "InboxMessage", "Invitation", "Mandate", "Membership", "Organisation", "User"]
