"""咨询: asked on a product, answered in public or to the asker alone, hidden by the curator; both sides hear of it."""

import pytest
from django.test import Client
from django.urls import reverse

from catalog.asking import services
from catalog.asking.forms import ONCE
from catalog.models import Inquiry, Product
from notifications.models import Notice
from policy.models import PolicyVersion
from records.steps import chain_holds
from tests.factories import make_product, make_provider
from tests.helpers import afresh, by_owner, constrained, refused
from tests.plans import heavy

pytestmark = pytest.mark.django_db
COPIES = """
INSERT INTO catalog_inquiry (product_id, asker_id, text, asked_at, answer, is_public, hidden_why)
SELECT product_id, asker_id, text, asked_at - n * interval '1 minute', '', false, ''
  FROM catalog_inquiry, generate_series(1, 20000) n WHERE id = %s
"""
WORDS, REPLY = "试样最小可以是多大？", "最小 10 毫米见方，更小的请先联系我们。"


def asked(world, text=WORDS, by=None):
    return services.ask_about(world.product, text, by=by or world.applicant)


def opened(person):
    client = Client()
    client.force_login(person)
    return client


def page_of(world):
    return Client().get(world.product.get_absolute_url()).content.decode()


def heard(person):
    return set(Notice.objects.filter(recipient=person).values_list("kind", flat=True))


def test_a_question_is_asked_answered_in_public_and_both_hear_of_it(world):
    firm, keeper = opened(world.applicant), opened(world.provider_member)
    address = reverse("product_ask", args=[world.product.number])
    assert "向服务机构提问" in firm.get(address).content.decode()
    assert "至少写 5 个字" in firm.post(address, {"text": "？"}).content.decode()
    place = firm.post(address, {"text": WORDS})["Location"]
    inquiry = Inquiry.objects.get()
    assert place == inquiry.get_absolute_url()
    assert "inquiry_asked" in heard(world.provider_member)
    assert WORDS in keeper.get(reverse("inquiry_list")).content.decode()
    assert keeper.post(place, {"answer": REPLY, "public": "yes"}).status_code == 302
    assert "inquiry_answered" in heard(world.applicant)
    page = page_of(world)
    assert WORDS in page
    assert REPLY in page
    assert world.applicant.name not in page
    assert "没有待回答的问题" in keeper.get(reverse("inquiry_list")).content.decode()
    assert "已公开回答" in keeper.get(reverse("inquiry_list") + "?show=all").content.decode()
    assert chain_holds(inquiry)


def test_a_private_answer_is_for_the_asker_alone(world):
    inquiry = services.answer_inquiry(asked(world), REPLY, public=False, by=world.provider_member)
    assert REPLY not in page_of(world)
    assert REPLY in opened(world.applicant).get(inquiry.get_absolute_url()).content.decode()
    assert opened(world.stranger).get(inquiry.get_absolute_url()).status_code == 404


def test_it_is_answered_once(world):
    inquiry = services.answer_inquiry(asked(world), REPLY, public=True, by=world.provider_member)
    with refused("R-ONCE"):
        services.answer_inquiry(inquiry, "另一个回答。", public=True, by=world.provider_member)
    place, keeper = inquiry.get_absolute_url(), opened(world.provider_member)
    assert keeper.post(place, {"answer": REPLY, "public": "no"}).status_code == 404
    waiting = asked(world, "第二个问题是什么？")
    form = keeper.get(waiting.get_absolute_url()).content.decode()
    assert "谁能看到" in form
    services.answer_inquiry(waiting, REPLY, public=False, by=world.provider_member)
    assert afresh(waiting).stage == "已回答（只有提问人可见）"


def test_a_curator_hides_with_a_reason(world):
    inquiry = services.answer_inquiry(asked(world), REPLY, public=True, by=world.provider_member)
    curator = opened(world.curator)
    assert "至少写 5 个字" in curator.post(inquiry.get_absolute_url(), {"why": "广告"}).content.decode()
    curator.post(inquiry.get_absolute_url(), {"why": "回答里有别家的电话。"})
    assert (afresh(inquiry).stage, WORDS in page_of(world)) == ("已隐藏", False)
    assert inquiry.events.order_by("-sequence").first().text == "回答里有别家的电话。"
    assert (
        "平台已隐藏，原因：回答里有别家的电话。"
        in opened(world.applicant).get(inquiry.get_absolute_url()).content.decode()
    )
    with refused("R-ONCE"):
        services.answer_inquiry(inquiry, REPLY, public=True, by=world.provider_member)


