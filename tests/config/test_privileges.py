"""The application's database role (safety.md §1.5, S5): it works, and no path of it undoes what is kept."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import InternalError, NotSupportedError, ProgrammingError, connection, transaction

from config import checks
from config.privileges import EVERYTHING, owns_tables, privileges_of
from core.models import AuditEvent, OutboxMessage
from registry.models import BulletinEntry, BulletinIssue, Statement
from tests.database import application_privileges, application_role

KEPT = [model for model in apps.get_models() if privileges_of(model) == {"SELECT", "INSERT"}]
TABLES = [model._meta.db_table for model in KEPT]


def refused(sql: str) -> str:
    """Run as the application; return how PostgreSQL refused it."""
    with application_privileges(), pytest.raises((ProgrammingError, InternalError, NotSupportedError)) as caught:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    return str(caught.value).splitlines()[0]


def first_column(model) -> str:
    return model._meta.concrete_fields[-1].column


def test_everything_that_is_published_or_recorded_is_kept():
    assert {AuditEvent, BulletinEntry, BulletinIssue} <= set(KEPT)
    assert len(KEPT) >= 14
    assert privileges_of(OutboxMessage) == EVERYTHING
    assert privileges_of(Statement) == EVERYTHING  # row by row: its triggers and constraints


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT, ids=TABLES)
def test_no_row_that_is_kept_is_changed_removed_or_emptied_away(model):
    table, column = model._meta.db_table, first_column(model)
    denied = f"permission denied for table {table}"
    assert refused(f'UPDATE {table} SET "{column}" = "{column}"') == denied
    assert refused(f"DELETE FROM {table}") == denied
    assert refused(f"TRUNCATE {table} CASCADE") == denied


@pytest.mark.django_db
@pytest.mark.parametrize("model", KEPT, ids=TABLES)
def test_the_triggers_refuse_the_owner_too(model):
    """Privileges stand before the triggers and do not replace them: an owner's slip is refused as well."""
    names = {trigger.name for trigger in model._meta.triggers}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", [model._meta.db_table])
        standing = " ".join(name for (name,) in cursor.fetchall())
        assert [name for name in names if name not in standing] == []
        with pytest.raises(InternalError, match="kept for ever"), transaction.atomic():
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("ALTER TABLE registry_bulletinentry DISABLE TRIGGER ALL", "must be owner of table registry_bulletinentry"),
        ("DROP TABLE registry_bulletinentry", "must be owner of table registry_bulletinentry"),
        ("ALTER TABLE registry_statement DROP CONSTRAINT statement_fixed_cap", "must be owner of table registry_statement"),
        ("DROP TRIGGER pgtrigger_entry_append_only_x ON registry_bulletinentry", "must be owner"),
        ("CREATE TRIGGER sly BEFORE INSERT ON core_auditevent EXECUTE FUNCTION suppress_redundant_updates_trigger()",
         "permission denied for table core_auditevent"),
        ("SET session_replication_role = replica", 'permission denied to set parameter "session_replication_role"'),
        ("CREATE TABLE shadow (x int)", "permission denied for schema public"),
        ("CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN"
         " AS 'SELECT true' LANGUAGE sql", "permission denied for schema public"),
        ("INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())",
         "permission denied for table django_migrations"),
    ],
)  # fmt: skip
def test_nothing_that_guards_the_records_can_be_taken_away(sql, answer):
    said = refused(sql)
    assert said.startswith(answer) or (answer == "must be owner" and "does not exist" in said)


def test_no_trigger_is_passed_by_through_the_library_s_own_setting(cast):
    statement = cast.statement_in("announced")
    with application_privileges(), connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_statement_%'")
        names = ",".join(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + names + "}"])
        with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
            cursor.execute("UPDATE registry_statement SET contact_phone = '1' WHERE id = %s", [statement.pk])
        cursor.execute("SELECT set_config('pgtrigger.ignore', '', true)")


@pytest.mark.django_db
def test_the_application_works_with_what_it_has(as_application, cast):
    """The whole path from draft to announcement, with the application's privileges alone."""
    assert cast.statement_in("announced").effective_on is not None
    assert AuditEvent.objects.filter(event="announce").count() == 1


@pytest.mark.django_db
def test_the_installation_is_warned_where_the_application_owns_its_tables():
    (warning,) = checks.application_owns_nothing(None, databases=["default"])
    assert (warning.id, owns_tables()) == ("config.W001", True)
    assert checks.application_owns_nothing(None) == []  # asked without a database
    with application_privileges():
        assert checks.application_owns_nothing(None, databases=["default"]) == []


@pytest.mark.django_db
def test_the_owner_is_not_secured_against_itself():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    with pytest.raises(CommandError, match=f"{owner} owns the tables"):
        call_command("secure_database", owner)


@pytest.mark.django_db
def test_the_command_says_on_how_many_tables_rows_are_kept(capsys):
    call_command("secure_database", application_role())
    limited = sum(privileges_of(model) != EVERYTHING for model in apps.get_models(include_auto_created=True)) + 1
    assert f"on {limited} it cannot change or remove every row" in capsys.readouterr().out


def test_the_application_s_own_login_is_no_member_of_the_owner(db):
    """What ``SET ROLE`` shows above holds for the real login, which cannot become the owner."""
    url = urlsplit(os.environ["APPLICATION_DATABASE_URL"])
    link = psycopg2.connect(urlunsplit(url._replace(path=f"/{connection.settings_dict['NAME']}")))
    try:
        with link.cursor() as cursor:
            cursor.execute("SELECT rolsuper OR rolcreaterole OR rolcreatedb FROM pg_roles WHERE rolname = current_user")
            assert cursor.fetchone() == (False,)
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute("SET ROLE registry_owner")
    finally:
        link.close()
