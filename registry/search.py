"""The public search: the only file that knows how text becomes tokens.

Every run of letters and digits is stored as its pairs of neighbouring characters and its last character, so that any
part of it is found, in Chinese as in the Latin alphabet, without a dictionary. One character is the beginning of a
pair or the last one; two are a pair; of three and more all pairs must be there and the text is looked at again.
Numbers and classes are tokens of their own, found by their beginning.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import OuterRef, Q, QuerySet

from core.identifiers import InvalidIdentifier, PatentNumber
from core.rules import Text
from registry.enums import PUBLIC_STATUSES
from registry.models import Ownership, SearchEntry, Statement

LONGEST_QUERY = 200
MOST_WORDS = 12
COUNT_CAP = 1000

_RUN = re.compile(r"\w+")
_NUMBER = re.compile(r"(?:CN)?(?:ZL)?[0-9]{4,13}(?:[.。·]?[0-9X])?")
_SPACED_NUMBER = re.compile(r"(?:CN)?(?:ZL)?[0-9]{8,13}(?:[.。·]?[0-9X])?")
_CLASS = re.compile(r"[A-H][0-9]{2}(?:[A-Z](?:[0-9]{1,4}(?:/[0-9]{0,6})?)?)?|[0-9]{2}-[0-9]{2}")
_SPACED_CLASS = re.compile(r"\b([A-Ha-h][0-9]{2}[A-Za-z])\s+([0-9]{1,4}/)")
_REFERENCE = re.compile(r"[A-Z]{0,4}[0-9]{4,}")


class _Tokens(SearchQuery):
    """Tokens as they are stored: no parser of the database takes them apart again."""

    template = "(%(expressions)s)::tsquery"


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed, read. ``nothing``: it holds no letter or digit. ``problem``: why a number in it cannot be right.

    ``patent_number`` is the canonical number if the whole text is one.
    """

    text: str
    condition: Q
    nothing: bool = False
    problem: Text = ""
    patent_number: str = ""

    def narrow(self, statements: QuerySet[Statement]) -> QuerySet[Statement]:
        """Return the statements that fit, of those given."""
        if self.nothing:
            return statements.none()
        return statements.filter(self.condition) if self.condition else statements


def plain(text: str) -> str:
    """Return the text as it is compared: half-width, small letters, blanks between words single."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def text_tokens(text: str) -> Iterator[str]:
    """Yield the tokens of a text in plain form: every pair in every run, and the run's last character."""
    for run in _RUN.findall(text):
        for place in range(len(run) - 1):
            yield run[place : place + 2]
        yield run[-1]


def read_query(typed: str) -> Search:
    """Read what somebody typed into the search box. Nothing typed is an error; what cannot be found finds nothing."""
    text = " ".join(typed.replace("\x00", " ").encode("utf-8", "ignore").decode("utf-8").split())[:LONGEST_QUERY]
    if not text:
        return Search("", Q())
    whole = _tidy(text)
    if _SPACED_NUMBER.fullmatch(whole):
        return _number_search(text, whole)
    chunks = _SPACED_CLASS.sub(r"\1\2", text).split()[:MOST_WORDS]
    conditions = [condition for chunk in chunks if (condition := _chunk(chunk)) is not None]
    if not conditions:
        return Search(text, Q(), nothing=True, problem=_problem(whole))
    return Search(text, reduce(and_, conditions), problem=_problem(whole))


def capped_count(rows: QuerySet, cap: int = COUNT_CAP) -> tuple[int, bool]:
    """Return how many rows there are, and whether counting stopped at the cap."""
    found = rows.order_by().values("pk")[: cap + 1].count()
    return min(found, cap), found > cap


