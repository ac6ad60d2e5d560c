"""The test database: the application's privileges in it, and emptying it between tests that commit."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
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


def application_role() -> str:
    """Return the application's role on this run's server, '' where it is the owner's too."""
    roles = [
        unquote(urlsplit(os.environ[name]).username or "") for name in ("APPLICATION_DATABASE_URL", "DATABASE_URL")
    ]
    return roles[0] if roles[0] != roles[1] else ""


def secure_test_database() -> None:
    """Grant as ``manage.py secure_database`` does; with one role for everything there is nothing to grant."""
    from config.privileges import secure  # needs Django's settings

    if application_role():
        secure(application_role())


def end_other_sessions() -> None:
    """End whatever other session is still in the test database and wait until it is gone: a process that a test killed may
    leave one behind for a while, and the database could not be dropped."""
    others = (
        "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND usename IS NOT NULL"
    )
    with connection.cursor() as cursor:
        for _second in range(ATTEMPTS):
            cursor.execute(f"SELECT pg_terminate_backend(pid, 1000) {others}")
            if not cursor.rowcount:
                return


@contextmanager
def application_privileges() -> Iterator[None]:
    """Have what follows on this connection run with the application's privileges."""
    role = application_role()
    if not role:
        pytest.skip("NOT TESTED: one role owns the tables and works on them, so that nothing is refused by privilege")
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
    try:
        yield
    finally:
        # A transaction that failed takes the role back by itself.
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("RESET ROLE")


def refusal_of(act: Callable[[], object]) -> str:
    """See the act refused to the application and to the owner of the tables; return what the owner was told.

    The application may already lack the privilege; the owner is refused by the constraint or trigger alone.
    """
    with application_privileges(), pytest.raises(DatabaseError), transaction.atomic():
        act()
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        act()
    diagnosis = getattr(refused.value.__cause__, "diag", None)
    return f"{refused.value} {getattr(diagnosis, 'constraint_name', '')}"
