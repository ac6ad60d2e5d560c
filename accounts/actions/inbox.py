"""Reading the inbox."""

from datetime import datetime

from accounts.models import InboxMessage


def mark_read(message: InboxMessage, *, at: datetime) -> None:
    """Note when a notice was first opened; later openings leave that time alone."""
    if InboxMessage.objects.filter(pk=message.pk, read_at=None).update(read_at=at):
        message.read_at = at
