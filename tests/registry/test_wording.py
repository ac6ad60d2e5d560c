"""Words and ranges that leave a price open, and how they are marked for the examiner."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.wording import PROMOTIONAL, Run, found_in, is_range, marked, ranges_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("使用费10万元至20万元，按规模确定", ["10万元至20万元"]),
        ("3%-5%", ["3%-5%"]),
        ("¥1,000～¥2,000元", ["¥1,000～¥2,000元"]),
        ("5 to 8 percent", ["5 to 8 percent"]),
        ("2026-12-31前付清，电话0571-88880000", []),
        ("第1至3年每年付款", []),
        ("一次付清20万元", []),
        ("每年三万元至五万元", ["三万元至五万元"]),
        ("使用费三至五万元", ["三至五万元"]),
        ("费率为百分之三到百分之五", ["百分之三到百分之五"]),
        ("百分之三-五", ["百分之三-五"]),
        ("第一至三年每年付五万元", []),
        ("签约后十至十五日内付二十万元", []),
    ],
)
def test_ranges_of_money_and_percent_only(text, found):
    assert ranges_in(text) == found


@pytest.mark.parametrize(("text", "expected"), [("5-8", True), ("10万-20万", True), ("5", False), ("2,000.50", False)])
def test_a_whole_field_that_is_a_range(text, expected):
    assert is_range(text) is expected


def test_the_examiner_sees_each_word_with_its_reason():
    assert marked("最佳技术，价格面议，5%至8%。") == [
        Run("最佳", "promotional"),
        Run("技术，价格"),
        Run("面议", "negotiable"),
        Run("，"),
        Run("5%至8%", "range"),
        Run("。"),
    ]


def test_a_plain_text_is_one_run_and_an_empty_one_none():
    assert (marked("一次付清"), marked("")) == ([Run("一次付清")], [])


@given(st.text(alphabet="面议最佳5-%元 a至", max_size=60))
def test_the_runs_joined_are_the_text_again(text):
    assert "".join(run.text for run in marked(text)) == text


def test_a_long_run_of_digits_takes_no_time():
    assert ranges_in("1" * 20_000) == []
    assert ranges_in("一" * 20_000) == []


def test_words_of_latin_letters_stand_alone():
    assert found_in("discounted", PROMOTIONAL) == []
