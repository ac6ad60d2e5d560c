"""Emptying the test database between tests that commit."""

from django.db import OperationalError
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg2.errors import DeadlockDetected

ATTEMPTS = 10


def flush_past_triggers() -> None:
    """Let Django's flush pass by the triggers that forbid TRUNCATE on published rows.

    Only the flush does so, inside its own transaction; the tests themselves meet every trigger. The run's worker may
    still be delivering what the test owed, and lock tables in another order than TRUNCATE does: PostgreSQL then ends
    one of the two, and a flush that was ended begins again.
    """

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return BaseDatabaseOperations.execute_sql_flush(
                    self, ["SET LOCAL session_replication_role = replica", *sql_list]
                )
            except OperationalError as error:
                if attempt == ATTEMPTS or not isinstance(error.__cause__, DeadlockDetected):
                    raise
        return None

    DatabaseOperations.execute_sql_flush = execute_sql_flush
