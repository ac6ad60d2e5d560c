"""Tells the demo story, act by act in the order of time, each by whose act it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from accounts.models import User
from config.demo.batches import Sheets
from config.demo.calendar import Calendar
from config.demo.data import load
from config.demo.disputes import Disputes
from config.demo.licenses import Taking
from config.demo.people import Cast, make_cast
from config.demo.plans import Plans
from config.demo.register import MARK, confirm, identify_persons, note_facts, record, take_in
from config.demo.statements import Event, Filings
from core.lifecycle import Actor
from licensing.actions.clocks import run_clocks
from licensing.models import License
from mediation.actions.closing import close_overdue
from mediation.models import Case
from registry.actions.examining import lapse_overdue_corrections
from registry.actions.publishing import expire_statements, publish_issue
from registry.actions.rechecking import recheck_duties
from registry.models import BulletinIssue, Delivery, Patent, Statement

BEGINS_DAYS_AGO = 330
CLOCK = Actor.system("demo story")


@dataclass(frozen=True, slots=True)
class Told:
    """What the registry holds once the story is told."""

    people: int
    patents: int
    statements: int
    issues: int
    licenses: int
    cases: int


def is_told() -> bool:
    """Whether this registry holds the story."""
    return Delivery.objects.filter(name=MARK).exists()


def is_empty() -> bool:
    """Whether nobody and nothing has been entered in this registry yet."""
    return not (User.objects.exists() or Patent.objects.exists())


@transaction.atomic
def tell(*, now: datetime) -> Told:
    """Enter the whole story, or nothing of it; its last acts lie before ``now``."""
    calendar = Calendar(now)
    begins = calendar.ago(BEGINS_DAYS_AGO)
    patents = take_in(calendar, at=begins)
    cast = make_cast(at=begins)
    identify_persons(cast, at=begins)
    note_facts(patents, cast, at=begins)
    filings = Filings(cast, calendar, patents)
    taking = Taking(cast, calendar, filings)
    disputes = Disputes(cast, calendar, taking)
    events = [
        *Plans(filings, calendar).events(begins),
        *_clocks(calendar, begins),
        *filings.events(),
        *Sheets(cast, calendar, patents).events(),
        *_register_events(filings, calendar, cast),
        (calendar.early_on(calendar.today - timedelta(days=1)), partial(confirm, calendar)),
        *taking.events(),
        *disputes.events(),
    ]
    for at, act in sorted(events, key=lambda event: event[0]):
        act(at=at)
    return counts()


def counts() -> Told:
    """Return how much there is."""
    models: tuple[Any, ...] = (User, Patent, Statement, BulletinIssue, License, Case)
    return Told(*(model.objects.count() for model in models))


def _register_events(filings: Filings, calendar: Calendar, cast: Cast) -> Iterator[Event]:
    for event in load("register_events"):
        # What follows a step of a statement comes ten minutes after it.
        follows = "after" in event
        at = filings.time_of(event["after"], event["step"]) if follows else calendar.ago(event["days"])
        act = partial(record, filings.patents[event["patent"]], event, cast)
        yield at + timedelta(minutes=10 if follows else 0), act


def _clocks(calendar: Calendar, begins: datetime) -> Iterator[Event]:
    """Yield the issues of the bulletin and, on their mornings and on the last one, what time alone brings about."""
    issues = calendar.issues(begins.date())
    mornings = {*(issue.date() for issue in issues), calendar.today - timedelta(days=1)}
    yield from ((at, partial(_publish)) for at in issues)
    yield from ((calendar.early_on(day), partial(_daily)) for day in sorted(mornings))


def _publish(*, at: datetime) -> None:
    publish_issue(by=CLOCK, at=at)


def _daily(*, at: datetime) -> None:
    expire_statements(by=CLOCK, at=at)
    lapse_overdue_corrections(by=CLOCK, at=at)
    recheck_duties(by=CLOCK, at=at)
    run_clocks(by=CLOCK, at=at)
    close_overdue(by=CLOCK, at=at)
