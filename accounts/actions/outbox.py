"""Owed effects that failed five times and wait for a human."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Role
from accounts.rules import person_of, refusal
from core import audit, outbox
from core.lifecycle import Actor, WrongRole
from core.models import OutboxMessage


@transaction.atomic
def retry_parked(message: OutboxMessage, *, by: Actor, at: datetime) -> None:
    """Let a parked message be tried again from now on, five times as if it were new.

    Raises:
        WrongRole: only administrators do so.
        Refused: it is not parked.
    """
    if Role.ADMINISTRATOR not in by.roles:
        raise WrongRole("outbox", "retry", by.roles)
    locked = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    if locked.parked_at is None:
        raise refusal("P19", _("This message is not parked."))
    locked.parked_at = None
    locked.attempts = 0
    locked.due_at = at
    locked.save(update_fields=["parked_at", "attempts", "due_at"])
    administrator = User.objects.get(pk=person_of(by, "retry"))
    audit.record("retry outbox message", administrator, by=by, at=at, data={"key": locked.key, "topic": locked.topic})
    transaction.on_commit(outbox.ring)
