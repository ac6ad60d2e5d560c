"""Celery tasks and what the outbox delivers here: no arguments but ids, one call into an action, safe to run twice."""

import logging
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from core import outbox
from core.deadlines import law_date
from core.lifecycle import Actor
from registry.actions import rechecking
from registry.actions.batch_checking import check_portion, read_batch
from registry.actions.batch_papers import CHECK
from registry.actions.batch_submitting import SUBMIT, submit_consented, submit_portion
from registry.actions.batch_uploading import READ
from registry.actions.consenting import CONSENTED
from registry.actions.examining import lapse_overdue_corrections
from registry.actions.halting import PublicationHalted
from registry.actions.publishing import expire_statements, publish_issue
from registry.queries.calendar import is_issue_day

log = logging.getLogger(__name__)


@shared_task(name="registry.publish_bulletin")
def publish_bulletin(extra: bool = False) -> None:
    """Announce what is approved: on the issue days of the bulletin's calendar, or as an extra issue on any day."""
    at = timezone.now()
    if extra or is_issue_day(law_date(at)):
        try:
            publish_issue(by=Actor.system("bulletin"), at=at)
        except PublicationHalted as halted:
            log.warning("no issue today: %s", halted)


@shared_task(name="registry.expire_statements")
def expire() -> None:
    """Expire statements whose term is over."""
    expire_statements(by=Actor.system("expiry"), at=timezone.now())


@shared_task(name="registry.lapse_corrections")
def lapse_corrections() -> None:
    """Deem not submitted what was not corrected in time."""
    lapse_overdue_corrections(by=Actor.system("correction period"), at=timezone.now())


@shared_task(name="registry.recheck_duties")
def recheck_duties() -> None:
    """Close duties to withdraw whose statement has ended or whose bar has run out."""
    rechecking.recheck_duties(by=Actor.system("duties to withdraw"), at=timezone.now())


@outbox.handler(READ)
def read_batch_file(batch_id: str) -> None:
    """Read an uploaded spreadsheet into rows."""
    read_batch(batch_id=UUID(batch_id), at=timezone.now())


@outbox.handler(CHECK)
def check_batch(batch_id: str, after: int) -> None:
    """Judge the next rows of a batch."""
    check_portion(batch_id=UUID(batch_id), after=after, at=timezone.now())


@outbox.handler(SUBMIT)
def submit_batch_rows(batch_id: str, attempt: int, after: int) -> None:
    """Submit the next rows of a batch."""
    submit_portion(batch_id=UUID(batch_id), attempt=attempt, after=after, at=timezone.now())


@outbox.handler(CONSENTED)
def submit_consented_draft(statement_id: str) -> None:
    """Submit a draft of a batch if its last consent is in."""
    submit_consented(statement_id=UUID(statement_id), at=timezone.now())
