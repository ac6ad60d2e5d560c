"""The two servers of the stack: embedded, or the ones the environment names."""

import os
from types import TracebackType

from config.devstack import postgres, valkey
from config.devstack.places import Places
from config.devstack.processes import Child


class Servers:
    """PostgreSQL and Valkey. ``DATABASE_URL`` and ``REDIS_URL`` in the environment replace the embedded ones."""

    def __init__(self, places: Places, *, throwaway: bool = False) -> None:
        self.places = places
        self.database_url = os.environ.get("DATABASE_URL", "")
        self.redis_url = os.environ.get("REDIS_URL", "")
        self._postgres = None if self.database_url else postgres.PostgresServer(places, throwaway=throwaway)
        self._valkey = None if self.redis_url else valkey.ValkeyServer(places, throwaway=throwaway)

    @property
    def children(self) -> list[Child]:
        """The embedded servers' processes, in the order of their start."""
        return [server.child for server in (self._postgres, self._valkey) if server]

    def start(self) -> None:
        """Start what is embedded, check what is not. Raises StackError, leaving nothing running."""
        try:
            if self._postgres:
                self._postgres.start()
                self.database_url = self._postgres.url
            else:
                postgres.check_version(self.database_url)
            if self._valkey:
                self._valkey.start()
                self.redis_url = self._valkey.url
            else:
                valkey.check_answers(self.redis_url)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the embedded servers, the broker first."""
        for server in (self._valkey, self._postgres):
            if server:
                server.stop()

    def __enter__(self) -> "Servers":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
