"""Checks of an installation that belong to no single app: ``manage.py check --deploy --database default``."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from config.privileges import owns_tables


@register(Tags.database, deploy=True)
def application_owns_nothing(
    app_configs: Any, databases: Sequence[str] | None = None, **_more: Any
) -> list[CheckMessage]:
    """The application's role owns no table, so that privileges, not triggers alone, keep what is published."""
    if not databases or not owns_tables():
        return []
    return [
        Warning(
            "The application connects to PostgreSQL as the owner of its tables, or as a superuser: it could switch off "
            "the triggers that keep published entries and the audit trail.",
            hint="Let another role own the tables and run the migrations; see docs/operations.md, Database roles.",
            id="config.W001",
        )
    ]
