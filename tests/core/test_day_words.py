"""A day as people read it."""

from datetime import date

import pytest
from django.utils.translation import override

from core.day_words import day_in_words


@pytest.mark.parametrize(("language", "said"), [("en", "9 April 2028"), ("zh-hans", "2028年4月9日")])
def test_a_day_is_said_in_the_language_of_the_reader(language, said):
    with override(language):
        assert day_in_words(date(2028, 4, 9)) == said
