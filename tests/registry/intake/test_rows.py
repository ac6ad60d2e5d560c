"""What a record says, and every way in which it can be wrong."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.intake.rows import Faulty, PatentRow, RowReader, read_day

TODAY = date(2026, 3, 2)
GOOD = {
    "application_number": "200710308494.X",
    "title": "一种散热器",
    "patentees": "甲公司;??乙大学；丙",
    "filing_date": "2007-12-28",
    "grant_date": "2010-06-02",
    "ipc": "H05K7/20(2006.01)I;??G06F1/20(2006.01)I",
}


def codes(**changes):
    found = RowReader(on=TODAY).read({**GOOD, **changes}, 2)
    return [(fault.field, fault.code) for fault in found] if isinstance(found, list) else found


def test_a_good_record():
    row = RowReader(on=TODAY).read(GOOD, 7)
    assert isinstance(row, PatentRow)
    assert (row.line, row.kind, row.main_class, row.patentees) == (
        7,
        "invention",
        "H05K7/20",
        ("甲公司", "乙大学", "丙"),
    )


@pytest.mark.parametrize("text", ["2019-07-12", "2019.07.12", "2019/7/12", "20190712", "2019年7月12日", " 2019-07-12 "])
def test_days_in_every_writing(text):
    assert read_day(text) == date(2019, 7, 12)


@pytest.mark.parametrize(
    ("text", "code"), [("43658", "mangled_by_spreadsheet"), ("soon", "not_a_date"), ("2019-02-29", "no_such_day")]
)
def test_days_that_are_none(text, code):
    with pytest.raises(Faulty) as error:
        read_day(text)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"title": ""}, ("title", "empty")),
        ({"title": "题" * 501}, ("title", "too_long")),
        ({"patentees": " ; "}, ("patentees", "empty")),
        ({"filing_date": "1984-01-01"}, ("filing_date", "impossible_date")),
        ({"filing_date": ""}, ("filing_date", "empty")),
        ({"grant_date": ""}, ("grant_date", "not_granted")),
        ({"grant_date": "2026-03-03"}, ("grant_date", "not_granted")),
        ({"grant_date": "2006-01-01"}, ("grant_date", "granted_before_filing")),
        ({"kind": "plant"}, ("kind", "unknown_kind")),
        ({"kind": "外观设计"}, ("kind", "kind_mismatch")),
        ({"ipc": "G06"}, ("ipc", "wrong_class")),
        ({"right_status": "fine"}, ("right_status", "unknown_choice")),
        ({"industry": "Z"}, ("industry", "unknown_choice")),
        ({"term_ends_on": "2020-01-01"}, ("term_ends_on", "term_too_short")),
    ],
)
def test_each_fault_is_named(change, code):
    if change.get("kind") == "外观设计":
        change = {**change, "ipc": ""}
    assert codes(**change) == [code]


def test_all_faults_of_a_record_at_once():
    assert codes(title="", grant_date="", application_number="2.0E+12") == [
        ("application_number", "mangled_by_spreadsheet"),
        ("grant_date", "not_granted"),
        ("title", "empty"),
    ]


@given(st.dictionaries(st.sampled_from([*GOOD, "kind", "abstract", "industry", "term_ends_on"]), st.text(max_size=30)))
def test_nothing_breaks_the_reader(cells):
    found = RowReader(on=TODAY, vouched=True).read({**GOOD, **cells}, 1)
    assert isinstance(found, PatentRow) or found