def refresh_statements(statement_ids: Iterable[UUID]) -> int:
    """Write the search entries of these statements anew and return how many are public."""
    ids = list(statement_ids)
    SearchEntry.objects.filter(statement__in=ids).exclude(statement__status__in=PUBLIC_STATUSES).delete()
    owners = Ownership.objects.filter(patent=OuterRef("patent")).order_by("position").values("patentee__name")
    public = Statement.objects.filter(pk__in=ids, status__in=PUBLIC_STATUSES).values_list(
        "pk",
        "number",
        "patent__number",
        "patent__main_class",
        "patent__title",
        ArraySubquery(owners),
        "patent__abstract",
    )
    entries = [(pk, *_entry(*said)) for pk, *said in public]
    if not entries:
        return 0
    columns = [list(column) for column in zip(*entries, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO registry_searchentry (statement_id, text, tokens)
            SELECT entry.id, entry.text, array_to_tsvector(string_to_array(entry.tokens, ' '))
            FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS entry (id, text, tokens)
            ON CONFLICT (statement_id) DO UPDATE SET text = EXCLUDED.text, tokens = EXCLUDED.tokens
            """,
            columns,
        )
    return len(entries)


def refresh_patents(patent_ids: Iterable[UUID]) -> int:
    """Write the search entries of the public statements on these patents anew."""
    ids = list(patent_ids)
    if not ids:
        return 0
    return refresh_statements(Statement.objects.filter(patent__in=ids).values_list("pk", flat=True))


def _entry(
    number: str, patent_number: str, main_class: str, title: str, owners: list[str], abstract: str
) -> tuple[str, str]:
    """Return the text that is searched in and its tokens."""
    text = "\n".join(plain(part) for part in (title, *owners, abstract))
    tokens = set(text_tokens(text))
    tokens |= {f"no:{_compact(patent_number)}", f"st:{_compact(number)}"}
    if main_class:
        tokens.add(f"cl:{main_class.lower()}")
    return text, " ".join(sorted(tokens))


def _tidy(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _compact(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _problem(whole: str) -> Text:
    """Say why a text that looks like a whole patent number is none; empty for anything else."""
    try:
        PatentNumber.complete(whole)
    except InvalidIdentifier as error:
        if error.reason_code in ("wrong_check_digit", "mangled_by_spreadsheet", "publication_number"):
            return error.message
    return ""


def _number_search(text: str, whole: str) -> Search:
    """Find a patent by its number; with a wrong check digit by the digits before it, and say so."""
    try:
        number = PatentNumber.complete(whole)
    except InvalidIdentifier:
        digits = re.sub(r"^(?:CN)?(?:ZL)?", "", whole)
        stem = re.split(r"[.。·]", digits)[0]
        stem = stem[:-1] if len(stem) in (9, 13) else stem
        return Search(text, _prefix(f"no:{_compact(stem)}") | _prefix(f"st:{_compact(whole)}"), problem=_problem(whole))
    return Search(text, _prefix(f"no:{_compact(number.canonical)}"), patent_number=number.canonical)


def _chunk(chunk: str) -> Q | None:
    """Return the condition of one word between blanks: its text, or an identifier that begins like it."""
    ways = []
    runs = _RUN.findall(plain(chunk))
    if runs:
        ways.append(reduce(and_, (_run(run) for run in runs)))
    tidy = _tidy(chunk)
    if _CLASS.fullmatch(tidy):
        group = tidy.lower()
        ways.append(_prefix(f"cl:{group}/" if re.fullmatch(r"[a-h]\d{2}[a-z]\d+", group) else f"cl:{group}"))
    if _NUMBER.fullmatch(tidy):
        ways.append(_prefix(f"no:{_compact(re.sub(r'^(?:CN)?(?:ZL)?', '', tidy))}"))
    if _REFERENCE.fullmatch(_compact(tidy).upper()):
        ways.append(_prefix(f"st:{_compact(tidy)}"))
    return reduce(or_, ways) if ways else None


def _run(run: str) -> Q:
    if len(run) == 1:
        return _prefix(run)
    pairs = dict.fromkeys(run[place : place + 2] for place in range(len(run) - 1))
    found = Q(search_entry__tokens=_Tokens(" & ".join(_quoted(pair) for pair in pairs)))
    return found if len(run) == 2 else found & Q(search_entry__text__contains=run)


def _prefix(token: str) -> Q:
    return Q(search_entry__tokens=_Tokens(f"{_quoted(token)}:*"))


def _quoted(token: str) -> str:
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
