"""The two servers of the stack: embedded, or the ones the environment names."""

import os
from types import TracebackType

from config.devstack import postgres, valkey
from config.devstack.places import Places
from config.devstack.processes import Child


class Servers:
    """PostgreSQL and Valkey. ``DATABASE_URL`` and ``REDIS_URL`` in the environment replace the embedded ones.

    ``MIGRATION_DATABASE_URL`` names the owner of the tables on a server named by ``DATABASE_URL``.
    """

    def __init__(self, places: Places, *, throwaway: bool = False) -> None:
        self.places = places
        self.database_url = os.environ.get("DATABASE_URL", "")
        # Without one of its own, migrations run as the application's role, which then owns its tables.
        self.migration_url = os.environ.get("MIGRATION_DATABASE_URL", "") or self.database_url
        self.redis_url = os.environ.get("REDIS_URL", "")
        self._postgres = None if self.database_url else postgres.PostgresServer(places, throwaway=throwaway)
        self._valkey = None if self.redis_url else valkey.ValkeyServer(places, throwaway=throwaway)

    @property
    def addresses(self) -> dict[str, str]:
        """The variables under which commands find the servers."""
        return {
            "DATABASE_URL": self.database_url,
            "MIGRATION_DATABASE_URL": self.migration_url,
            "REDIS_URL": self.redis_url,
        }

    @property
    def children(self) -> list[Child]:
        """The embedded servers' processes, in the order of their start."""
        return [server.child for server in (self._postgres, self._valkey) if server]

    def start(self) -> None:
        """Start what is embedded, check what is not. Raises StackError, leaving nothing running."""
        try:
            if self._postgres:
                self._postgres.start()
                self.database_url, self.migration_url = self._postgres.url, self._postgres.owner_url
            else:
                for url in dict.fromkeys((self.database_url, self.migration_url)):
                    postgres.check_version(url)
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
