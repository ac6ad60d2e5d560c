"""Spreadsheets that could act, reach elsewhere or explode are refused before anything parses them."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.validation import sheets
from core.validation.refusals import UploadRefused
from core.validation.sheets import examine_table, examine_workbook
from tests.factories.spreadsheets import row, table, xlsx

PLAIN = xlsx([row("202110000001.4")])


def with_parts(parts, *, base=PLAIN, drop=()):
    """Return the plain workbook with parts added or replaced."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base)) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for item in source.infolist():
            if item.filename not in parts and item.filename not in drop:
                target.writestr(item.filename, source.read(item.filename))
        for name, data in parts.items():
            target.writestr(name, data)
    return content.getvalue()


def refusal(data):
    with pytest.raises(UploadRefused) as refused:
        examine_workbook(data)
    return refused.value.code


def test_a_plain_workbook_passes_byte_by_byte():
    assert examine_workbook(PLAIN) == PLAIN


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("XL/VBAPROJECT.BIN", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/activeX/activeX1.xml", "macros"),
        ("xl/embeddings/oleObject1.bin", "macros"),
        ("customUI/customUI.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "external_links"),
        ("xl/connections.xml", "external_links"),
        ("xl/queryTables/queryTable1.xml", "external_links"),
    ],
)
def test_what_acts_or_reaches_elsewhere_is_refused(part, code):
    assert refusal(with_parts({part: b"<x/>"})) == code


def test_a_macro_workbook_under_another_name_is_refused():
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive:
        types = archive.read("[Content_Types].xml")
    macro = types.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main")
    assert refusal(with_parts({"[Content_Types].xml": macro})) == "macros"


def test_what_a_printer_left_is_harmless():
    data = with_parts({"xl/printerSettings/printerSettings1.bin": b"\x00\x01"})
    assert examine_workbook(data) == data


@pytest.mark.parametrize("declaration", [b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<!doctype x>", b"<!ENTITY a 'b'>"])
def test_declared_entities_are_refused(declaration):
    assert refusal(with_parts({"xl/sharedStrings.xml": declaration + b"<sst/>"})) == "entities"


def test_a_declaration_is_found_where_two_pieces_meet(monkeypatch):
    monkeypatch.setattr(sheets, "_PIECE", 7)
    assert refusal(with_parts({"xl/sharedStrings.xml": b" " * 40 + b"<!DOCTYPE x><sst/>"})) == "entities"


def test_another_encoding_than_utf_8_is_refused():
    assert refusal(with_parts({"xl/workbook.xml": "<workbook/>".encode("utf-16")})) == "damaged"


def test_a_zip_bomb_is_refused_while_it_is_inflated(monkeypatch):
    bomb = with_parts({"xl/sharedStrings.xml": b"<sst>" + b" " * (sheets.MAX_TEXTS + 1)})
    assert len(bomb) < 200_000
    assert refusal(bomb) == "expands_too_far"
    monkeypatch.setattr(sheets, "MAX_EXPANDED", 1000)
    assert refusal(PLAIN) == "expands_too_far"


def test_a_part_that_lies_about_its_length_is_refused():
    data = bytearray(with_parts({"xl/styles.xml": b"<styleSheet>" + b" " * 5000 + b"</styleSheet>"}))
    central = data.rindex(b"xl/styles.xml") - 46
    data[central + 24 : central + 28] = (10).to_bytes(4, "little")
    assert refusal(bytes(data)) == "damaged"


def test_too_many_parts_are_refused():
    assert refusal(with_parts({f"xl/media/{place}.png": b"" for place in range(sheets.MAX_PARTS)})) == "expands_too_far"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100, PLAIN[:-30], PLAIN[200:]])
def test_what_is_no_archive_is_refused(data):
    assert refusal(data) == "damaged"


def test_an_archive_that_is_no_workbook_is_refused():
    assert refusal(with_parts({}, drop=("xl/workbook.xml",))) == "damaged"


@given(st.data())
def test_a_damaged_workbook_is_refused_or_passes_and_never_breaks(data):
    place = data.draw(st.integers(0, len(PLAIN) - 1))
    damaged = bytearray(PLAIN)
    damaged[place] ^= data.draw(st.integers(1, 255))
    code = "clean"
    try:
        examine_workbook(bytes(damaged))
    except UploadRefused as refused:
        code = refused.code
    assert code in {"clean", "damaged", "macros", "external_links", "expands_too_far", "entities"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_kept_as_utf_8(encoding):
    expected = table([row("202110000001.4")], encoding="utf-8")
    assert examine_table(table([row("202110000001.4")], encoding=encoding)) == expected


@pytest.mark.parametrize("data", [b"a\x00b", "专利号".encode("utf-16"), b"\xff\xff\xff", b"PK\x03\x04\x00\x00"])
def test_what_is_no_text_is_no_table(data):
    with pytest.raises(UploadRefused) as refused:
        examine_table(data)
    assert refused.value.code == "not_text"
