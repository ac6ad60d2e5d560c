"""Frozen terms: one hash, one effective day, one last day."""

from datetime import date

import pytest

from licensing.rules.terms import effective_day, effective_on_notice, hash_of, license_ends_on

FAR = date(2041, 3, 9)


def test_the_hash_is_that_of_canonical_json() -> None:
    # printf '{"a":"一","b":1}' | sha256sum
    known = "1c7f89738b99ebaccfc1ec6a3becad7033e44fb2722d73cf0e233ccfbefbe47d"
    assert hash_of({"b": 1, "a": "一"}) == hash_of({"a": "一", "b": 1}) == known
    assert hash_of({"a": "e\u0301"}) == hash_of({"a": "é"})  # one normal form


@pytest.mark.parametrize(
    ("served", "paid", "effective"),
    [
        (date(2026, 4, 1), date(2026, 4, 10), date(2026, 4, 10)),
        (date(2026, 4, 10), date(2026, 4, 1), date(2026, 4, 10)),
        (date(2026, 4, 1), None, date(2026, 4, 1)),
    ],
)
def test_the_later_day_counts(served, paid, effective) -> None:
    assert effective_day(served, paid) == effective


@pytest.mark.parametrize(
    ("term", "begins", "ends"),
    [
        ({"mode": "months", "months": 12}, date(2026, 4, 10), date(2027, 4, 9)),
        ({"mode": "months", "months": 1}, date(2026, 1, 31), date(2026, 2, 27)),
        ({"mode": "months", "months": 300}, date(2026, 4, 10), FAR),
        ({"mode": "until", "until": "2029-12-31"}, date(2026, 4, 10), date(2029, 12, 31)),
        ({"mode": "until", "until": "2050-12-31"}, date(2026, 4, 10), FAR),
    ],
)
def test_the_last_day_is_the_term_clipped_to_the_patent(term, begins, ends) -> None:
    assert license_ends_on(term, effective_on=begins, patent_ends_on=FAR) == ends


@pytest.mark.parametrize(
    ("fee", "at_once"),
    [
        ({"fee_mode": "free"}, True),
        ({"fee_mode": "royalty_sales", "royalty_rate": "3.00"}, True),
        ({"fee_mode": "lump_sum", "fixed_amount": "1.00"}, False),
        ({"fee_mode": "entry_royalty_sales", "fixed_amount": "1.00", "royalty_rate": "3.00"}, False),
    ],
)
def test_nothing_due_takes_effect_on_notice(fee, at_once) -> None:
    assert effective_on_notice({"fee": fee}, on=date(2026, 4, 10)) is at_once
