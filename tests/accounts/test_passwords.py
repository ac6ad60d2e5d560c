"""What a password must be, in the reader's language."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import override

from accounts.models import User


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "This password has fewer than 12 characters. Choose a longer one.",
                "This password is one that many people use. Choose another.",
            ],
        ),
        ("zh-hans", ["密码少于12个字符，请使用更长的密码。", "该密码过于常见，请更换。"]),
    ],
)
def test_a_short_and_common_password_is_refused_in_words(language, said):
    with override(language), pytest.raises(ValidationError) as refused:
        validate_password("password")
    assert refused.value.messages == said


def test_a_password_like_one_s_name_is_refused_and_a_good_one_is_taken():
    person = User(full_name="Wang Xiaoming Hangzhou", email="wang@lake.example")
    with pytest.raises(ValidationError):
        validate_password("wang@lake.example", person)
    validate_password("three blue kites over water", person)


def test_the_rules_are_told_beforehand():
    with override("zh-hans"):
        assert password_validators_help_texts() == [
            "不得与您的姓名或者电子邮箱相同或者相近。",
            "至少12个字符。",
            "不得使用常见密码。",
        ]
