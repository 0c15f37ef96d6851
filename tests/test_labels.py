"""The words of the manual stand on the pages that people open (domain.md §2): as a heading, a button, a name, not in a remark."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.factories import World, drive_application, drive_claim, make_user
from tests.visible import elements

PAGES = {  # page → label → the element whose whole words it is
    "home": {
        "登录": "a",
        "科淘平台": "a",
        "京津冀": "a",
        "科技创新券": "a",
        "政策咨询": "dt",
        "23532900-836/821": "dd",
        "技术支持": "dt",
        "23532900-817": "dd",
    },
    "login": {"登录": "button", "用户名或手机号": "label", "微信登录": "a"},
    "mall": {"产品导航": "summary", "创新券": "span"},
    "product": {"立刻申请": "a", "创新券": "span"},
    "placing": {"确认申请": "button"},
    "center": {
        "用户中心": "a",
        "我的帐号": "a",
        "安全认证": "a",
        "我买到的产品": "a",
        "科技创新券": "a",
        "创新券申请": "a",
        "创新券兑现": "a",
    },
    "certifying": {"安全认证": "h1", "单位名称": "label", "统一社会信用代码": "label", "营业执照或法人证书": "label"},
    "bought": {"我买到的产品": "h1", "申请创新券": "button"},
    "applications": {"创新券申请": "h1", "申请创新券": "button"},
    "applying": {"保存": "button", "申请": "button"},
    "checking": {"返回修改": "a", "确认提交": "button"},
    "approved": {"复审通过": "span", "进度": "a", "审核意见": "a"},
    "claims": {"创新券兑现": "h1"},
    "claiming": {
        "发票": "h2",
        "银行回单": "h2",
        "合同": "h2",
        "添加": "a",
        "编辑": "a",
        "保存": "button",
        "申请": "button",
    },
    "accepted": {"市级受理": "span", "兑现申请表": "h2", "导出": "button"},
    "passed": {"专家评审通过": "span"},
    "laboratories": {"京津冀": "a"},
}


def claim_at(state):
    return lambda world: drive_claim(world.make_claim(), state, world)


OPENED = {  # page → who opens it, and its address: a name, with the case in whose number it ends
    "home": ("", "home", None),
    "login": ("", "account_login", None),
    "mall": ("", "product_list", None),
    "laboratories": ("", "lab_list", None),
    "product": ("applicant", "product_detail", lambda world: world.product),
    "placing": ("applicant", "order_place", lambda world: world.product),
    "center": ("applicant", "user_center", None),
    "certifying": ("newcomer", "certification_edit", None),
    "bought": ("applicant", "order_list", World.make_order),
    "applications": ("applicant", "application_list", World.make_order),
    "applying": ("applicant", "application_edit", World.make_application),
    "checking": ("applicant", "application_check", World.make_application),
    "approved": (
        "applicant",
        "application_detail",
        lambda world: drive_application(world.make_application(), "approved", world),
    ),
    "claims": ("applicant", "claim_list", None),
    "claiming": ("applicant", "claim_edit", World.make_claim),
    "accepted": ("applicant", "claim_detail", claim_at("accepted")),
    "passed": ("applicant", "claim_detail", claim_at("passed")),
}


def opened(name):
    """What stands on the page."""
    world = World()
    who, address, make = OPENED[name]
    case = make(world) if make else None
    client = Client()
    if who:
        client.force_login(make_user(who) if who == "newcomer" else world.people[who])
    number = [case.number] if case is not None and not address.endswith("_list") else []
    response = client.get(reverse(address, args=number))
    assert response.status_code == 200
    return elements(response.content.decode())


@pytest.mark.django_db
@pytest.mark.parametrize("name", PAGES)
def test_the_words_of_the_manual_stand_on_the_page(name):
    read = opened(name)
    assert [label for label, tag in PAGES[name].items() if (tag, label) not in read] == []


def test_every_word_in_brackets_of_the_law_has_its_page():
    """Each 【…】 of domain.md §2."""
    law = (settings.BASE_DIR / "docs" / "domain.md").read_text(encoding="utf-8")
    kept = law.partition("## 2. ")[2].partition("\n## ")[0]
    named = {label for labels in PAGES.values() for label in labels}
    assert set(re.findall("【(.+?)】", kept)) - named == set()


@pytest.mark.parametrize(
    "source",
    [
        "<body><!-- <h1>进度</h1> --></body>",
        "<body><script>'进度'</script></body>",
        "<body><h1 hidden>进度</h1></body>",
        "<body><h1>进度和意见</h1></body>",
        "<head><title>进度</title></head>",
        '<body><a title="进度"></a></body>',
    ],
)
def test_what_nobody_sees_is_not_read(source):
    assert "进度" not in {words for _, words in elements(source)}


def test_what_is_read_aloud_only_is_no_part_of_a_label():
    page = '<body><a>添加<span class="visually-hidden">发票</span></a><label>名称&#8288;<i class="required-mark">*</i></label></body>'
    assert {("a", "添加"), ("label", "名称")} <= elements(page)
