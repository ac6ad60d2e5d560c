"""Which commands shape the database, and how a process becomes the owner of its tables for them."""

import os
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from urllib.parse import unquote, urlsplit

# They create, change or empty tables, or grant on them; everything else works as the application.
OWNER_COMMANDS = frozenset({"migrate", "createcachetable", "secure_database", "flush", "pgtrigger"})


def as_owner_if_needed(words: list[str], environment: MutableMapping[str, str]) -> None:
    """Have a command that shapes the database connect as the owner, if the environment says who that is."""
    owner = environment.get("MIGRATION_DATABASE_URL")
    if owner and words and words[0] in OWNER_COMMANDS:
        environment["DATABASE_URL"] = owner


def application_role() -> str:
    """Return the application's role where another one owns the tables, otherwise ''."""
    application, owner = (os.environ.get(name, "") for name in ("DATABASE_URL", "MIGRATION_DATABASE_URL"))
    role = unquote(urlsplit(application).username or "")
    return role if owner and role != unquote(urlsplit(owner).username or "") else ""


@contextmanager
def owner_connected() -> Iterator[None]:
    """Use the owner's role for Django's connection until the block ends, where the environment names one."""
    from django.db import connection

    from config.settings.environment import database

    url = os.environ.get("MIGRATION_DATABASE_URL", "")
    mine = dict(connection.settings_dict)
    if url:
        connection.close()
        connection.settings_dict.update({name: database(url)[name] for name in ("USER", "PASSWORD")})
    try:
        yield
    finally:
        if url:
            connection.close()
            connection.settings_dict.update(mine)
