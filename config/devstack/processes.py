"""Child processes: which system account they run as, how they die with their parent, how they are stopped."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from config.devstack.errors import StackError

_NOBODY = 65534
_PR_SET_PDEATHSIG = 1
# Loaded before any fork: the child between fork and exec must not import or open libraries.
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Account:
    """The system account of a server: PostgreSQL refuses to run as root, so root needs another."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def own(self, folder: Path) -> None:
        """Make ``folder`` and what it holds belong to the account (nothing to do unless the account is another)."""
        if self.uid is None or self.gid is None:
            return
        for path in (folder, *folder.rglob("*")):
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def run(self, command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
        """Run a short command as the account and return its output, whatever its exit code."""
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            check=False, text=True, cwd="/", stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            user=None if self.prefix else self.uid,
            group=None if self.prefix else self.gid,
            extra_groups=None if self.prefix or self.uid is None else [],
        )  # fmt: skip


@cache
def namespaces_allowed() -> bool:
    """Return whether root may run a program in a user namespace of its own (containers often forbid it)."""
    if not shutil.which("unshare") or not shutil.which("setpriv"):
        return False
    return Account(prefix=_NAMESPACE).run(["true"]).returncode == 0


_NAMESPACE = ("unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}")


def account_for(folder: Path, program: Path) -> Account:
    """Return the account that runs ``program`` on ``folder`` (which exists).

    An ordinary user runs it as themselves. Root runs it as the folder's owner; a folder of root's own is served in a
    user namespace, where root shows itself as *nobody*, or where that is forbidden by *nobody* after a change of owner.

    Raises StackError when the account can reach neither.
    """
    if os.geteuid() != 0:
        return Account()
    owner = folder.stat()
    if owner.st_uid == 0 and namespaces_allowed():
        return Account(prefix=_NAMESPACE)
    uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid else (_NOBODY, _NOBODY)
    plain = Account(uid=uid, gid=gid)
    reach: list[str | Path] = ["sh", "-c", 'test -x "$0" && test -x "$1"', program, folder.parent]
    if plain.run(reach).returncode == 0:
        return plain
    # A checkout below /root is closed to nobody. One capability, to pass through folders, opens the way.
    passing = Account(
        prefix=(
            "setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups",
            "--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override",
        ),
        uid=uid,
        gid=gid,
    )  # fmt: skip
    if shutil.which("setpriv") and passing.run(reach).returncode == 0:
        return passing
    raise StackError(
        f"PostgreSQL does not run as root, and the user {_name_of(uid)} may not enter {program.parent} or "
        f"{folder.parent}. Put the project in a folder that others may enter, or run as an ordinary user."
    )


def _name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


class Child:
    """One long-running part of the stack, in a session of its own so that Ctrl-C reaches only its parent."""

    def __init__(
        self, name: str, log: Path, *, stop_with: signal.Signals = signal.SIGTERM, patience: float = 30
    ) -> None:
        self.name = name
        self.log = log
        self.stop_with = stop_with
        self.patience = patience
        self.process: subprocess.Popen[bytes] | None = None
        self._log_start = 0

    def start(
        self,
        command: Sequence[str | Path],
        *,
        account: Account | None = None,
        env: dict[str, str] | None = None,
        cwd: Path | str = "/",
        stdin: bytes | None = None,
    ) -> None:
        """Start the program; what it says goes to the log. ``stdin`` is given to it whole."""
        account = account or Account()
        words = [*account.prefix, *self._death_words(account), *map(str, command)]
        with self.log.open("ab") as log:
            self._log_start = log.tell()
            self.process = subprocess.Popen(
                words, env=env, cwd=cwd, stdout=log, stderr=log, start_new_session=True,
                stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
                user=None if account.prefix else account.uid,
                group=None if account.prefix else account.gid,
                extra_groups=None if account.prefix or account.uid is None else [],
                preexec_fn=None if account.prefix else _die_with_parent(self.stop_with),  # noqa: PLW1509
            )  # fmt: skip
        if stdin is not None and self.process.stdin:
            self.process.stdin.write(stdin)
            self.process.stdin.close()

    def _death_words(self, account: Account) -> list[str]:
        # A change of credentials clears the parent-death signal, so behind a prefix it is set last, by setpriv.
        return ["setpriv", "--pdeathsig", self.stop_with.name[3:], "--"] if account.prefix else []

    @property
    def running(self) -> bool:
        """Whether the program has been started and has not ended."""
        return self.process is not None and self.process.poll() is None

    @property
    def said(self) -> str:
        """What the program wrote to its log since this start."""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode("utf-8", "replace")

    def stop(self) -> None:
        """Ask the program to end, wait, and after its patience kill its whole session. Safe to call twice."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_with)
            try:
                self.process.wait(self.patience)
            except subprocess.TimeoutExpired:
                _kill_session(self.process.pid)
                self.process.wait()
        # Helpers of a program that crashed outlive it; its session is its own, so nobody else is in it.
        _kill_session(self.process.pid)


def _kill_session(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _die_with_parent(stop_with: signal.Signals) -> Callable[[], None] | None:
    if _LIBC is None:
        return None
    prctl = _LIBC.prctl

    def ask() -> None:
        prctl(_PR_SET_PDEATHSIG, int(stop_with))

    return ask
