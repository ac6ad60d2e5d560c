"""Wordings that an examiner inserts: complete in both languages, each with its articles."""

import pytest
from django.utils.translation import override

from core.deadlines import law_date
from registry.rules import BARS, DEFECTS
from registry.rules.wordings import CORRECTION, REFUSAL, WORDINGS, drafted, inserted, wordings_for
from tests.cast import NOW
from tests.registry.rules.facts import patent

RULES = {rule.id for book in (BARS, DEFECTS) for rule in book.rules}


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda item: item.code)
def test_each_has_articles_known_rules_and_a_chinese_text(wording):
    assert wording.basis
    assert set(wording.rules) <= RULES
    with override("en"):
        english = str(wording.text)
    with override("zh-hans"):
        assert str(wording.text) != english


def test_codes_are_unique_and_both_uses_are_served():
    assert len({wording.code for wording in WORDINGS}) == len(WORDINGS)
    assert len(wordings_for(CORRECTION)) > 5
    assert len(wordings_for(REFUSAL)) > 5


def test_standing_violations_begin_the_reasons_with_their_articles():
    standing = BARS.check(patent(right_status="lapsed"), on=law_date(NOW))
    with override("zh-hans"):
        text = drafted(standing)
    assert text.startswith("1. ")
    assert all(str(item) in text for item in ("专利法实施细则第86条",))


def test_what_is_inserted_stands_beneath_what_was_typed_and_is_numbered_on():
    with override("zh-hans"):
        lines = inserted("1. 请写明单位。", ["promotion", "nothing-of-the-kind"]).splitlines()
    assert lines[0] == "1. 请写明单位。"
    assert len(lines) == 2
    assert lines[1].startswith("2. ")
    assert "专利法实施细则第85条" in lines[1]
