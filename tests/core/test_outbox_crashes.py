"""The outbox between real processes: a broker that dies or forgets, a worker that is killed: nothing lost."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import redis
import requests

from config.devstack.places import Places
from config.devstack.ports import LOOPBACK, free_port
from config.devstack.processes import Child
from config.devstack.valkey import ValkeyServer
from core.models import Counter, OutboxMessage
from tests import live
from tests.core.outbox_process import COUNT, STALL

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Broker:
    """A Valkey of the test's own, so that no other worker hears its bell."""

    def __init__(self, folder) -> None:
        folder.mkdir()
        folder.chmod(0o711)
        places = Places(folder)
        places.prepare()
        self.server = ValkeyServer(places, throwaway=True)
        self.server.start()
        self.url = self.server.url

    def kill(self) -> None:
        os.killpg(self.server.child.process.pid, signal.SIGKILL)
        self.server.child.process.wait(10)

    @property
    def bells(self) -> int:
        with redis.Redis.from_url(self.url) as client:
            return client.llen("celery")

    def forget(self) -> None:
        with redis.Redis.from_url(self.url) as client:
            client.flushall()


@pytest.fixture
def broker(tmp_path_factory) -> Iterator[Broker]:
    broker = Broker(tmp_path_factory.mktemp("broker") / "var")
    yield broker
    broker.server.stop()


def environment(broker):
    return {**live.environment(), "REDIS_URL": broker.url}


def enqueue(broker, topic, key, **payload) -> float:
    """Owe an effect in another process; return the seconds its transaction took."""
    command = [sys.executable, "-m", "tests.core.outbox_process", "enqueue", topic, key, json.dumps(payload)]
    done = subprocess.run(
        command, env=environment(broker), cwd=live.ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return float(done.stdout.split()[-1])


@contextmanager
def worker(broker, folder, *, beat=False) -> Iterator[Child]:
    name = f"crash-{time.monotonic_ns()}"
    child = Child("Celery worker", folder / f"{name}.log", patience=20)
    words = ["-n", f"{name}@localhost", "--concurrency=1"]
    words += ["--beat", "--schedule", str(folder / "schedule")] if beat else []
    command = [sys.executable, "-m", "tests.core.outbox_process", "worker", *words]
    child.start(command, env=environment(broker), cwd=live.ROOT)
    try:
        live.wait_until(child, lambda: " ready." in child.said)
        yield child
    finally:
        child.stop()


def wait_for(done, seconds=40.0):
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, list(OutboxMessage.objects.values())
        time.sleep(0.05)


def delivered():
    return OutboxMessage.objects.exclude(done_at=None).exists()


def effects():
    return dict(Counter.objects.values_list("name", "value"))


def test_the_bell_wakes_a_worker_at_once(broker, tmp_path):
    with worker(broker, tmp_path):
        enqueue(broker, COUNT, "a", name="x")
        wait_for(delivered, seconds=8)  # sooner than the next sweep
    assert effects() == {"x": 1}


def test_an_act_succeeds_while_the_broker_is_dead(broker):
    broker.kill()
    seconds = enqueue(broker, COUNT, "a", name="x")
    assert OutboxMessage.objects.get().done_at is None
    assert seconds < 5


def test_a_request_succeeds_while_the_broker_is_dead(broker, tmp_path, cast):
    reader = cast.enterprise.user
    broker.kill()
    port = free_port()
    web = Child("gunicorn", tmp_path / "web.log", patience=20)
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{LOOPBACK}:{port}"]
    web.start(command, env=environment(broker), cwd=live.ROOT)
    try:
        live.wait_until(web, lambda: live.answers(port))
        with requests.Session() as session:
            address = f"http://{LOOPBACK}:{port}/account/password/reset/"
            session.get(address, timeout=30)
            form = {"email": reader.email, "csrfmiddlewaretoken": session.cookies["csrftoken"]}
            answer = session.post(address, data=form, timeout=30, allow_redirects=False)
        assert answer.status_code == 302, web.said[-3000:]
    finally:
        web.stop()
    assert OutboxMessage.objects.get().topic == "accounts.send_letter"


def test_a_broker_that_forgot_everything_costs_only_time(broker, tmp_path):
    enqueue(broker, COUNT, "a", name="x")
    assert broker.bells == 1
    broker.forget()
    assert broker.bells == 0
    with worker(broker, tmp_path, beat=True):
        wait_for(delivered)  # the sweep comes by itself
    assert effects() == {"x": 1}


def test_a_bell_rung_many_times_does_the_effect_once(broker, tmp_path):
    enqueue(broker, COUNT, "a", name="x")
    with redis.Redis.from_url(broker.url) as client:
        bell = client.lindex("celery", 0)
        client.lpush("celery", *[bell] * 20)
    with worker(broker, tmp_path):
        wait_for(lambda: broker.bells == 0 and delivered())
    assert effects() == {"x": 1}


def test_a_worker_killed_in_the_middle_leaves_nothing_half_done_and_the_next_does_it_once(broker, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    enqueue(broker, STALL, "a", name="x", gate=str(gate))
    with worker(broker, tmp_path) as first:
        wait_for((tmp_path / "gate.reached").exists)
        os.killpg(first.process.pid, signal.SIGKILL)  # the worker and its pool at once
        first.process.wait(10)
    message = OutboxMessage.objects.get()
    assert (message.done_at, message.attempts, effects()) == (None, 0, {})
    gate.unlink()
    with worker(broker, tmp_path, beat=True):
        wait_for(delivered)
    assert OutboxMessage.objects.get().attempts == 1
    assert effects() == {"x": 1}
