"""What the application's database role may do: everything it needs to work, nothing that could undo a record.

The tables belong to the owner's role, which only migrations use. The application's role reads and writes; on tables whose
rows are kept for ever it inserts alone; it truncates nothing, alters nothing and switches off no trigger (safety.md §1.5).
Which tables are kept for ever is read from the models' own triggers, so that a new one cannot be forgotten here.
"""

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction
from psycopg2 import sql

EVERYTHING = frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"})
# Written by migrations and no other program.
READ_ONLY_TABLES = ("django_migrations",)
# pgtrigger lets a session name triggers to pass by. Only the owner, who could drop them anyway, keeps that.
_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN AS $$
    DECLARE named TEXT := current_setting('pgtrigger.ignore', true);
    BEGIN
        IF named IS NULL OR named = '' OR current_user <> {owner} THEN RETURN FALSE; END IF;
        RETURN trigger_name = ANY(named::text[]);
    END;
$$ LANGUAGE plpgsql
"""


def privileges_of(model: type[models.Model]) -> frozenset[str]:
    """Return what the application may do with the rows of a table: not what a trigger refuses for every row anyway."""
    refused: set[str] = set()
    for trigger in getattr(model._meta, "triggers", ()):
        if type(trigger) is pgtrigger.Protect and trigger.condition is None:
            refused.update(str(trigger.operation).split(" OR "))
    return EVERYTHING - refused


def secure(role: str) -> int:
    """Give the role its privileges, whatever it had before; return on how many tables it cannot change every row.

    Runs as the owner of the tables, after every migration, in one transaction.

    Raises:
        ValueError: the role is the owner itself.
    """
    limited = {model._meta.db_table: privileges_of(model) for model in apps.get_models(include_auto_created=True)}
    limited.update(dict.fromkeys(READ_ONLY_TABLES, frozenset({"SELECT"})))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        owner = cursor.fetchone()[0]
        if owner == role:
            raise ValueError(f"{role} owns the tables")
        for command in _commands(role, owner):
            cursor.execute(command)
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            granted = sorted(limited.get(table, EVERYTHING))
            cursor.execute(
                sql.SQL("GRANT {} ON {} TO {}").format(
                    sql.SQL(", ").join(map(sql.SQL, granted)), sql.Identifier(table), sql.Identifier(role)
                )
            )
    return sum(limited.get(table, EVERYTHING) != EVERYTHING for table in tables)


def _commands(role: str, owner: str) -> list[sql.Composed]:
    name = sql.Identifier(role)
    return [
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("REVOKE CREATE ON SCHEMA public FROM PUBLIC, {}").format(name),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
        sql.SQL(_IGNORE).format(owner=sql.Literal(owner)),
    ]


def owns_tables() -> bool:
    """Whether the role of this process owns tables here, so that no privilege holds it back."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tableowner = rolname)"
            " FROM pg_roles WHERE rolname = current_user"
        )
        return bool(cursor.fetchone()[0])
