import os

from config import healthcheck


def test_beat_is_well_while_it_writes_its_schedule(tmp_path):
    schedule = tmp_path / "beat-schedule"
    assert not healthcheck.beat(schedule, now=1_000.0)
    schedule.touch()
    os.utime(schedule, (1_000, 1_000))
    assert healthcheck.beat(schedule, now=1_599.0)
    assert not healthcheck.beat(schedule, now=1_600.0)


def test_a_site_that_does_not_answer_is_ill():
    assert not healthcheck.web(port=1)


def test_a_site_that_answers_is_well(live_stack):
    port = int(live_stack.url.rsplit(":", 1)[1])
    assert healthcheck.web(port)
