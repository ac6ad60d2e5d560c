"""The sections of GB/T 4754 cover every division once."""

import pytest
from django.utils.translation import override

from core.identifiers import INDUSTRIES, industry_of_division


def test_the_sections_cover_all_divisions_without_overlap() -> None:
    divisions = [
        division
        for industry in INDUSTRIES.values()
        for division in range(industry.first_division, industry.last_division + 1)
    ]
    assert divisions == list(range(1, 98))
    assert "".join(INDUSTRIES) == "ABCDEFGHIJKLMNOPQRST"


@pytest.mark.parametrize(
    ("division", "code"), [(1, "A"), (13, "C"), (43, "C"), (44, "D"), (97, "T"), (0, ""), (98, "")]
)
def test_the_section_of_a_division(division: int, code: str) -> None:
    assert industry_of_division(division) == code


def test_a_section_is_named_in_the_language_of_the_reader() -> None:
    with override("zh-hans"):
        assert str(INDUSTRIES["C"]) == "制造业"
    with override("en"):
        assert str(INDUSTRIES["C"]) == "Manufacturing"
