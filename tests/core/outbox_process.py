"""A process of its own that owes or delivers effects: ``enqueue TOPIC KEY JSON`` or ``worker``.

It knows two topics besides the product's. Their effect is a row in the database, so that doubling or losing it shows.
"""

import json
import sys
import time
from pathlib import Path

import django

COUNT, STALL = "test.count", "test.stall"


def register() -> None:
    """Make the two topics known in this process."""
    from core import outbox
    from core.references import next_number

    @outbox.handler(COUNT)
    def count(name: str) -> None:
        next_number(name)

    @outbox.handler(STALL)
    def stall(name: str, gate: str) -> None:
        """Do the effect, say so, and do not end while the gate is closed."""
        next_number(name)
        Path(gate + ".reached").touch()
        while Path(gate).exists():
            time.sleep(0.02)


def enqueue(topic: str, key: str, payload: str) -> None:
    """Owe one effect in a transaction of its own; prints how long that took."""
    from django.db import transaction
    from django.utils import timezone

    from core import outbox

    begun = time.monotonic()
    with transaction.atomic():
        outbox.enqueue(topic, key=key, at=timezone.now(), **json.loads(payload))
    print(f"{time.monotonic() - begun:.3f}")


def worker(*arguments: str) -> None:
    """Run a real Celery worker of the product until it is ended."""
    from config import celery_app

    celery_app.worker_main(["worker", "--loglevel=INFO", "--without-gossip", "--without-mingle", *arguments])


if __name__ == "__main__":
    django.setup()
    register()
    {"enqueue": enqueue, "worker": worker}[sys.argv[1]](*sys.argv[2:])
