"""What a statement looks like in a list: price, cost, term and whether it can be accepted, in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.identifiers import display_ipc
from core.money import format_wan
from core.templatetags.ui import law_date
from registry.enums import PatentKind, StatementStatus, TermMode
from registry.fees.amounts import CostTooLarge, Usage, UsageMissing, cost
from registry.fees.terms import FeeTerms, describe
from registry.models import Patent, Statement
from registry.queries.acceptance import acceptance_of
from registry.queries.public import license_counts


def class_words(patent: Patent) -> str:
    """Return the main class as the gazette prints it."""
    if patent.kind == PatentKind.DESIGN or not patent.main_class:
        return patent.main_class
    return display_ipc(patent.main_class)


def term_words(statement: Statement) -> str:
    """Return the license term in words; a term counted from each license ends with the patent at the latest."""
    if statement.term_mode == TermMode.UNTIL:
        return format_html(_("Until {day}"), day=law_date(statement.term_until))
    months = statement.term_months or 0
    sentence = ngettext(
        "{months} month from each license, until {day} at the latest",
        "{months} months from each license, until {day} at the latest",
        months,
    )
    return format_html(sentence, months=months, day=law_date(statement.patent.term_ends_on))


def cost_words(terms: FeeTerms, usage: Usage | None) -> str:
    """Return the whole cost to the reader's firm, or what is missing to say it; empty without any figures."""
    if usage is None:
        return ""
    try:
        return format_wan(cost(terms, usage).total)
    except UsageMissing as missing:
        return str(missing.message)
    except CostTooLarge:
        return _("More than can be counted")


def cards(statements: list[Statement], *, at: datetime, usage: Usage | None = None, query: str = "") -> list[dict]:
    """Return the result cards of these statements, fetched with their facts."""
    licenses = license_counts(statement.pk for statement in statements)
    return [_card(statement, licenses, at, usage, query) for statement in statements]


def _card(
    statement: Statement, licenses: Mapping[UUID, int], at: datetime, usage: Usage | None, query: str
) -> dict[str, Any]:
    patent = statement.patent
    acceptance = acceptance_of(statement, at=at)
    address = reverse("registry:statement", args=[statement.number])
    over = statement.status != StatementStatus.ANNOUNCED
    return {
        "url": f"{address}?{query}" if query else address,
        "title": patent.title,
        "number": patent.number,
        "kind": patent.get_kind_display(),
        "class_code": class_words(patent),
        "holders": _("; ").join(held.patentee.name for held in patent.ownerships.all()),
        "price": describe(statement.terms),
        "cost": cost_words(statement.terms, usage),
        "term": term_words(statement),
        "licenses": licenses.get(statement.pk, 0),
        "announced_on": statement.effective_on,
        "acceptable": acceptance.open,
        "acceptable_note": statement.get_status_display() if over else "",
        "reasons": [] if over else [violation.title for violation in acceptance.violations],
    }
