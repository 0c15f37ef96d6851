"""What the entrance says before and after something is typed."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_rule_of_passwords_has_its_number(client):
    assert "至少 8 个字符" in client.get(reverse("account_signup")).content.decode()


@pytest.mark.parametrize("name", ["张三 公司", "a/b", "名字！"])
def test_a_name_with_other_signs_is_refused_in_the_words_of_its_hint(client, name):
    page = client.post(reverse("account_signup"), {"username": name, "phone": "13800000031"}).content.decode()
    assert "用户名只能用汉字、字母、数字和 @ . + - _" in page
    assert f'value="{name}"' in page
