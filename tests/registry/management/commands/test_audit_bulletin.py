"""The nightly audit: silent where all is right, loud with every place where it is not."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.cast import Cast
from tests.factories.statements import announced

pytestmark = pytest.mark.django_db


def test_a_whole_bulletin_is_called_whole(cast: Cast):
    announced(cast)
    said = io.StringIO()
    call_command("audit_bulletin", stdout=said)
    assert said.getvalue() == "The bulletin is whole: 1 issues, 1 entries.\n"


def test_a_price_changed_behind_the_triggers_is_named(cast: Cast):
    statement = announced(cast)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE registry_statement SET fixed_amount = 1")
    said = io.StringIO()
    with pytest.raises(CommandError, match="1 problems"):
        call_command("audit_bulletin", stderr=said)
    assert said.getvalue() == f"statement {statement.number}: differs from its entry in fee\n"
