"""Downloads: CSV, JSON Lines and XLSX tables, row by row, no cell of which a spreadsheet would run; files in a ZIP; PDF."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import Http404, HttpResponse, StreamingHttpResponse
from openpyxl import Workbook

from core.validation.text import neutralize_cell

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP_TYPE = "application/zip"
PDF_TYPE = "application/pdf"
TABLE_FORMS = ("csv", "xlsx")
_BOM = "\ufeff"  # without it spreadsheets take UTF-8 for a local encoding


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """Yield a CSV table line by line; dates as ISO text, amounts with their places, empty for None."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    yield _BOM
    yield _written(writer, buffer, header)
    for row in rows:
        yield _written(writer, buffer, row)


def _written(writer: Any, buffer: io.StringIO, row: Sequence[Any]) -> str:
    writer.writerow([neutralize_cell(_text(cell)) for cell in row])
    line = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return line


def json_lines(records: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield one JSON object a line; dates and amounts as text."""
    for record in records:
        yield json.dumps(record, ensure_ascii=False, default=_text) + "\n"


def xlsx(title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """Return a workbook of one sheet. Numbers and dates stay what they are; text never becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.append(list(header))
    for row in rows:
        sheet.append([neutralize_cell(cell) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def csv_download(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """Return a CSV table as a download that is sent while it is read."""
    response = StreamingHttpResponse(csv_lines(header, rows), content_type=CSV_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def table_download(
    form: str, name: str, title: str, header: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse | StreamingHttpResponse:
    """Return a table as a download in one of the forms of :data:`TABLE_FORMS`; ``name`` comes without its ending.

    Raises:
        Http404: there is no such form.
    """
    if form not in TABLE_FORMS:
        raise Http404(form)
    if form == "csv":
        return csv_download(f"{name}.csv", header, rows)
    response = HttpResponse(xlsx(title, header, rows), content_type=XLSX_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def zip_download(name: str, files: Iterable[tuple[str, bytes]]) -> StreamingHttpResponse:
    """Return files, each by its name in the archive, as a ZIP download; each is sent once it is read."""
    response = StreamingHttpResponse(_zipped(files), content_type=ZIP_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_download(name: str, document: bytes, *, public: bool = False) -> HttpResponse:
    """Return a document as an attachment; no cache keeps one that is not for everybody."""
    response = HttpResponse(document, content_type=PDF_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    if not public:
        response["Cache-Control"] = "private, no-store"
    return response


class _Sink(io.RawIOBase):
    """What an archive writes to: it cannot go back, and gives up what it holds."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held += data
        return len(data)

    def take(self) -> bytes:
        held, self._held = bytes(self._held), bytearray()
        return held


def _zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            yield sink.take()
    yield sink.take()


def json_download(name: str, data: Mapping[str, Any]) -> HttpResponse:
    """Return one JSON document as a download."""
    text = json.dumps(data, ensure_ascii=False, indent=1, default=_text)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _text(cell: Any) -> Any:
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, Decimal):
        return f"{cell:.2f}"
    return "" if cell is None else cell
