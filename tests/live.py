"""Real processes for tests: a Celery worker, gunicorn and Debian's chromium, all on the test's own database."""

import http.client
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page, sync_playwright

from config.devstack.ports import LOOPBACK, free_port
from config.devstack.processes import Child

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOUD = "NOT TESTED: "


@dataclass
class LiveStack:
    """The running site of a test: its address and its processes."""

    url: str
    web: Child
    worker: Child


def environment() -> dict[str, str]:
    """Return the environment of a process that works on this test run's database and broker."""
    database = connection.settings_dict
    application = urlsplit(os.environ["APPLICATION_DATABASE_URL"])
    login = f"{application.username}:{application.password}"
    address = f"{database['HOST']}:{database['PORT']}" if database["PORT"] else database["HOST"]
    return {
        **os.environ,
        "DATABASE_URL": f"postgresql://{login}@{address}/{quote(database['NAME'], safe='')}",
        "REDIS_URL": settings.REDIS_URL,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "VAR_DIR": str(settings.VAR_DIR),
        "PYTHONPATH": str(ROOT),
    }


def _log(name: str) -> Path:
    folder = Path(settings.VAR_DIR) / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"


def wait_until(child: Child, ready, *, seconds: float = 60) -> None:
    """Wait for ``ready()``; a child that ends or never becomes ready fails the test with its last words."""
    deadline = time.monotonic() + seconds
    while not ready():
        if not child.running or time.monotonic() > deadline:
            pytest.fail(f"{child.name} did not become ready:\n{child.said[-4000:]}")
        time.sleep(0.05)


@contextmanager
def celery_worker(*, concurrency: int = 2) -> Iterator[Child]:
    """Run a real ``celery -A config worker`` until the block ends."""
    child = Child("Celery worker", _log("worker"), patience=20)
    name = f"test-{os.getpid()}-{time.monotonic_ns()}@localhost"
    child.start(
        [
            *(sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel=INFO", "-n", name),
            *(f"--concurrency={concurrency}", "--without-gossip", "--without-mingle"),
        ],
        env=environment(),
        cwd=ROOT,
    )
    try:
        wait_until(child, lambda: " ready." in child.said)
        yield child
    finally:
        child.stop()


class SharedWorker:
    """The worker that the tests of one process share: started when first wanted, stopped for a test that wants none."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._child: Child | None = None

    def running(self) -> Child:
        """Return it, started if need be."""
        if self._child is None:
            self._child = self._stack.enter_context(celery_worker())
        assert self._child.running, f"an earlier test ended the worker:\n{self._child.said[-4000:]}"
        return self._child

    def stop(self) -> None:
        """Stop it; whoever wants it next starts it again."""
        self._stack.close()
        self._child = None


@contextmanager
def gunicorn() -> Iterator[tuple[str, Child]]:
    """Run a real gunicorn until the block ends; gives its address and process."""
    port = free_port()
    child = Child("gunicorn", _log("web"), patience=20)
    child.start(
        [
            *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{LOOPBACK}:{port}"),
            *("--workers", "1", "--threads", "8", "--timeout", "120"),
        ],
        env={**environment(), "PUBLIC_BASE_URL": f"http://{LOOPBACK}:{port}"},
        cwd=ROOT,
    )
    try:
        wait_until(child, lambda: answers(port))
        yield f"http://{LOOPBACK}:{port}", child
    finally:
        child.stop()


def answers(port: int, path: str = "/") -> bool:
    """Return whether a web server on the port answers at all."""
    link = http.client.HTTPConnection(LOOPBACK, port, timeout=30)
    try:
        link.request("GET", path)
        return link.getresponse().status > 0
    except ConnectionRefusedError:
        return False
    finally:
        link.close()


def not_tested(what: str, *, required_by: str) -> NoReturn:
    """Skip loudly, or fail where the environment says that nothing may be skipped."""
    if os.environ.get(required_by) == "1":
        pytest.fail(f"{what} ({required_by}=1 forbids skipping)")
    pytest.skip(LOUD + what)


@contextmanager
def chromium_browser() -> Iterator[Browser]:
    """Run Debian's chromium, headless."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        not_tested("no chromium here: the pages were not seen in a browser", required_by="REQUIRE_BROWSER")
    # Playwright's loop runs in this thread, so Django would take the test's own queries for asynchronous ones.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            headless=True,
            args=CHROMIUM_ARGUMENTS,
            env={
                **os.environ,
                "LANGUAGE": "en_US",
            },  # else the parts of a date field stand as on the machine's own desk
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def careful_page(browser: Browser, base_url: str, **context_options) -> Iterator[Page]:
    """Open a page; a script error, a policy violation or a 5xx answer during the test fails it at the end."""
    options = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "base_url": base_url, **context_options}
    context = browser.new_context(**options)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
    page.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("response", lambda answer: faults.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None)
    try:
        yield page
    finally:
        context.close()
    assert faults == [], faults
