"""Spreadsheets of statements read row by row, XLSX and CSV alike. Pure; no formula is ever believed.

Every cell becomes text. A cell that has no text of its own (a formula, an error) is named as unreadable; a number that
lost its digits keeps the form that shows it.
"""

import csv
import io
import itertools
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

from core.rules import Text
from registry.intake.statement_columns import NAMES, REQUIRED, columns_in, is_example

MOST_ROWS = 10_000
LAST_ROW = 50_000  # rows left empty count here
MOST_COLUMNS = 100
MOST_SHEETS = 10
LONGEST_CELL = 40_000
HEADER_WITHIN = 10  # rows from the top
_PORTION = 500
_FORMULA_MARKS = "=+-@＝＋－＠\t\r\n"
_LOST_DIGITS = 10**6

_NO_VALUE = {"f": "formula", "e": "error"}

Cell = tuple[str, str]  # its text, and in one word why it has none of its own


class UnreadableSheet(Exception):
    """The file as a whole is no spreadsheet of statements; ``reason`` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with something in it: its number as the spreadsheet counts, its cells by column, and the columns that
    have no text of their own with one word for the reason: ``formula``, ``error`` or ``broken``."""

    number: int
    cells: dict[str, str]
    unreadable: tuple[tuple[str, str], ...] = ()


class StatementSheet:
    """A spreadsheet of statements, open for reading: ``with StatementSheet(content, is_workbook=True) as sheet``.

    ``columns`` says where each known column stands, counted from 0; ``ignored`` are headings that mean nothing here.

    Raises:
        UnreadableSheet: there are no headings within the first rows, or the file is damaged.
    """

    def __init__(self, content: bytes, *, is_workbook: bool) -> None:
        self._content = content
        self._book = _open(content) if is_workbook else None
        self.columns: dict[str, int] = {}
        self.ignored: list[str] = []
        self._first = 0
        self._title = ""
        self._find_header()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._book is not None:
            self._book.close()

    def __iter__(self) -> Iterator[SheetRow]:
        """Yield each row beneath the headings that is neither empty nor the example.

        Raises:
            UnreadableSheet: there are more rows than can be taken, or the file is damaged further down.
        """
        count = 0
        for number, cells in self._rows(self._title, list(self.columns.values())):
            row = self._row(number, cells) if number > self._first else None
            count += row is not None
            if count > MOST_ROWS or number > LAST_ROW:
                raise UnreadableSheet(
                    format_lazy(
                        _("There are more than {limit} rows. Split the spreadsheet and upload its parts."),
                        limit=f"{MOST_ROWS:,}",
                    )
                )
            if row is not None:
                yield row

    def _row(self, number: int, cells: Sequence[Cell]) -> SheetRow | None:
        found, unreadable = {}, []
        for name, (text, wrong) in zip(self.columns, cells, strict=False):
            if wrong:
                unreadable.append((name, wrong))
            found[name] = _storable(text)
        if is_example(found) or not (unreadable or any(text.strip() for text in found.values())):
            return None
        return SheetRow(number, found, tuple(unreadable))

    def _find_header(self) -> None:
        titles = [sheet.title for sheet in self._book.worksheets][:MOST_SHEETS] if self._book is not None else [""]
        for title in titles:
            for number, cells in itertools.islice(self._rows(title, range(MOST_COLUMNS)), HEADER_WITHIN):
                columns, ignored = columns_in(text for text, _wrong in cells)
                if all(name in columns for name in REQUIRED):
                    self.columns = {name: columns[name] for name in NAMES if name in columns}
                    self.ignored, self._first, self._title = ignored, number, title
                    return
        raise UnreadableSheet(
            _("No row of headings was found. Use the template: it has the columns “Patent number” and “Fee mode”.")
        )

    def _rows(self, title: str, places: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
        if self._book is None:
            return _table_rows(self._content, places)
        return _workbook_rows(self._book[title], places)


def _open(content: bytes) -> Any:
    """Open a workbook; whatever its reader stumbles over is the file's fault."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the reader warns of decorations that it leaves out
        try:
            return load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        except Exception as error:  # a reader fed with hostile data may raise anything
            raise _damaged() from error


def _workbook_rows(sheet: Any, places: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
    sheet.reset_dimensions()  # what the file claims of its size is not believed
    rows = enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                portion = [
                    (number, [_cell(cells[place]) for place in places])
                    for number, cells in itertools.islice(rows, _PORTION)
                ]
            except Exception as error:
                raise _damaged() from error
        if not portion:
            return
        yield from portion


def _cell(cell: Any) -> Cell:
    value = cell.value
    wrong = "" if value is None else _NO_VALUE.get(cell.data_type, "")
    if value is None:
        text = ""
    elif isinstance(value, bool):
        text = "yes" if value else "no"
    elif isinstance(value, date):  # a moment is one as well
        text = f"{value:%Y-%m-%d}"
    elif isinstance(value, int | float | Decimal):
        text = _number(value, str(cell.number_format or ""))
    else:
        text = _unguarded(str(value))
    return text, wrong


def _number(value: Any, style: str) -> str:
    """Return a number as its cell shows it: a percentage as one, a long number digit by digit.

    A number of twelve digits or more that ends in six zeros has lost digits already; it stays in the form that shows it.
    """
    exact = Decimal(repr(value)) if not isinstance(value, int) else Decimal(value)
    if not exact.is_finite():
        return str(exact)
    if "%" in style:
        return f"{(exact * 100).normalize():f}%"
    whole = exact == exact.to_integral_value()
    if whole and abs(exact) >= 10**11 and int(exact) % _LOST_DIGITS == 0:
        return f"{exact:.5E}"
    return f"{exact.to_integral_value():f}" if whole else f"{exact:f}"


def _unguarded(text: str) -> str:
    """Return text without the apostrophe that guards it against being run, as our own downloads write it."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in _FORMULA_MARKS else text


def _table_rows(content: bytes, places: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
    csv.field_size_limit(1_000_000)
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig", errors="replace", newline="")
    reader = csv.reader(text, delimiter=_delimiter(content))
    for number in itertools.count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [(str(error), "broken")]
            continue
        yield number, [_text(cells[place]) if place < len(cells) else ("", "") for place in places]


def _text(cell: str) -> Cell:
    if cell.startswith("="):
        return cell, "formula"
    return _unguarded(cell), ""


def _storable(text: str) -> str:
    """Return text as a column of JSON can hold it: without NUL and lone surrogates, of bounded length."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")[:LONGEST_CELL]


def _delimiter(content: bytes) -> str:
    """Return the mark between the columns: the one that the first line has most of."""
    line = content[:20_000].decode("utf-8-sig", "replace").partition("\n")[0]
    return max(",;\t", key=line.count)


def _damaged() -> UnreadableSheet:
    return UnreadableSheet(_("The workbook is damaged. Open it in your spreadsheet program, save it again, upload it."))
