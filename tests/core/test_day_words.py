"""A day as people read it."""

from datetime import date

import pytest
from django.utils.translation import override

from core.day_words import day_in_words, day_of_year_in_words, month_in_words, weekday_in_words

DAY = date(2028, 4, 9)


@pytest.mark.parametrize(("language", "said"), [("en", "9 April 2028"), ("zh-hans", "2028年4月9日")])
def test_a_day_is_said_in_the_language_of_the_reader(language, said):
    with override(language):
        assert day_in_words(DAY) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", ["April 2028", "9 Apr", "Sunday"]), ("zh-hans", ["2028年4月", "4月9日", "星期日"])],
)
def test_so_are_its_month_its_place_in_the_year_and_its_weekday(language, said):
    with override(language):
        assert [month_in_words(DAY), day_of_year_in_words(DAY), weekday_in_words(DAY)] == said
