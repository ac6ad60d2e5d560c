"""What the cells say that name papers, as people write them."""

from datetime import date

import pytest

from registry.intake.paper_columns import PapersOfRow, key_of, papers_of_row, report_keys


@pytest.mark.parametrize(
    ("typed", "file"),
    [
        ("报告 1.pdf", "报告_1.pdf"),
        ("报告1", "报告１.PDF"),
        ("ZL202420000001.5", "zl202420000001.5.jpeg"),
        ("A-B (2).png", "a_b_2.png"),
    ],
)
def test_a_name_is_recognized_without_extension_blanks_marks_width_and_case(typed, file):
    assert key_of(typed) == key_of(file) != ""


@pytest.mark.parametrize(("one", "other"), [("a.pdf", "b.pdf"), ("报告1.pdf", "报告2.pdf"), ("a.pdf", "a.exe")])
def test_other_names_are_others(one, other):
    assert key_of(one) != key_of(other)


def test_a_report_is_looked_for_by_the_patents_number_in_both_forms():
    assert report_keys({"patent_number": "ZL 202420000001.5"}) == ("2024200000015", "zl2024200000015")
    assert report_keys({"patent_number": ""}) == ()


def test_every_cell_is_read():
    cells = {
        "evaluation_report": " r.pdf ",
        "agreement": "协议.pdf",
        "agreement_until": "2030年12月31日",
        "consents": "甲公司：甲.pdf；\n乙: 乙.pdf",
    }
    consents = (("甲公司", "甲.pdf"), ("乙", "乙.pdf"))
    assert papers_of_row(cells) == PapersOfRow("r.pdf", "协议.pdf", date(2030, 12, 31), consents)
    assert papers_of_row({"consents": "a.pdf"}).consents == (("", "a.pdf"),)
    assert papers_of_row({"consents": "甲公司:"}).consents == (("甲公司", ""),)
    assert papers_of_row({"agreement_until": "soon"}).fault is True
    assert papers_of_row({}) == PapersOfRow()
