"""What is said of a password that is not taken: in Chinese, with the rule and the way out."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from accounts.models import User


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("Ab3$x", "密码至少 8 个字符，现在是 5 个，请加长。"),
        ("Haihe-yangli1", "密码与用户名太相似，容易被猜到，请换一个。"),
        ("password1", "这个密码太常见，容易被猜到，请换一个。"),
        ("abcdefghij", "密码应包含大写字母、小写字母、数字、符号中的至少三种。"),
    ],
)
def test_a_refused_password_says_why(password, sentence):
    with pytest.raises(ValidationError) as refusal:
        validate_password(password, User(username="haihe-yangli"))
    assert sentence in refusal.value.messages


def test_every_rule_is_told_in_chinese():
    assert not any(sign.isascii() and sign.isalpha() for text in password_validators_help_texts() for sign in text)
