"""Fixtures for every test. The servers themselves are started by tests/servers.py, before Django."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.utils import translation
from playwright.sync_api import Browser, Page

from config.devstack.processes import Child
from tests import live
from tests.database import application_privileges, end_other_sessions, flush_past_triggers, secure_test_database

flush_past_triggers()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Make the test database, then give the application's role its privileges, as an installation does."""
    with django_db_blocker.unblock():
        secure_test_database()
    yield
    with django_db_blocker.unblock():
        end_other_sessions()


@pytest.fixture
def as_application(db) -> Iterator[None]:
    """Run the test's own statements with the privileges of the application's role, and no more."""
    with application_privileges():
        yield


@pytest.fixture
def cast(db):
    """Everybody of tests/cast.py, made when first named."""
    from tests.cast import Cast  # needs Django's settings

    return Cast()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Say what is said outside of a request in English; a request speaks the language it asks for."""
    with translation.override("en"):
        yield


@pytest.fixture
def valkey(settings) -> Iterator[redis.Redis]:
    """The run's own logical database of a real Valkey (broker and cache), emptied before the test."""
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield client


@pytest.fixture(scope="session")
def _shared_worker(django_db_setup, django_db_blocker) -> Iterator[live.SharedWorker]:
    worker = live.SharedWorker()
    yield worker
    worker.stop()


@pytest.fixture
def celery_worker_process(transactional_db, valkey, _shared_worker) -> Child:
    """A real Celery worker on the test database. What the test commits, the worker sees."""
    return _shared_worker.running()


@pytest.fixture
def no_worker(transactional_db, _shared_worker) -> None:
    """Nobody but the test itself delivers what its acts owe."""
    _shared_worker.stop()


@pytest.fixture(scope="session")
def _web_process(django_db_setup, django_db_blocker) -> Iterator[tuple[str, Child]]:
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
    with live.gunicorn() as web:
        yield web


@pytest.fixture
def live_stack(celery_worker_process, _web_process) -> live.LiveStack:
    """Real gunicorn and a real worker on the test database, for journeys over HTTP and in a browser."""
    url, web = _web_process
    assert web.running, f"an earlier test ended gunicorn:\n{web.said[-4000:]}"
    return live.LiveStack(url=url, web=web, worker=celery_worker_process)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's chromium; without it the test is skipped loudly, or fails where REQUIRE_BROWSER=1."""
    with live.chromium_browser() as browser:
        yield browser


@pytest.fixture
def page(chromium, live_stack) -> Iterator[Page]:
    """A fresh browser page on the live site; a script error, policy violation or 5xx answer fails the test."""
    with live.careful_page(chromium, live_stack.url) as opened:
        yield opened


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real patents beside the project; without it the test is skipped loudly."""
    folder = live.ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        live.not_tested(f"{folder} is missing: no trial on the real patents", required_by="REQUIRE_SHARED")
    return folder


def pytest_terminal_summary(terminalreporter) -> None:
    """Say loudly what the run left untested."""
    reasons = [str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", [])]
    loud = [reason.split(live.LOUD, 1)[1] for reason in reasons if live.LOUD in reason]
    for reason in sorted(set(loud)):
        terminalreporter.write_line(f"{live.LOUD}{loud.count(reason)} test(s): {reason}", red=True, bold=True)
