"""The transactional outbox: the only way to send a task.

An action writes a row in its own transaction. A delivery takes rows with ``FOR UPDATE SKIP LOCKED``, runs the
topic's handler and marks the row done, all in one transaction: an effect in the database happens exactly once,
whatever becomes of worker or broker. The broker only rings the bell; a sweep by beat delivers without it.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from core.models import OutboxMessage

Handler = Callable[..., None]

MAX_ATTEMPTS = 5

log = logging.getLogger(__name__)
_handlers: dict[str, Handler] = {}


def handler(topic: str) -> Callable[[Handler], Handler]:
    """Register the function that delivers a topic. It gets the payload as keyword arguments (ids only).

    Raises:
        ValueError: the topic already has a handler.
    """

    def register(function: Handler) -> Handler:
        if topic in _handlers:
            raise ValueError(f"topic {topic} has two handlers")
        _handlers[topic] = function
        return function

    return register


def enqueue(topic: str, *, key: str, at: datetime, delay: timedelta = timedelta(0), **payload: Any) -> None:
    """Owe an effect: write the row now, ring the bell after the commit.

    ``key`` names the effect uniquely (``statement-announced:<id>``); a second row with the same key is not made.

    Raises:
        LookupError: no handler is registered for the topic.
    """
    if topic not in _handlers:
        raise LookupError(f"no handler for topic {topic}")
    message = OutboxMessage(topic=topic, key=key, payload=payload, due_at=at + delay)
    OutboxMessage.objects.bulk_create([message], ignore_conflicts=True)
    transaction.on_commit(ring)


def enqueue_many(
    topic: str, owed: Mapping[str, Mapping[str, Any]], *, at: datetime, delay: timedelta = timedelta(0)
) -> None:
    """Owe the same kind of effect many times: keys with their payloads, in one statement.

    Raises:
        LookupError: no handler is registered for the topic.
    """
    if topic not in _handlers:
        raise LookupError(f"no handler for topic {topic}")
    due = at + delay
    messages = [OutboxMessage(topic=topic, key=key, payload=dict(said), due_at=due) for key, said in owed.items()]
    OutboxMessage.objects.bulk_create(messages, ignore_conflicts=True, batch_size=1000)
    if messages:
        transaction.on_commit(ring)


def ring() -> None:
    """Tell a worker that rows are waiting. A broker that is away costs only time: the sweep comes by itself."""
    try:
        deliver_outbox.delay()
    except (OperationalError, OSError) as error:
        log.warning("broker away, the sweep will deliver: %s", error)


@shared_task(name="core.deliver_outbox")
def deliver_outbox() -> int:
    """Deliver what is due until nothing is left; return how many rows were delivered."""
    delivered = 0
    while deliver_one():
        delivered += 1
    return delivered


def deliver_one() -> bool:
    """Deliver the oldest due row that nobody else holds. Return False when there is none."""
    with transaction.atomic():
        message = (
            OutboxMessage.objects.select_for_update(skip_locked=True)
            .filter(done_at=None, parked_at=None, due_at__lte=timezone.now())
            .order_by("due_at", "id")
            .first()
        )
        if message is None:
            return False
        message.attempts += 1
        try:
            with transaction.atomic():
                _handlers[message.topic](**message.payload)
        except Exception as error:  # any failure of a handler counts as one try and is kept for staff to see
            log.exception("outbox %s failed, attempt %s", message.key, message.attempts)
            _postpone(message, error)
        else:
            message.done_at = timezone.now()
            message.last_error = ""
        message.save(update_fields=["attempts", "done_at", "parked_at", "due_at", "last_error"])
    return True


def _postpone(message: OutboxMessage, error: Exception) -> None:
    message.last_error = f"{type(error).__name__}: {error}"[:2000]
    if message.attempts >= MAX_ATTEMPTS:
        message.parked_at = timezone.now()
    else:
        message.due_at = timezone.now() + timedelta(seconds=2**message.attempts)
