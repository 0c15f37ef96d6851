"""A figure that sentences name stands once; the sentences take it from there."""

import re

import pytest
from django.conf import settings
from django.template import engines

from tests.chinese import Said, python_texts, template_texts
from tests.test_house import sources, templates

NUMBER = "23532900"
FIGURE = re.compile(
    r"[0-9] ?(?:天|分钟|小时|个?工作日|MB|年(?!度)|个月|秒|条|次|个?字)"
    r"|[一二两三四五六七八九十半] ?个?(?:分钟|小时|工作日|月|秒)|[二两三四五六七八九十半] ?天"
)
STORIES = ("tten/demo/", "ui/samples.py", "templates/ui/gallery")  # what people of the demo and the gallery write
EXCEPTIONS = {  # part of a text that may name a figure → why it does not come from a constant
    "例如“10 个工作日”": "an example of what is typed",
    "请一小时后再试": "the h of ACCOUNT_RATE_LIMITS: allauth reads the hour from that word",
}


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


def figures(said: list[Said]) -> list[str]:
    """Where a text names a figure that is written out, outside the stories and the exceptions."""
    return [
        f"{place}: {text}"
        for place, text in said
        if FIGURE.search(text) and not place.startswith(STORIES) and not any(part in text for part in EXCEPTIONS)
    ]


@pytest.mark.heavy
def test_no_sentence_writes_a_figure_out():
    assert figures([*python_texts(), *template_texts()]) == []


@pytest.mark.heavy
def test_every_exception_is_needed():
    said = "\n".join(text for _, text in [*python_texts(), *template_texts()])
    assert [part for part in EXCEPTIONS if part not in said] == []


@pytest.mark.parametrize("text", ["5 分钟内有效", "14天后", "再保存六个月", "不超过 20 MB", "至少 8 个字符"])
def test_a_figure_that_is_written_out_is_seen(text):
    assert figures([Said("a.py:1", text)]) == [f"a.py:1: {text}"]


@pytest.mark.parametrize("text", ["{} 分钟内有效", "第一次登录", "2026 年度额度", "有效期至哪一天"])
def test_what_is_no_figure_is_not(text):
    found = figures([Said("a.py:1", text)])
    assert found == []
