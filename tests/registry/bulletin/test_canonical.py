"""One text, one form, one hash."""

from datetime import date
from decimal import Decimal

import pytest

from registry.bulletin.canonical import canonical


def test_key_order_and_blanks_do_not_matter_and_chinese_stays_readable():
    assert canonical({"b": 1, "a": ["名称", None, True]}) == '{"a":["名称",null,true],"b":1}'.encode()


def test_two_ways_to_write_one_character_are_one():
    assert canonical({"name": "e\u0301"}) == canonical({"name": "\u00e9"})


@pytest.mark.parametrize("value", [1.5, Decimal("1.50"), date(2026, 3, 3), {1, 2}])
def test_what_could_be_written_two_ways_is_refused(value):
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"value": value})
