"""``make run`` itself: the whole stack, started, used, broken and stopped."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest

from config.demo.people import demo_people
from config.devstack.places import Places
from config.devstack.ports import LOOPBACK, free_port
from tests.live import ROOT

pytestmark = pytest.mark.slow


class Run:
    """One ``python -m config.devstack`` as at a terminal: a process group of its own, words read from its output."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.port = free_port()
        self.output = var.parent / f"output-{time.monotonic_ns()}"
        environment = {**os.environ, "VAR_DIR": str(var), "WEB_PORT": str(self.port)}
        # The variables of the test run itself would turn its settings and servers into those of the stack.
        for name in ("DJANGO_SETTINGS_MODULE", "PYTEST_CURRENT_TEST", "PUBLIC_BASE_URL"):
            environment.pop(name, None)
        self.began = time.monotonic()
        with self.output.open("w") as file:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.devstack"],
                cwd=ROOT, env=environment, stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip

    @property
    def said(self) -> str:
        return self.output.read_text()

    def wait_for(self, words: str, seconds: float = 600) -> float:
        """Return the seconds from the start until the words were said."""
        deadline = time.monotonic() + seconds
        while words not in self.said:
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{words!r} was not said:\n{self.said}")
            time.sleep(0.05)
        return time.monotonic() - self.began

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Press Ctrl-C (every process of the terminal's group gets the signal) and return the exit code."""
        os.killpg(self.process.pid, number)
        return self.process.wait(90)

    def status(self, path: str) -> int:
        link = http.client.HTTPConnection(LOOPBACK, self.port, timeout=30)
        link.request("GET", path)
        status = link.getresponse().status
        link.close()
        return status


@contextmanager
def running(var: Path) -> Iterator[Run]:
    run = Run(var)
    try:
        run.wait_for("The registry is open")
        yield run
    finally:
        if run.process.poll() is None:
            run.process.kill()
            run.process.wait()


def stack_processes(var: Path) -> dict[int, str]:
    """Return the live processes that were given the folder, by command line or environment."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes()
            given = words + (entry / "environ").read_bytes()
        except OSError:
            continue
        if words and str(var).encode() in given and int(entry.name) != os.getpid():
            found[int(entry.name)] = words.replace(b"\0", b" ").decode("utf-8", "replace")
    return found


def slowness() -> float:
    """Return how many seconds pass here for one second of work: 1 on an idle machine, more beside other tests."""
    began, worked = time.monotonic(), time.process_time()
    while time.process_time() - worked < 1:
        pass
    return time.monotonic() - began


def nothing_left(var: Path, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while stack_processes(var) and time.monotonic() < deadline:
        time.sleep(0.1)
    return stack_processes(var) == {}


def children_named(var: Path, words: str) -> list[int]:
    return sorted(pid for pid, command in stack_processes(var).items() if words in command)


def refusal(url: str, statement: str) -> str:
    connection = psycopg2.connect(url)
    try:
        with pytest.raises(psycopg2.Error) as refused:
            connection.cursor().execute(statement)
        return type(refused.value).__name__
    finally:
        connection.close()


def test_two_runs_keep_the_data_and_ctrl_c_leaves_nothing(var):
    with running(var) as first:
        assert f"The registry is open: http://localhost:{first.port}/" in first.said
        assert first.status("/") == 200
        first.wait_for("auditor@office.example")
        for person in demo_people():
            assert person.email in first.said
        order = [
            first.said.index(words) for words in ("PostgreSQL and Valkey", "Starting the site", "Starting the worker")
        ]
        assert order == sorted(order)
        addresses = Places(var).running_addresses()
        assert refusal(addresses["DATABASE_URL"], "DELETE FROM core_auditevent") == "InsufficientPrivilege"
        assert refusal(addresses["DATABASE_URL"], "CREATE TABLE kept (answer int)") == "InsufficientPrivilege"
        connection = psycopg2.connect(addresses["MIGRATION_DATABASE_URL"])
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        connection.close()
        assert first.stop() == 0
        assert stack_processes(var) == {}
        assert Places(var).running_addresses() == {}
    with running(var) as second:
        seconds = second.wait_for("The registry is open")
        assert seconds / slowness() < 15  # alone on two cores it is 6 s
        connection = psycopg2.connect(Places(var).running_addresses()["MIGRATION_DATABASE_URL"])
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT answer FROM kept")
            assert cursor.fetchone() == (42,)
        connection.close()
        assert second.stop(signal.SIGTERM) == 0
        assert nothing_left(var, seconds=0)


def test_a_second_run_in_the_same_folder_is_refused_and_disturbs_nothing(used):
    with running(used) as first:
        rival = Run(used)
        assert rival.process.wait(30) == 1
        assert f"Another run (process {first.process.pid}) already uses {used}. Stop it with Ctrl-C" in rival.said
        assert first.status("/") == 200
        # Commands find the running servers without being told.
        environment = {name: text for name, text in os.environ.items() if not name.endswith("_URL")}
        environment |= {"VAR_DIR": str(used), "DJANGO_SETTINGS_MODULE": "config.settings.dev"}
        checked = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--check"],
            check=False, cwd=ROOT, env=environment, capture_output=True, text=True,
        )  # fmt: skip
        assert (checked.returncode, checked.stderr) == (0, "")
        assert first.stop() == 0


def test_a_part_that_dies_is_named_and_the_rest_is_stopped(used):
    with running(used) as run:
        worker = children_named(used, "celery -A config worker")
        os.kill(worker[0], signal.SIGKILL)
        assert run.process.wait(90) == 1
        assert re.search(rf"The worker ended by itself, .* Its log is {used}/log/worker.log", run.said)
        assert nothing_left(used, seconds=0)


def test_when_the_run_itself_is_killed_its_children_end_too(used):
    with running(used) as run:
        assert len(stack_processes(used)) > 6
        run.process.kill()
        run.process.wait()
        assert nothing_left(used)


def test_ctrl_c_during_the_preparation_leaves_nothing(var):
    run = Run(var)
    run.wait_for("Bringing the database up to date")
    assert run.stop() == 0
    assert "The registry is open" not in run.said
    assert nothing_left(var, seconds=0)


def test_a_web_port_in_use_is_told_before_anything_is_started(var, monkeypatch):
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        monkeypatch.setattr(sys.modules[__name__], "free_port", lambda: port)
        run = Run(var)
        assert run.process.wait(30) == 1
        assert run.said.strip() == (
            f"Port {port} on 127.0.0.1 is in use. Stop the program that uses it, or choose another port: "
            f"WEB_PORT={port + 1} make run"
        )
        assert not (var / "postgres").exists()
