"""Downloads hold what they were given, and nothing that a spreadsheet runs."""

import csv
import io
import json
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from core.exports import csv_lines, json_lines, pdf_download, xlsx, zip_download

RUN = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "\r=1", "  =1"]


@pytest.mark.parametrize("cell", RUN)
def test_no_cell_is_run(cell):
    text = "".join(csv_lines(["a"], [[cell]]))
    assert next(csv.reader(io.StringIO(text.removeprefix("\ufeff").split("\n", 1)[1], newline=""))) == [f"'{cell}"]
    sheet = load_workbook(io.BytesIO(xlsx("t", ["a"], [[cell]] if "\r" not in cell else [["=1"]]))).active
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value.startswith("'")


def test_values_are_written_plainly():
    text = "".join(csv_lines(["day", "sum", "none", "words"], [[date(2026, 3, 2), Decimal("2.5"), None, '电池,"x"']]))
    assert text == '\ufeffday,sum,none,words\r\n2026-03-02,2.50,,"电池,""x"""\r\n'


def test_json_lines_hold_one_object_each():
    lines = list(json_lines([{"day": date(2026, 3, 2)}, {"sum": Decimal("2.50"), "words": "电池"}]))
    assert [json.loads(line) for line in lines] == [{"day": "2026-03-02"}, {"sum": "2.50", "words": "电池"}]


def test_numbers_stay_numbers_in_a_workbook():
    sheet = load_workbook(io.BytesIO(xlsx("t", ["a"], [[Decimal("-2.50")]]))).active
    assert sheet["A2"].value == -2.5


def test_an_archive_is_sent_file_by_file_and_every_file_comes_out_as_it_went_in():
    read = []

    def files():
        for number in range(3):
            read.append(number)
            yield f"受理通知书-{number}.pdf", bytes([number]) * 50_000

    answer = zip_download("all.zip", files())
    portions = iter(answer.streaming_content)
    first = next(portions)
    assert (read, len(first) > 0) == ([0], True)
    with ZipFile(io.BytesIO(first + b"".join(portions))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == [
            (f"受理通知书-{number}.pdf", bytes([number]) * 50_000) for number in range(3)
        ]


def test_a_document_is_an_attachment_and_one_for_a_person_alone_is_kept_nowhere():
    private, public = pdf_download("a.pdf", b"%PDF"), pdf_download("b.pdf", b"%PDF", public=True)
    assert (private.content, private["Content-Type"]) == (b"%PDF", "application/pdf")
    assert private["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert (private.get("Cache-Control"), public.get("Cache-Control")) == ("private, no-store", None)
