"""The limits that hold "generally": whoever does not ask is refused, whoever asks waits for an examiner's reason."""

from decimal import Decimal

import pytest

from core.legal import setting
from registry.fees.terms import LumpSum
from registry.models.constraints import EXPLANATION_LIMIT
from registry.rules import DEFECTS, REVIEWS
from tests.registry.rules.facts import ON, statement

OVER = {"fee": LumpSum(Decimal("20000000.01"))}
LONG = {"explanation": "费" * 2001}
ASKED = {"exception_request": "该专利为成套设备核心专利。"}


def found(**facts) -> list[tuple[str, str]]:
    said = statement(**facts)
    items = [*DEFECTS.check(said, on=ON, only=["F7", "F8", "F10"]), *REVIEWS.check(said, on=ON, only=["W7"])]
    return [(item.rule, item.field) for item in items]


@pytest.mark.parametrize(
    ("over", "defect", "field"), [(OVER, "F8", "fixed_amount"), (LONG, "F7", "explanation")], ids=["fee", "explanation"]
)
def test_asking_is_enough_to_send_and_only_an_override_to_go_on(over, defect, field):
    assert found(**over, with_filer=True) == [(defect, field)]
    assert found(**over, **ASKED, with_filer=True) == [("W7", field)]
    assert found(**over, **ASKED) == [(defect, field)]
    assert found(**over, **ASKED, cap_override_reason="examined") == []
    # What was granted to the text before a correction does not hold for the text being corrected.
    assert found(**over, cap_override_reason="examined", with_filer=True) == [(defect, field)]


def test_nothing_to_ask_for_is_said_and_blocks_nothing():
    assert found(**ASKED, with_filer=True) == [("W7", "exception_request")]
    assert found(**ASKED) == []


def test_an_explanation_that_is_missing_is_no_exception():
    assert found(explanation="", **ASKED, with_filer=True) == [("F7", "explanation"), ("W7", "exception_request")]


def test_the_request_is_in_chinese_too():
    assert ("F10", "exception_request") in found(**OVER, exception_request="a core patent", with_filer=True)


def test_the_table_and_the_law_state_the_same_length():
    assert setting("explanation_max_characters", on=ON).whole == EXPLANATION_LIMIT
