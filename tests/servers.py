"""Early pytest plugin: throw-away PostgreSQL and Valkey, started once, before Django reads its settings.

It is named in ``addopts`` (``-p tests.servers``) because pytest-django loads the settings before any conftest. The
process that the person started (pytest-xdist's controller, or the only process) starts the servers and hands their
addresses on in the environment; workers find them there. Servers named by ``DATABASE_URL`` and ``REDIS_URL`` are used
instead, as everywhere.
"""

import atexit
import os
import re
import shutil
import signal
import tempfile
from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from config.devstack.errors import StackError
from config.devstack.places import Places
from config.devstack.servers import Servers

_PREFIX = "open-license-tests-"


class ThrowAway:
    """The servers of one test run, in a folder named after its process so that a killed run's is found and removed."""

    def __init__(self) -> None:
        _remove_leftovers()
        self.owner = os.getpid()
        self.folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{self.owner}-"))
        # The servers may run as another account, which must pass through.
        self.folder.chmod(0o711)
        places = Places(self.folder)
        places.prepare()
        self.servers = Servers(places, throwaway=True)

    def start(self) -> None:
        """Start them and put their addresses into the environment."""
        atexit.register(self.stop)
        self.servers.start()
        # The suite makes and empties its databases as their owner; the site's own processes, and tests that ask for it
        # (``as_application``), work as the application.
        os.environ["DATABASE_URL"] = self.servers.migration_url
        os.environ["APPLICATION_DATABASE_URL"] = self.servers.database_url
        os.environ.pop("MIGRATION_DATABASE_URL", None)
        os.environ["REDIS_URL"] = self.servers.redis_url
        os.environ["VAR_DIR"] = str(self.folder / "application")

    def stop(self) -> None:
        """Stop them and remove the folder. A forked copy of the process stops nothing."""
        if os.getpid() != self.owner:
            return
        self.servers.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Have servers ready before pytest-django, whose hook this one wraps, loads the settings."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _start(early_config)
    else:
        os.environ["REDIS_URL"] = redis_of_worker(os.environ["REDIS_URL"], worker)
        os.environ["VAR_DIR"] = str(Path(os.environ["VAR_DIR"]) / worker)
    return (yield)


def redis_of_worker(url: str, worker: str) -> str:
    """Return the address of the worker's own logical database (0 belongs to a run without workers)."""
    number = int(re.sub(r"\D", "", worker)) + 1
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def _start(config: pytest.Config) -> None:
    # A run that is told to end (CI's time limit) must pass through pytest's own ending.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    servers = ThrowAway()
    config.add_cleanup(servers.stop)
    try:
        servers.start()
    except StackError as error:
        raise pytest.UsageError(str(error)) from error


def _remove_leftovers() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        owner = folder.name.removeprefix(_PREFIX).split("-", 1)[0]
        if owner.isdecimal() and not _alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
