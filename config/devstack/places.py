"""The stack's folder: where things lie, who holds it, and what is remembered between runs."""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config.devstack.errors import StackError, from_os

# An empty cluster with its first write-ahead log is about 60 MB; below this a start only fails later and worse.
LEAST_FREE_MEGABYTES = 200
_LARGEST_LOG = 10 * 1024 * 1024


class Places:
    """Paths under the stack's folder and the small memory kept there (ports, passwords), readable by its owner only."""

    def __init__(self, var: Path) -> None:
        self.var = var.absolute()
        self.logs = self.var / "log"
        self.postgres = self.var / "postgres"
        self.valkey = self.var / "valkey"
        self.memory = self.var / "devstack.json"
        self.addresses = self.var / "addresses.json"

    def prepare(self) -> None:
        """Create the folders. Raises StackError when the folder cannot be written or the disk is nearly full."""
        try:
            for folder in (self.var, self.logs):
                folder.mkdir(parents=True, exist_ok=True)
            probe = self.var / f".probe-{os.getpid()}"
            probe.write_text("x")
            probe.unlink()
        except OSError as error:
            raise from_os(error, self.var) from error
        free = shutil.disk_usage(self.var).free // (1024 * 1024)
        if free < LEAST_FREE_MEGABYTES:
            raise StackError(
                f"The disk that holds {self.var} is full: {free} MB are free and the servers need at least "
                f"{LEAST_FREE_MEGABYTES} MB. Free some space, or set VAR_DIR to another disk."
            )

    def log(self, name: str) -> Path:
        """Return the log of a part of the stack; a very long one is set aside as ``.old`` first."""
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > _LARGEST_LOG:
            path.replace(path.with_suffix(".log.old"))
        return path

    def recall(self) -> dict[str, Any]:
        """Return what was remembered (empty on the first run)."""
        try:
            return dict(json.loads(self.memory.read_text("utf-8")))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise StackError(
                f"{self.memory} is damaged. Restore it from a copy; or, to begin with an empty database, remove "
                f"{self.var} and start again."
            ) from error
        except OSError as error:
            raise from_os(error, self.var) from error

    def remember(self, **values: Any) -> None:
        """Keep values for the next run."""
        self._write_private(self.memory, {**self.recall(), **values})

    def secret(self, name: str) -> str:
        """Return the random password kept under ``name``, made on first use."""
        known = self.recall().get(name)
        if known is None:
            known = secrets.token_urlsafe(24)
            self.remember(**{name: known})
        return str(known)

    def publish(self, **addresses: str) -> None:
        """Leave the servers' addresses for other commands (``manage.py``) while the stack runs."""
        self._write_private(self.addresses, addresses)

    def running_addresses(self) -> dict[str, str]:
        """Return the addresses of the stack that runs in this folder, none when it does not run."""
        try:
            return dict(json.loads(self.addresses.read_text("utf-8")))
        except (FileNotFoundError, PermissionError):
            return {}

    def withdraw(self) -> None:
        """Remove the addresses: the stack no longer runs."""
        self.addresses.unlink(missing_ok=True)

    def _write_private(self, path: Path, values: dict[str, Any]) -> None:
        fresh = path.with_suffix(".new")
        try:
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(values, file, indent=1)
            fresh.replace(path)
        except OSError as error:
            raise from_os(error, self.var) from error

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for this process. Raises StackError when another run holds it."""
        path = self.var / "devstack.lock"
        try:
            file = path.open("a+")
        except OSError as error:
            raise from_os(error, self.var) from error
        with file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                file.seek(0)
                raise StackError(
                    f"Another run (process {file.read().strip() or 'unknown'}) already uses {self.var}. Stop it with "
                    "Ctrl-C in its terminal, or set VAR_DIR to another folder (and WEB_PORT to another port)."
                ) from error
            # The lock vanishes with its process, so whatever number an earlier run left behind is simply overwritten.
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield


def offer_addresses() -> None:
    """Point this process at the stack that runs here, unless the environment already names servers."""
    folder = os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent.parent / "var"
    for name, address in Places(Path(folder)).running_addresses().items():
        os.environ.setdefault(name, address)