def test_who_may(world):
    inquiry = asked(world)
    for name in ("applicant", "stranger", "platform", "curator"):
        with refused("R-PERM"):
            services.answer_inquiry(inquiry, REPLY, public=True, by=world.people[name])
    for name in ("applicant", "provider_member", "platform"):
        with refused("R-PERM"):
            services.hide_inquiry(inquiry, "不该由他隐藏。", by=world.people[name])
    assert opened(world.applicant).get(reverse("inquiry_list")).status_code == 404
    assert opened(world.applicant).post(inquiry.get_absolute_url(), {"answer": REPLY}).status_code == 404
    world.provider.unit.memberships.create(user=world.reader, role="reader")
    with refused("R-ROLE"):
        services.answer_inquiry(inquiry, REPLY, public=True, by=world.reader)


def test_what_is_not_asked(world):
    with refused("R-REL"):
        asked(world, by=world.provider_member)
    for number in range(PolicyVersion.objects.in_force().inquiries_most_open):
        asked(world, f"第 {number} 个问题是什么？")
    address = reverse("product_ask", args=[world.product.number])
    assert "您已有 5 个问题在等待回答" in opened(world.applicant).post(address, {"text": WORDS}).content.decode()
    Product.objects.filter(pk=world.product.pk).update(status="withdrawn")
    with refused("R-SHELF"):
        asked(world, by=world.stranger)
    nobody = make_product(make_provider(name="无人维护的机构"), world.product.category)
    with refused("R-SHELF"):
        services.ask_about(nobody, WORDS, by=world.applicant)
    assert "向服务机构提问" not in page_of(world)


def own_rows(client, query=""):
    return [(row.text, row.stage, row.where) for row in client.get(reverse("inquiry_own") + query).context["page"]]


def test_the_asker_finds_what_became_of_each_question(world):
    waiting, public, private, hidden = (asked(world, f"第 {n} 个问题是什么？") for n in "1234")
    for row, is_public in ((public, True), (private, False), (hidden, True)):
        services.answer_inquiry(row, REPLY, public=is_public, by=world.provider_member)
    services.hide_inquiry(hidden, "回答里有别家的电话。", by=world.curator)
    asked(world, "别人的问题是什么？", by=world.stranger)
    firm = opened(world.applicant)
    rows = {
        "open": (waiting.text, "待回答", "机构回答后会通知您"),
        "public": (public.text, "已公开回答", "显示在产品页，不显示您的姓名"),
        "private": (private.text, "已回答（只有提问人可见）", "只有您和机构能看到"),
        "hidden": (hidden.text, "已隐藏", "原因：回答里有别家的电话。"),
    }
    assert own_rows(firm) == list(rows.values())[::-1]
    assert {stage: own_rows(firm, f"?stage={stage}") for stage in rows} == {key: [row] for key, row in rows.items()}
    assert own_rows(firm, "?q=毫米&stage=private") == [rows["private"]]
    page = firm.get(reverse("inquiry_own")).content.decode()
    assert "共 4 条" in page
    assert "没有符合条件的问题" in firm.get(reverse("inquiry_own") + "?q=没有这样的").content.decode()
    assert "您还没有提过问题" in opened(world.platform).get(reverse("inquiry_own")).content.decode()
    assert f'href="{reverse("inquiry_own")}"' in firm.get(reverse("user_center")).content.decode()
    assert "只有您和机构能看到" in firm.get(private.get_absolute_url()).content.decode()


def test_who_answers_is_told_before_that_it_is_final_and_after(world):
    inquiry, keeper = asked(world), opened(world.provider_member)
    assert ONCE in keeper.get(inquiry.get_absolute_url()).content.decode()
    services.answer_inquiry(inquiry, REPLY, public=True, by=world.provider_member)
    page = keeper.get(inquiry.get_absolute_url()).content.decode()
    assert "每个问题只回答一次，回答后不能修改。" in page
    assert 'name="answer"' not in page


def test_many_questions_of_one_person_are_found_along_an_index(world):
    row = asked(world)
    with by_owner() as cursor:
        cursor.execute(COPIES, [row.pk])
        cursor.execute("ANALYZE catalog_inquiry")
    assert heavy(opened(world.applicant), reverse("inquiry_own"), "catalog_inquiry") == []


def test_constraints(world):
    rows = Inquiry.objects.filter(pk=asked(world).pk)
    with constrained("inquiry_answered_with_words"):
        rows.update(is_public=True)
    with constrained("inquiry_hidden_with_a_reason"):
        rows.update(hidden_why="没有时间的原因")
