"""Migrations are whole, named by what they do, and lead back (docs/architecture.md)."""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.house import tree

UNSPOKEN = re.compile(r"_auto_|_and_more$|^\d{4}_(?!initial$)\w{0,4}$|^\d{4}_(remove|alter)_\w+_and_")


@pytest.fixture
def ours(db):
    loader = MigrationLoader(connection=None)
    return {key: migration for key, migration in loader.disk_migrations.items() if key[0] in tree.APPS}


def test_every_model_has_its_migrations(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=3)


def test_names_say_what_a_migration_does(ours):
    assert [f"{app}.{name}" for app, name in sorted(ours) if UNSPOKEN.search(name)] == []


@pytest.mark.parametrize("name", ["0002_auto_20260101_0101", "0002_remove_x_y_and_more", "0003_a"])
def test_a_name_that_says_nothing_is_seen(name):
    assert UNSPOKEN.search(name)


def test_each_app_has_one_line_of_migrations(ours):
    loader = MigrationLoader(connection=None)
    assert loader.detect_conflicts() == {}


def test_every_operation_can_be_reversed(ours):
    stuck = [
        f"{app}.{name}: {operation.describe()}"
        for (app, name), migration in sorted(ours.items())
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


@pytest.fixture
def scratch_url():
    """The address of an empty database of its own on the test server."""
    server = os.environ["DATABASE_URL"]
    name = f"scratch_{os.getpid()}"
    admin = psycopg2.connect(server)
    admin.autocommit = True
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE template0")
    yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    with admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    admin.close()


STEPS = """
import django, sys
from django.core.management import call_command
django.setup()
for app, target in [step.split("=") for step in sys.argv[1:]]:
    call_command("migrate", *([app] if app else []), *([target] if target else []), interactive=False, verbosity=0)
"""


def migrate(url, *steps):
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    command = [sys.executable, "-c", STEPS, *steps]
    done = subprocess.run(command, cwd=tree.ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]


def standing(url):
    """Return our tables and triggers; the triggers' functions stay behind, and are replaced when they come again."""
    prefixes = tuple(f"{app}_" for app in tree.APPS)
    with psycopg2.connect(url) as link, link.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall() if name.startswith(prefixes)]
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger%'")
        return sorted(tables), sorted(name for (name,) in cursor.fetchall())


CHANGES = {"requested": "", "recorded": "", "refused": "No.", "taken_back": "", "closed": ""}


def fill_changes(url):
    """Put one change of a filing in each state, each of a filing of its own, and the log of the one taken back."""
    with psycopg2.connect(url) as link, link.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the rows that these rest on are left out
        for status, reasons in CHANGES.items():
            decided = status in ("recorded", "refused")
            cursor.execute(
                "INSERT INTO licensing_filingchange (id, filing_id, item, before, after, grounds, status, side,"
                " applicant_id, requested_by_id, requested_at, requested_on, decided_by_id, decided_at, changed_on,"
                " reasons) VALUES (gen_random_uuid(), gen_random_uuid(), 'licensors', 'A', 'B', 'Renamed.', %s,"
                " 'licensor', gen_random_uuid(), gen_random_uuid(), '2026-03-02T02:00Z', '2026-03-02',"
                " CASE WHEN %s THEN gen_random_uuid() END, CASE WHEN %s THEN now() END, %s, %s)",
                [status, decided, decided, "2026-03-02" if status == "recorded" else None, reasons],
            )
        cursor.execute(
            "INSERT INTO core_auditevent (at, event, subject_type, subject_id, from_status, to_status, actor_label,"
            " actor_roles, basis, data, recorded_at) SELECT now(), 'take_back', 'licensing.filingchange', id, 'requested',"
            " 'taken_back', 'Li Na', 'enterprise', '', '{}', now() FROM licensing_filingchange WHERE status = 'taken_back'"
        )


def changes(url):
    with psycopg2.connect(url) as link, link.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(licensing_filingchange) FROM licensing_filingchange ORDER BY id")
        return [row for (row,) in cursor.fetchall()]


@pytest.mark.slow
def test_changes_of_filings_go_back_before_they_could_be_taken_back_and_none_is_lost(scratch_url):
    """Before, no change was taken back: such a one is closed there. The log keeps it, so that forward nothing is lost."""
    migrate(scratch_url, "licensing=0004")
    fill_changes(scratch_url)
    filled = changes(scratch_url)
    assert sorted(row["status"] for row in filled) == sorted(CHANGES)
    migrate(scratch_url, "licensing=0003")
    assert changes(scratch_url) == [
        {**row, "status": "closed"} if row["status"] == "taken_back" else row for row in filled
    ]
    migrate(scratch_url, "licensing=0004")
    assert changes(scratch_url) == filled
    migrate(scratch_url, "licensing=")
    assert changes(scratch_url) == filled


@pytest.mark.slow
def test_the_whole_way_up_down_and_up_again(scratch_url):
    migrate(scratch_url, "=")
    tables, triggers = standing(scratch_url)
    assert "registry_statement" in tables
    assert any("statement_lifecycle" in name for name in triggers)
    migrate(scratch_url, *(f"{app}=zero" for app in tree.APPS))  # from the top to the bottom
    assert standing(scratch_url) == ([], [])
    migrate(scratch_url, "=")
    assert standing(scratch_url) == (tables, triggers)
