"""``make run``: servers, then the site, then the worker and beat; watches them and stops them together."""

import http.client
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from config.devstack import ports
from config.devstack.errors import StackError, from_log, tail
from config.devstack.places import Places
from config.devstack.processes import Child
from config.devstack.servers import Servers

ROOT = Path(__file__).resolve().parent.parent.parent
_FIRST_PAGE_SECONDS = 90
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_HIGHEST_WEB_WORKERS = 4
# Every address, as a person on this machine reaches it.
_EVERYWHERE = {"0.0.0.0": ports.LOOPBACK, "::": "::1"}  # noqa: S104
_HERE = {ports.LOOPBACK, *_EVERYWHERE}


class Stop(BaseException):
    """The person, or the system, asked the stack to end."""


class Supervisor:
    """One run of the whole stack in one folder."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.host = os.environ.get("WEB_HOST", "").strip() or ports.LOOPBACK
        self.port = ports.chosen("WEB_PORT", 8000) or 8000
        self.servers: Servers | None = None
        self.parts: list[Child] = []
        self.environment: dict[str, str] = {}

    @property
    def address(self) -> str:
        """Where a person on this machine opens the site."""
        return f"http://{'localhost' if self.host in _HERE else self.host}:{self.port}/"

    def run(self) -> int:
        """Run until told to stop (returns 0). Raises StackError when a part cannot start or ends by itself."""
        for number in _SIGNALS:
            signal.signal(number, _ask_to_stop)
        try:
            self.places.prepare()
            with self.places.held():
                self._run_held()
        except Stop:
            print("Stopped. The data are kept in " + str(self.places.var), flush=True)
        return 0

    def _run_held(self) -> None:
        ports.required("WEB_PORT", self.port, self.host)
        say("Starting PostgreSQL and Valkey")
        try:
            self.servers = Servers(self.places)
            self.servers.start()
            self.environment = self._environment()
            self.places.publish(**self.servers.addresses)
            self._prepare()
            self._start_web()
            self._start_worker_and_beat()
            print(f"\nThe registry is open: {self.address}\nCtrl-C stops it. Logs: {self.places.logs}\n", flush=True)
            self._show_people()
            self._watch()
        finally:
            self._stop()

    def _environment(self) -> dict[str, str]:
        assert self.servers
        inherited = {name: value for name, value in os.environ.items() if name != "MIGRATION_DATABASE_URL"}
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PUBLIC_BASE_URL": self.address.rstrip("/"),
            **inherited,
            "DATABASE_URL": self.servers.database_url,
            "REDIS_URL": self.servers.redis_url,
            "VAR_DIR": str(self.places.var),
            "PYTHONUNBUFFERED": "1",
        }

    def _start(self, child: Child, *words: str, **more: str) -> Child:
        self.parts.append(child)
        child.start([sys.executable, "-m", *words], env={**self.environment, **more}, cwd=ROOT)
        return child

    def _prepare(self) -> None:
        assert self.servers
        child = Child("The preparation", self.places.log("setup"), patience=10)
        # Nobody but the preparation is told how to become the owner of the tables.
        step = self._start(child, "config.devstack.prepare", MIGRATION_DATABASE_URL=self.servers.migration_url)
        shown = 0
        while True:
            ended = not step.running
            titles = [line[3:] for line in step.said.splitlines() if line.startswith("== ")]
            for title in titles[shown:]:
                say(title)
            shown = len(titles)
            if ended:
                break
            time.sleep(0.1)
        self.parts.remove(step)
        if step.process and step.process.returncode:
            raise from_log("The preparation", step.log, self.places.var, _last_lines(step.said))

    def _start_web(self) -> None:
        say("Starting the site")
        workers = str(min(_HIGHEST_WEB_WORKERS, os.cpu_count() or 1))
        bind = f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"
        web = self._start(
            Child("The web server", self.places.log("web"), patience=35),
            *("gunicorn", "config.wsgi:application", "--bind", bind, "--workers", workers, "--threads", "4"),
            *("--timeout", "120", "--access-logfile", "-"),
        )
        deadline = time.monotonic() + _FIRST_PAGE_SECONDS
        while (status := first_page_status(self.host, self.port)) is None:
            if not web.running:
                raise from_log("The web server", web.log, self.places.var, _last_lines(web.said))
            if time.monotonic() > deadline:
                raise StackError(f"The first page did not come within {_FIRST_PAGE_SECONDS} s. See {web.log}.")
            time.sleep(0.1)
        if status >= 400:
            raise StackError(f"The first page answers with error {status}. See {web.log}:\n{tail(web.log)}")

    def _start_worker_and_beat(self) -> None:
        say("Starting the worker and the clock of its periodic duties")
        celery = ("celery", "-A", "config")
        self._start(
            Child("The worker", self.places.log("worker"), patience=30),
            *(*celery, "worker", "--loglevel=INFO", "--concurrency=2", "--without-gossip", "--without-mingle"),
        )
        schedule = str(self.places.var / "beat-schedule")
        self._start(
            Child("The clock (celery beat)", self.places.log("beat"), patience=15),
            *(*celery, "beat", "--loglevel=INFO", "--pidfile=", "--schedule", schedule),
        )

    def _show_people(self) -> None:
        words = [sys.executable, "-m", "config.devstack.prepare", "people"]
        subprocess.run(words, env=self.environment, cwd=ROOT, check=False)

    def _watch(self) -> None:
        assert self.servers
        while True:
            for child in [*self.servers.children, *self.parts]:
                if not child.running:
                    raise StackError(
                        f"{child.name} ended by itself, so the rest is stopped too. Its log is {child.log}; the last "
                        f"lines are:\n{_last_lines(child.said)}\nWhen that is mended, start again: the data are kept."
                    )
            time.sleep(0.25)

    def _stop(self) -> None:
        """Stop beat, worker and web (the last started first), then the broker, then the database."""
        for number in _SIGNALS:
            signal.signal(number, _already_stopping)
        say("Stopping")
        for child in reversed(self.parts):
            child.stop()
        if self.servers:
            self.servers.stop()
        self.places.withdraw()


def first_page_status(host: str, port: int) -> int | None:
    """Return the HTTP status of the front page, or None while nobody answers there."""
    link = http.client.HTTPConnection(_EVERYWHERE.get(host, host), port, timeout=60)
    try:
        link.request("GET", "/", headers={"Host": f"localhost:{port}", "Accept": "text/html"})
        return link.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        link.close()


def run_command(places: Places, words: list[str]) -> int:
    """Run ``manage.py`` with ``words`` on the running stack's servers, or start them for as long as it takes."""
    manage = [sys.executable, str(ROOT / "manage.py"), *words]
    running = places.running_addresses()
    if _reachable(running):
        return subprocess.run(manage, check=False, cwd=ROOT, env={**running, **os.environ}).returncode
    places.prepare()
    with places.held(), Servers(places) as servers:
        return subprocess.run(manage, check=False, cwd=ROOT, env={**os.environ, **servers.addresses}).returncode


def _reachable(addresses: dict[str, str]) -> bool:
    address = urlsplit(addresses.get("DATABASE_URL", ""))
    return address.port is not None and not ports.is_free(address.port, address.hostname or ports.LOOPBACK)


def say(sentence: str) -> None:
    """Tell the person at the terminal what happens now."""
    print(f"  {sentence} …", flush=True)


def _last_lines(said: str) -> str:
    return "\n".join(said.splitlines()[-12:])


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise Stop


def _already_stopping(number: int, frame: FrameType | None) -> None:
    print("  Already stopping; please wait …", flush=True)
