"""Spreadsheets that people are given: the template to fill in, and their own rows with the findings beside them.

Every cell is text, so that no spreadsheet program turns a patent number into 2.02E+12 or a date into a count of days.
"""

import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from core.exports import csv_lines
from core.validation.text import neutralize_cell
from registry.enums import RowOutcome
from registry.intake.sheets import MOST_ROWS
from registry.intake.statement_columns import (
    CHOICES,
    COLUMNS,
    EXAMPLE,
    FINDINGS,
    NO,
    PATENT,
    REQUIRED,
    RESULT,
    TICK,
    YES,
    in_both,
)
from registry.models import BatchRow, StatementBatch

TEXT = "@"
STATEMENTS, INSTRUCTIONS, LISTS = _("Statements"), _("Instructions"), _("Choices")
_RULES = (
    _("One row is one statement on one patent. Fill in the sheet “Statements”; leave its headings as they are."),
    _("The example in the second row is not read; you may overwrite it."),
    _("Undertakings and signature are given once for all rows when the batch is submitted."),
    _("All cells are text. If you paste patent numbers, paste them as values, so that they keep all digits."),
    _(
        "A utility model or design comes with its evaluation report: name its file, or name the file by the patent number."
    ),
    _("Co-owners consent online after the batch is submitted, or on paper: name the files of agreement or consents."),
    _("You upload these files on the page of the batch; the rows are then checked again."),
)
_BOLD, _GREY = Font(bold=True), Font(italic=True, color="555555")
_HEAD = PatternFill("solid", fgColor="E6ECF2")
_WRAP = Alignment(wrap_text=True, vertical="top")


def template_workbook() -> bytes:
    """Return the template as XLSX: headings, an example, lists to choose from, and a sheet of instructions."""
    book = Workbook()
    sheet: Any = book.active
    sheet.title = in_both(STATEMENTS)
    for place, column in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = TEXT
        head, example = sheet.cell(1, place, in_both(column.heading)), sheet.cell(2, place, _example(column))
        head.font, head.fill, head.alignment, example.font = _BOLD, _HEAD, _WRAP, _GREY
        example.number_format = TEXT
    sheet.freeze_panes = "B2"
    _add_choices(book, sheet)
    _add_instructions(book)
    return _bytes(book)


def template_table() -> Iterator[str]:
    """Yield the template as CSV: the headings and the example."""
    header = [in_both(column.heading) for column in COLUMNS]
    return csv_lines(header, [[_example(column) for column in COLUMNS]])


def _example(column: Any) -> str:
    shown = in_both(column.example) if column.name in (*CHOICES, TICK) else str(column.example)
    return f"{in_both(EXAMPLE)}: {shown}" if column.name == PATENT else shown


def _add_choices(book: Workbook, sheet: Any) -> None:
    lists = book.create_sheet(in_both(LISTS))
    choices = {name: [in_both(member.label) for member in members] for name, members in CHOICES.items()}
    choices[TICK] = [in_both(YES), in_both(NO)]
    names = [column.name for column in COLUMNS]
    for place, (name, words) in enumerate(choices.items(), start=1):
        letter, target = get_column_letter(place), get_column_letter(names.index(name) + 1)
        lists.column_dimensions[letter].width = 44
        lists.cell(1, place, in_both(COLUMNS[names.index(name)].heading)).font = _BOLD
        for line, word in enumerate(words, start=2):
            lists.cell(line, place, word)
        rule = DataValidation("list", formula1=f"'{lists.title}'!${letter}$2:${letter}${len(words) + 1}")
        rule.add(f"{target}2:{target}{MOST_ROWS + 2}")
        sheet.add_data_validation(rule)


def _add_instructions(book: Workbook) -> None:
    page = book.create_sheet(in_both(INSTRUCTIONS), 1)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 44, 90
    for sentence in _RULES:
        page.append([in_both(sentence)])
    page.append([])
    for column in COLUMNS:
        mark = " *" if column.name in (*REQUIRED, "explanation") else ""
        page.append([in_both(column.heading) + mark, in_both(column.hint)])
    for line in page.iter_rows():
        for cell in line:
            cell.alignment = _WRAP if len(line) > 1 and line[1].value else Alignment()


def annotated_workbook(batch: StatementBatch) -> bytes:
    """Return the rows of a batch as XLSX, each cell where it was, with the findings to the right of them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(in_both(STATEMENTS)[:31])
    width = len(batch.columns) + 2
    for place in range(1, max((column_index_from_string(one) for one in batch.columns.values()), default=1) + 3):
        sheet.column_dimensions[get_column_letter(place)].width = 20 if place < width else 60
    for cells in annotated_rows(batch):
        line = []
        for text in cells:
            cell = WriteOnlyCell(sheet, neutralize_cell(text) or None)
            cell.number_format, cell.alignment = TEXT, _WRAP
            line.append(cell)
        sheet.append(line)
    return _bytes(book)


def annotated_table(batch: StatementBatch) -> Iterator[str]:
    """Yield the same as CSV, line by line."""
    rows = annotated_rows(batch)
    return csv_lines(next(rows), rows)


def annotated_rows(batch: StatementBatch) -> Iterator[list[str]]:
    """Yield the spreadsheet anew, from its first line: rows keep their numbers and columns their letters."""
    places = {name: column_index_from_string(letter) - 1 for name, letter in batch.columns.items()}
    width = max(places.values(), default=0) + 1
    headings = {column.name: in_both(column.heading) for column in COLUMNS}
    header = [""] * width
    for name, place in places.items():
        header[place] = headings[name]
    yield [*header, in_both(RESULT), in_both(FINDINGS)]
    line = 1
    for row in batch.rows.order_by("number").select_related("statement").iterator(chunk_size=500):
        while line < row.number - 1:
            line += 1
            yield [""] * (width + 2)
        line += 1
        cells = [""] * width
        for name, place in places.items():
            cells[place] = row.cells.get(name, "")
        yield [*cells, result_of(row), "\n".join(sentences_of(row))]


def result_of(row: BatchRow) -> str:
    """Return what became of a row, with the number of its statement."""
    label = str(RowOutcome(row.outcome).label)
    return f"{label} {row.statement.number}" if row.statement is not None and row.statement.number else label


def sentences_of(row: BatchRow) -> list[str]:
    """Return each finding of a row as one line: cell, sentence, article, remedy, in the active language."""
    return [
        f"{found['cell']} {found['message']} [{'; '.join(found['basis'])}] {found['remedy']}".strip()
        for found in findings_said(row)
    ]


def findings_said(row: BatchRow) -> list[dict[str, Any]]:
    """Return the findings of a row in the active language."""
    language = "en" if (get_language() or "").startswith("en") else "zh-hans"
    return [{**found, **found["words"].get(language, {})} for found in row.findings]


def _bytes(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
