"""The public list of statements: words and filters, facets with counts, pages by key."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.cache import caches
from django.db import OperationalError, connection, transaction
from django.db.models import Case, CharField, Count, F, Max, Q, QuerySet, When
from django.db.models.functions import Left
from psycopg2.errors import QueryCanceled

from core.deadlines import add_months
from core.identifiers import INDUSTRIES, REGIONS
from core.models import AuditEvent
from registry.enums import FeeMode, PatentKind, StatementStatus
from registry.fees.amounts import Usage
from registry.models import Statement
from registry.queries.costs import cost_of
from registry.queries.public import acceptable, public_statements, with_facts
from registry.search import Search, capped_count, read_query

PAGE_SIZE = 20
LONGEST_SEARCH = "3s"
# Filters that ask for one value of a column.
_COLUMNS = {"kind": "patent__kind", "province": "patent__province", "industry": "patent__industry", "fee": "fee_mode"}
TERMS_LEFT = ("1", "3", "5")  # years at least
FRESH_FOR = 60  # seconds in which figures of an unchanged register are not counted again


class SearchTooSlow(Exception):
    """The search took longer than anybody may ask of the database."""


@contextmanager
def limited_time() -> Iterator[None]:
    """Let the database give up a search that takes too long. Raises SearchTooSlow."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL statement_timeout = '{LONGEST_SEARCH}'")
            yield
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise SearchTooSlow from error
        raise


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader asked for. Empty means any; ``ended`` adds statements that are over."""

    q: str = ""
    kind: str = ""
    classes: str = ""
    province: str = ""
    industry: str = ""
    fee: str = ""
    term: str = ""
    open: str = ""
    ended: str = ""
    order: str = ""

    @classmethod
    def read(cls, params: Mapping[str, str]) -> "Wanted":
        """Read query parameters; a value that no filter knows is left out."""
        known = {
            "kind": PatentKind.values,
            "province": REGIONS,
            "industry": INDUSTRIES,
            "fee": FeeMode.values,
            "term": TERMS_LEFT,
            "open": ("1",),
            "ended": ("1",),
            "order": ("cost",),
        }
        values = {name: params.get(name, "") for name, choices in known.items() if params.get(name, "") in choices}
        classes = "".join(params.get("classes", "").upper().split())
        classes = classes if classes.replace("/", "").replace("-", "").isalnum() and len(classes) <= 15 else ""
        return cls(q=params.get("q", "").strip(), classes=classes, **values)

    def params(self, **changes: str) -> dict[str, str]:
        """Return the query parameters with some changed, without empty ones."""
        present = {item.name: getattr(self, item.name) for item in fields(self)} | changes
        return {name: value for name, value in present.items() if value}

    @property
    def in_use(self) -> int:
        """How many filters narrow the list, words not counted."""
        return len(self.params(q="", order="", ended=""))


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list: its parameter and the count of each choice."""

    name: str
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Page:
    """One page by key. ``previous`` and ``next`` are cursors, empty at the ends."""

    rows: list[Statement]
    previous: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search."""

    search: Search
    page: Page
    count: int
    capped: bool
    facets: list[Facet] = field(default_factory=list)


def find(wanted: Wanted, *, on: date, cursor: str = "", usage: Usage | None = None) -> Found:
    """Return the page of statements that fit, with capped count and facets.

    Raises:
        SearchTooSlow: the database gave up.
    """
    search = read_query(wanted.q)
    with limited_time():
        page = _page(narrowed(wanted, on=on, search=search), cursor, usage if wanted.order == "cost" else None)
        count, capped, facets = _figures(wanted, search, on)
        return Found(search, page, count, capped, facets)


def narrowed(wanted: Wanted, *, on: date, search: Search | None = None, but: str = "") -> QuerySet[Statement]:
    """Return the statements that fit, all filters applied ``but`` one."""
    conditions = _conditions(wanted, on)
    statements = (search or read_query(wanted.q)).narrow(public_statements())
    return statements.filter(*(condition for name, condition in conditions.items() if name != but))


def _conditions(wanted: Wanted, on: date) -> dict[str, Q]:
    found: dict[str, Q] = {} if wanted.ended else {"ended": Q(status=StatementStatus.ANNOUNCED)}
    for name, column in _COLUMNS.items():
        if getattr(wanted, name):
            found[name] = Q(**{column: getattr(wanted, name)})
    if wanted.classes:
        found["classes"] = Q(patent__main_class__startswith=wanted.classes)
    if wanted.term:
        found["term"] = _term_left(int(wanted.term), on)
    if wanted.open:
        found["open"] = acceptable(on)
    return found


def _term_left(years: int, on: date) -> Q:
    """A license taken now runs so many years at least; it ends with the patent at the latest."""
    last = add_months(on, 12 * years)
    stated = (Q(term_until=None) | Q(term_until__gte=last)) & (Q(term_months=None) | Q(term_months__gte=12 * years))
    return Q(patent__term_ends_on__gte=last) & stated


def _figures(wanted: Wanted, search: Search, on: date) -> tuple[int, bool, list[Facet]]:
    """Return count and facets, counted anew only after something has happened in the office.

    Every act leaves an audit event, so that the number of the last one tells an unchanged register.
    """
    version = AuditEvent.objects.aggregate(last=Max("id"))["last"]
    asked = hashlib.sha256(repr((version, on, sorted(wanted.params(order="").items()))).encode()).hexdigest()
    known: tuple[int, bool, list[Facet]] | None = caches["figures"].get(asked)
    if known is not None:
        return known
    count, capped = capped_count(narrowed(wanted, on=on, search=search))
    figures = (count, capped, _facets(wanted, search, on))
    caches["figures"].set(asked, figures, FRESH_FOR)
    return figures


def _facets(wanted: Wanted, search: Search, on: date) -> list[Facet]:
    section = Case(
        When(patent__kind=PatentKind.DESIGN, then=Left("patent__main_class", 2)),
        default=Left("patent__main_class", 1),
        output_field=CharField(),
    )
    groups = {"classes": section, **{name: F(column) for name, column in _COLUMNS.items()}}
    facets = [
        Facet(name, _counted(narrowed(wanted, on=on, search=search, but=name), column))
        for name, column in groups.items()
    ]
    left = narrowed(wanted, on=on, search=search, but="term").aggregate(
        **{f"years_{years}": Count("pk", filter=_term_left(int(years), on)) for years in TERMS_LEFT}
    )
    facets.append(Facet("term", {years: left[f"years_{years}"] for years in TERMS_LEFT}))
    now = narrowed(wanted, on=on, search=search, but="open").filter(acceptable(on)).count()
    facets.append(Facet("open", {"1": now}))
    return facets


def _counted(statements: QuerySet[Statement], column: Any) -> dict[str, int]:
    rows = statements.order_by().annotate(choice=column).values_list("choice").annotate(count=Count("pk"))
    return {choice: count for choice, count in sorted(rows, key=lambda row: (-row[1], row[0] or "")) if choice}


def _page(statements: QuerySet[Statement], cursor: str, usage: Usage | None) -> Page:
    """Return the page behind the cursor: newest first, or with a usage cheapest first and unknown costs left out."""
    if usage is None:
        rows, key = statements.annotate(sort_key=F("effective_on")), "-sort_key"
    else:
        rows, key = statements.annotate(sort_key=cost_of(usage)).filter(sort_key__isnull=False), "sort_key"
    descending = key.startswith("-")
    forward, place = _read_cursor(cursor, usage is not None)
    order = ["-sort_key", "-number"] if descending == forward else ["sort_key", "number"]
    if place:
        rows = rows.filter(_beyond(*place, below=descending == forward))
    found = list(with_facts(rows).order_by(*order)[: PAGE_SIZE + 1])
    more = len(found) > PAGE_SIZE
    found = found[:PAGE_SIZE]
    if not forward:
        found.reverse()
    if not found:
        return Page([])
    return Page(
        found,
        previous=_cursor("b", found[0]) if (place and forward) or (not forward and more) else "",
        next=_cursor("a", found[-1]) if more or not forward else "",
    )


def _beyond(key: date | Decimal, number: str, *, below: bool) -> Q:
    side = "lt" if below else "gt"
    return Q(**{f"sort_key__{side}": key}) | Q(**{"sort_key": key, f"number__{side}": number})


def _cursor(way: str, row: Statement) -> str:
    return f"{way}~{row.sort_key}~{row.number}"  # type: ignore[attr-defined]


def _read_cursor(text: str, costs: bool) -> tuple[bool, tuple[date | Decimal, str] | None]:
    """Read a cursor; one that is none leads to the first page."""
    way, _tilde, rest = text.partition("~")
    key, _tilde, number = rest.partition("~")
    if way not in ("a", "b") or not number.isalnum() or len(number) > 20:
        return True, None
    try:
        value = Decimal(key) if costs else date.fromisoformat(key)
    except (ValueError, InvalidOperation):
        return True, None
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value) < 10**17):
        return True, None
    return way == "a", (value, number)
