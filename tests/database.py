"""Emptying the test database between tests that commit."""

from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations


def flush_past_triggers() -> None:
    """Let Django's flush pass by the triggers that forbid TRUNCATE on published rows.

    Only the flush does so, inside its own transaction; the tests themselves meet every trigger.
    """

    def execute_sql_flush(self: DatabaseOperations, sql_list: list[str]) -> None:
        BaseDatabaseOperations.execute_sql_flush(self, ["SET LOCAL session_replication_role = replica", *sql_list])

    DatabaseOperations.execute_sql_flush = execute_sql_flush
