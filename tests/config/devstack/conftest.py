"""A folder for a stack of the test's own, and an environment that names no servers."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config.devstack.places import Places

VARIABLES = (
    "DATABASE_URL", "MIGRATION_DATABASE_URL", "APPLICATION_DATABASE_URL", "REDIS_URL", "VAR_DIR", "WEB_PORT", "WEB_HOST",
    "POSTGRES_PORT", "VALKEY_PORT",
)  # fmt: skip


@pytest.fixture
def own_environment(monkeypatch) -> None:
    """Forget the servers of the test run, and any port the person's shell names."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)


@contextmanager
def own_folder() -> Iterator[Path]:
    """A folder that another account may pass through, as a project's own folder usually is."""
    folder = Path(tempfile.mkdtemp(prefix="open-license-stack-"))
    folder.chmod(0o711)
    yield folder / "var"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def var(own_environment) -> Iterator[Path]:
    """A folder that holds nothing yet."""
    with own_folder() as folder:
        yield folder


@pytest.fixture(scope="module")
def folder_of_a_run() -> Iterator[Path]:
    """A folder for the runs of several tests."""
    with own_folder() as folder:
        yield folder


@pytest.fixture
def used(own_environment, folder_of_a_run) -> Path:
    """The folder of the run of an earlier test, if there was one: its database is there, so the start takes seconds."""
    return folder_of_a_run


@pytest.fixture
def places(var) -> Places:
    """The prepared folder."""
    prepared = Places(var)
    prepared.prepare()
    return prepared
