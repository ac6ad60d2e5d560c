"""How what people type becomes a value: every writing that people use, and a sentence for every other."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.reading import COLUMNS, empty, read, storable, wanted


@pytest.mark.parametrize(
    ("column", "typed", "value"),
    [
        ("fixed_amount", "2,000.50", Decimal("2000.50")),
        ("fixed_amount", "¥2000", Decimal("2000.00")),
        ("fixed_amount", "2,000 万元", Decimal("20000000.00")),
        ("fixed_amount", "１２３．４５ 元", Decimal("123.45")),
        ("royalty_rate", "7.5 %", Decimal("7.50")),
        ("unit_price", "0.01", Decimal("0.01")),
        ("term_until", "2030-12-31", date(2030, 12, 31)),
        ("term_until", "2030年2月3日", date(2030, 2, 3)),
        ("term_until", "2030/2/3", date(2030, 2, 3)),
        ("term_months", "36", 36),
        ("term_months", "300", 300),
        ("contact_email", " a@b.example ", "a@b.example"),
        ("undertakes_open_to_all", "on", True),
        ("undertakes_open_to_all", "", False),
        ("fee_mode", "free", "free"),
    ],
)
def test_a_writing_that_people_use_is_understood(column, typed, value):
    assert (read(column, typed).value, read(column, typed).finding) == (value, None)


@pytest.mark.parametrize(
    ("column", "typed"),
    [
        ("contact_phone", "none"),
        ("fixed_amount", "面议"),
        ("fixed_amount", "0"),
        ("fixed_amount", "-1"),
        ("fixed_amount", "1.005"),
        ("fixed_amount", "1000000000000"),
        ("fixed_amount", "10-20"),
        ("royalty_rate", "100.01"),
        ("term_until", "2030-02-30"),
        ("term_until", "soon"),
        ("term_months", "0"),
        ("term_months", "301"),
        ("term_months", "1.5"),
        ("contact_email", "nobody"),
        ("contact_name", "a\u202eb"),
        ("contact_name", "x" * 101),
        ("fee_mode", "barter"),
        ("instalments", [{"due_months": "0", "amount": "x"}]),
        ("instalments", [{"due_months": "x", "amount": "1"}]),
        ("instalments", [{"due_months": "1", "amount": ""}]),
    ],
)
def test_any_other_writing_gets_a_sentence_and_no_value(column, typed):
    found = read(column, typed)
    assert (found.value, found.finding.field) == (empty(column), column)
    assert str(found.finding.message).endswith((".", "。"))


def test_a_column_that_statements_do_not_have():
    with pytest.raises(LookupError):
        read("status", "announced")


def test_empty_rows_of_instalments_do_not_count():
    rows = [{"due_months": "", "amount": " "}, {"due_months": "0", "amount": "1万"}, {"due_months": "6", "amount": "5"}]
    assert read("instalments", rows).value == [
        {"due_months": 0, "amount": "10000.00"},
        {"due_months": 6, "amount": "5.00"},
    ]


@pytest.mark.parametrize(
    ("column", "modes", "used"),
    [
        ("fixed_amount", {"fee_mode": "lump_sum"}, True),
        ("fixed_amount", {"fee_mode": "instalments"}, False),
        ("royalty_rate", {"fee_mode": "lump_sum"}, False),
        ("fixed_amount", {"fee_mode": ""}, False),
        ("term_until", {"term_mode": "until"}, True),
        ("term_until", {"term_mode": "months"}, False),
        ("explanation", {}, True),
    ],
)
def test_which_columns_the_modes_use(column, modes, used):
    assert wanted(column, modes) is used


@given(column=st.sampled_from(COLUMNS), typed=st.text(max_size=80))
def test_nothing_that_can_be_typed_breaks_the_reading(column, typed):
    found = read(column, typed)
    assert found.finding is None or found.value == empty(column)


def test_what_is_kept_as_typed_can_be_stored():
    assert storable({"a": ["\x00x\ud800"]}) == {"a": ["x?"]}
