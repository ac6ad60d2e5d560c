"""Reading the inbox."""

from datetime import datetime

from accounts.models import InboxMessage
from accounts.queries import messages_for
from core.lifecycle import Actor


def mark_read(message: InboxMessage, *, by: Actor, at: datetime) -> None:
    """Note when a notice was first opened; later openings leave that time alone.

    Raises:
        InboxMessage.DoesNotExist: it is not in the actor's inbox.
    """
    messages_for(by).get(pk=message.pk)
    if InboxMessage.objects.filter(pk=message.pk, read_at=None).update(read_at=at):
        message.read_at = at
