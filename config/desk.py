"""The start page of the examination desk: the day's heaps of every app for one person."""

from datetime import datetime

from core.lifecycle import Actor
from licensing.queries import day as licensing_day
from registry.queries import day as registry_day
from registry.queries.day import DayLine


def day_of(actor: Actor, *, at: datetime) -> list[DayLine]:
    """Return what lies where, for this person's roles."""
    return [*registry_day.day_of(actor, at=at), *licensing_day.day_of(actor, at=at)]
