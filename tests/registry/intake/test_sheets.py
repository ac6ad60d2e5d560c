"""Whatever stands in a spreadsheet becomes rows of text, or one sentence why not; nothing breaks the reader."""

import io
import re
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from core.validation.refusals import UploadRefused
from core.validation.sheets import examine_workbook
from registry.intake import sheets
from registry.intake.sheets import StatementSheet, UnreadableSheet
from tests.factories.spreadsheets import HEADINGS, row, table, xlsx


def read(content, *, is_workbook=True):
    with StatementSheet(content, is_workbook=is_workbook) as sheet:
        return list(sheet)


def cells(**typed):
    """Return the cells of one row of a workbook."""
    return read(xlsx([row("x", **typed)]))[0].cells


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (50000, "50000"),
        (2.5, "2.5"),
        (0.1, "0.1"),
        (Decimal("19.90"), "19.9"),
        (1e16, "1.00000E+16"),
        (True, "yes"),
        (date(2030, 12, 31), "2030-12-31"),
        (datetime(2030, 12, 31, 8, 0), "2030-12-31"),
        (time(8, 30), "08:30:00"),
        ("  5万元 ", "  5万元 "),
        ("'=text", "=text"),
        ("'quoted'", "'quoted'"),
        (None, ""),
    ],
)
def test_each_kind_of_cell_becomes_the_text_that_people_see(typed, text):
    assert cells(fixed_amount=typed)["fixed_amount"] == text


def test_a_percentage_is_one():
    book = Workbook()
    book.active.append(list(HEADINGS.values()))
    book.active["D2"], book.active["A2"] = 0.055, "x"
    book.active["D2"].number_format = "0.00%"
    content = io.BytesIO()
    book.save(content)
    assert read(content.getvalue())[0].cells["royalty_rate"] == "5.5%"


def test_a_number_that_lost_its_digits_keeps_the_form_that_shows_it():
    assert cells(patent_number=2015110000000)["patent_number"] == "2.01511E+12"
    assert cells(patent_number=202110000001.5)["patent_number"] == "202110000001.5"


def test_rows_keep_their_numbers_and_empty_ones_and_the_example_are_left_out():
    rows = [row("示例 Example: ZL202410000001.X"), row("a"), {}, {"fee_mode": "  "}, row("b")]
    assert [(one.number, one.cells["patent_number"]) for one in read(xlsx(rows))] == [(3, "a"), (6, "b")]
    text = table(rows)
    assert [(one.number, one.cells["patent_number"]) for one in read(text, is_workbook=False)] == [(3, "a"), (6, "b")]


@pytest.mark.parametrize(
    "words",
    [{"patent_number": "专利号", "fee_mode": "支付方式"}, {"patent_number": "PATENT NUMBER", "fee_mode": "fee_mode"}],
)
def test_headings_are_known_in_either_language_and_order(words):
    header = dict(reversed({**words, "note": "Our own note"}.items()))
    with StatementSheet(xlsx([{"patent_number": "a", "note": "x"}], header=header), is_workbook=True) as sheet:
        assert [one.cells for one in sheet] == [{"patent_number": "a", "fee_mode": ""}]
        assert (sheet.columns, sheet.ignored) == ({"patent_number": 2, "fee_mode": 1}, ["Our own note"])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_may_be_parted_by_any_of_the_usual_marks(delimiter):
    text = f"专利号{delimiter}支付方式{delimiter}金额（元）\na{delimiter}免费{delimiter}1\n"
    assert read(text.encode(), is_workbook=False)[0].cells["fixed_amount"] == "1"


def test_no_headings_is_told():
    with pytest.raises(UnreadableSheet, match="No row of headings was found"):
        read(xlsx([], header={"a": "b"}))
    with pytest.raises(UnreadableSheet, match="No row of headings was found"):
        read(b"a,b\n", is_workbook=False)


def test_more_rows_than_can_be_taken_are_told(monkeypatch):
    monkeypatch.setattr(sheets, "MOST_ROWS", 2)
    rows = [row("a"), row("b"), row("c")]
    with pytest.raises(UnreadableSheet, match="There are more than 2 rows"):
        read(xlsx(rows))
    with pytest.raises(UnreadableSheet, match="There are more than 2 rows"):
        read(table(rows), is_workbook=False)


def test_a_row_a_million_lines_further_down_is_not_waited_for():
    book = Workbook()
    book.active.append(list(HEADINGS.values()))
    book.active["A1048576"] = "x"
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(UnreadableSheet, match="There are more than"):
        read(content.getvalue())


def test_a_formula_is_named_and_its_kept_result_not_believed():
    found = read(xlsx([row("x", fixed_amount="=1+1")]))[0]
    assert found.unreadable == (("fixed_amount", "formula"),)
    found = read(b"\xe4\xb8\x93\xe5\x88\xa9\xe5\x8f\xb7,fee mode\n=1+1,x\n", is_workbook=False)[0]
    assert found.unreadable == (("patent_number", "formula"),)


CELL = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(9999, 1, 1)),
    st.sampled_from(["=1/0", "#REF!", "2.02E+12", "１２３", "\ufeff", "'", "=", "\x00", "\ud800", "🙂" * 20, "面议"]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from(list(HEADINGS)), CELL), max_size=5))
def test_whatever_stands_in_the_cells_of_a_table_becomes_text(rows):
    typed = [{name: str(cell).encode("utf-8", "replace").decode() for name, cell in one.items()} for one in rows]
    for found in read(table(typed, encoding="utf-8"), is_workbook=False):
        assert all(isinstance(text, str) and "\x00" not in text for text in found.cells.values())


@settings(deadline=None, max_examples=150)
@given(st.lists(st.dictionaries(st.sampled_from(list(HEADINGS)), CELL), max_size=5))
def test_whatever_stands_in_the_cells_of_a_workbook_becomes_text(rows):
    illegal = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
    typed = [
        {name: illegal.sub("", cell) if isinstance(cell, str) else cell for name, cell in one.items()} for one in rows
    ]
    for found in read(xlsx(typed)):
        assert all(isinstance(text, str) for text in found.cells.values())


SCRAPS = st.lists(
    st.sampled_from(
        [
            b"<row>", b"</row>", b'<row r="2">', b'<row r="-1">', b'<row r="x">', b'<c r="A2">', b'<c r="ZZZZ9">', b"</c>",
            b'<c r="A1" t="s">', b'<c t="b">', b'<c t="d">', b'<c t="e">', b'<c s="999">', b"<v>", b"</v>", b"1e999",
            b"NaN", b"9" * 5000, b"-1", b"2020", b"<f>1</f>", b"<is><t>x</t></is>", b'<c t="inlineStr">', b"&#0;", b"&lt;",
        ]
    ),
    max_size=12,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(SCRAPS)
def test_a_workbook_written_by_an_enemy_is_read_or_refused_with_a_sentence(scraps):
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx([row("a")]))) as source, zipfile.ZipFile(content, "w") as target:
        for item in source.infolist():
            data = source.read(item.filename)
            if item.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", b"".join(scraps) + b"</sheetData>")
            target.writestr(item.filename, data)
    with suppress(UnreadableSheet, UploadRefused):
        for found in read(examine_workbook(content.getvalue())):
            assert all(isinstance(text, str) for text in found.cells.values())
