"""Celery tasks: ids in, one call into an action, safe to run twice."""

from celery import shared_task
from django.utils import timezone

from core.lifecycle import Actor
from licensing.actions.clocks import run_clocks


@shared_task(name="licensing.expire_licenses")
def expire_licenses() -> dict[str, int]:
    """Expire licenses, close notices, remind of filings; return how many of each."""
    return run_clocks(by=Actor.system("licensing"), at=timezone.now())
