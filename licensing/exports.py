"""Lists of licensing as tables for download, in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.queries.worklists import WantedFiling

WANTED_HEADER = (
    _("License number"), _("Statement number"), _("Patent number"), _("Title"), _("Patentee"), _("Effective date"),
    _("Last day to file"), _("Days left"),
)  # fmt: skip


def wanted_rows(wanted: Iterable[WantedFiling], *, on: date) -> Iterator[tuple[Any, ...]]:
    """Yield one row a license that nobody has filed, columns as :data:`WANTED_HEADER`; overdue days are negative."""
    for item in wanted:
        statement = item.license.statement
        yield (
            item.license.number, statement.number, statement.patent.number, statement.patent.title,
            statement.filed_by.name, item.license.effective_on, item.due_on, (item.due_on - on).days,
        )  # fmt: skip
