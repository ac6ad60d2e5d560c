"""What beat rings, and when: every periodic task has its duty, and the bulletin is tried throughout its day."""

from datetime import UTC, datetime, timedelta

import time_machine

from config.celery import app
from tests.house import tree

MIDNIGHT = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)  # a Tuesday begins in Shanghai


def rung(duty: str) -> list[str]:
    """Return the times of a day in Shanghai at which beat rings for a duty."""
    schedule, times = app.conf.beat_schedule[duty]["schedule"], []
    last = MIDNIGHT - timedelta(minutes=1)
    for minute in range(24 * 60):
        now = MIDNIGHT + timedelta(minutes=minute)
        with time_machine.travel(now, tick=False):
            if schedule.is_due(last).is_due:
                last = now
                times.append(f"{minute // 60:02}:{minute % 60:02}")
    return times


def test_beat_rings_every_periodic_task_and_nothing_that_is_none():
    app.loader.import_default_modules()
    tasks = {name for name in app.tasks if name.split(".")[0] in tree.APPS}
    assert tasks == {row["task"] for row in app.conf.beat_schedule.values()}


def test_the_bulletin_is_tried_every_hour_and_what_has_run_out_is_found_at_night():
    assert rung("announce approved statements") == [f"{hour:02}:05" for hour in range(24)]
    nightly = (
        "expire statements",
        "lapse uncorrected statements",
        "look after duties to withdraw",
        "expire licenses",
        "watch mediation clocks",
    )
    assert [rung(duty) for duty in nightly] == [["00:15"], ["00:20"], ["00:22"], ["00:25"], ["00:35"]]
