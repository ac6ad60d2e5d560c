"""Lists of licensing as tables for download, in the reader's language."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.queries.holdings import Holding
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


HOLDING_HEADER = (
    _("Statement number"), _("Patent number"), _("Title"), _("Licensee"), _("Notice served"), _("Notice"),
    _("Due at the start"), _("Paid"), _("License number"), _("License"), _("Effective date"),
    _("Last day of the license"), _("Filing"), _("Until"), _("Days left"),
)  # fmt: skip


def holding_rows(holdings: Iterable[Holding], *, on: date) -> Iterator[tuple[Any, ...]]:
    """Yield one row a notice under the patentee's statements, columns as :data:`HOLDING_HEADER`; sums in yuan."""
    for holding in holdings:
        statement = holding.statement
        for item in holding.positions:
            notice, license, filing = item.notice, item.license, item.filing
            until = filing.due_on if filing else None
            yield (
                statement.number, statement.patent.number, statement.patent.title, notice.licensee_name,
                notice.served_on, str(notice.get_status_display()), item.due, item.paid,
                license.number if license else "", str(license.get_status_display()) if license else "",
                license.effective_on if license else None, license.ends_on if license else None,
                str(filing.label) if filing else "", until, (until - on).days if until else None,
            )  # fmt: skip
