"""A figure that sentences name stands once; the sentences take it from there."""

import pytest
from django.conf import settings
from django.template import engines

from tests.test_house import sources, templates

NUMBER = "23532900"


@pytest.mark.heavy
def test_the_numbers_for_questions_are_settings_alone():
    said = [path for path in [*sources(), *templates()] if NUMBER in path.read_text()]
    assert said == [settings.BASE_DIR / "tten" / "settings.py"]
    assert settings.POLICY_PHONE.startswith(NUMBER)
    assert settings.SUPPORT_PHONE.startswith(NUMBER)


def test_every_template_knows_the_numbers(settings):
    settings.SUPPORT_PHONE, settings.POLICY_PHONE = "111", "222"
    page = engines["django"].from_string("{% support_phone %} {% policy_phone as phone %}{{ phone }}")
    assert page.render({}) == "111 222"
