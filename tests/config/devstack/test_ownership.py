"""Who owns the tables does what shapes them; everything else works as the application."""

import pytest

from config.devstack.ownership import OWNER_COMMANDS, application_role, as_owner_if_needed

APPLICATION, OWNER = "postgresql://registry:a@h/r", "postgresql://registry_owner:b@h/r"


@pytest.mark.parametrize("command", sorted(OWNER_COMMANDS))
def test_a_command_that_shapes_the_database_connects_as_the_owner(command):
    environment = {"DATABASE_URL": APPLICATION, "MIGRATION_DATABASE_URL": OWNER}
    as_owner_if_needed([command, "--plan"], environment)
    assert environment["DATABASE_URL"] == OWNER


@pytest.mark.parametrize("words", [["shell"], ["publish_bulletin"], []])
def test_every_other_command_works_as_the_application(words):
    environment = {"DATABASE_URL": APPLICATION, "MIGRATION_DATABASE_URL": OWNER}
    as_owner_if_needed(words, environment)
    assert environment["DATABASE_URL"] == APPLICATION


def test_one_address_serves_for_everything():
    environment = {"DATABASE_URL": APPLICATION}
    as_owner_if_needed(["migrate"], environment)
    assert environment == {"DATABASE_URL": APPLICATION}


@pytest.mark.parametrize(("owner", "role"), [(OWNER, "registry"), (APPLICATION, ""), ("", "")])
def test_the_application_is_granted_something_only_where_another_role_owns(monkeypatch, owner, role):
    monkeypatch.setenv("DATABASE_URL", APPLICATION)
    monkeypatch.setenv("MIGRATION_DATABASE_URL", owner)
    assert application_role() == role
