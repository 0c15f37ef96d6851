"""The pages of 询问 and 更正建议: asked at the desk, answered in the case, without script."""

import pytest
from django.urls import reverse

from records.models import Document
from records.views import may_read
from reviews.models import Question
from reviews.questions.services import answer, ask
from tests.helpers import afresh
from tests.redemption.typed import paper
from tests.reviews.asking import BETTER, WHY, asked, proposed
from tests.reviews.desk import at, open_turn, queries


@pytest.fixture
def turn(application):
    return open_turn(application)


def page_of(client, person, address):
    client.force_login(person)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_desk_asks_with_words_marks_and_files(client, world, application, turn):
    client.force_login(world.district)
    desk = client.get(turn.get_absolute_url()).content.decode()
    assert "询问企业" in desk
    answered = client.post(
        at("question_ask", turn), {"text": WHY, "marked": ["项目名称"], "papers": [paper("合同首页.pdf")]}
    )
    assert answered["Location"] == f"{turn.get_absolute_url()}#questions"
    question = Question.objects.get()
    assert (question.kind, question.marked, question.by) == ("ask", ["项目名称"], world.district)
    desk = client.get(turn.get_absolute_url()).content.decode()
    assert ("等待企业答复" in desk, "合同首页.pdf" in desk, WHY in desk) == (True, True, True)


def test_the_firm_answers_on_the_page_of_the_case(client, world, application, turn):
    question = asked(world, turn, marked=["项目名称"])
    shown = page_of(client, world.applicant, application.get_absolute_url())
    assert (WHY in shown, question.get_absolute_url() in shown, world.district.name in shown) == (True, True, False)
    assert shown.index(WHY) < shown.index("进度一览")
    done = client.post(question.get_absolute_url(), {"text": "是同一个项目。", "papers": [paper("说明.pdf")]})
    assert done["Location"] == f"{application.get_absolute_url()}#questions"
    desk = page_of(client, world.district, turn.get_absolute_url())
    assert ("是同一个项目。" in desk, "说明.pdf" in desk, "已答复" in desk) == (True, True, True)


def test_a_refused_answer_keeps_words_and_files(client, world, turn):
    question = asked(world, turn)
    client.force_login(world.applicant)
    page = client.post(question.get_absolute_url(), {"text": "", "papers": [paper("说明.pdf")]})
    form = page.context["entry"]["form"]
    assert (form.errors["text"], [one.name for one in form.waiting]) == (["请填写答复。"], ["说明.pdf"])
    page = client.post(question.get_absolute_url(), {"text": "字" * 1001, "paper_kept": str(form.waiting[0].pk)})
    assert ("最多写 1000 个字" in page.content.decode(), "字" * 1001 in page.content.decode()) == (True, True)
    client.post(question.get_absolute_url(), {"text": "好。", "paper_kept": str(form.waiting[0].pk)})
    assert Document.objects.get(name="说明.pdf").case == turn.case


def test_who_comes_second_keeps_his_words(client, world, turn):
    question = asked(world, turn)
    answer(question, by=world.applicant, text="已由同事说明。")
    client.force_login(world.applicant)
    page = client.post(question.get_absolute_url(), {"text": "我写的说明"})
    shown = page.content.decode()
    assert ("刚才已经由同事办理" in shown, "我写的说明" in shown, "已由同事说明。" in shown) == (True, True, True)


def test_the_reviewer_proposes_in_the_box_of_the_firm(client, world, application, turn):
    client.force_login(world.district)
    address = f"{at('question_propose', turn)}?field=phone"
    page = client.get(address)
    assert (page.context["form"]["value"].label, page.context["form"]["value"].value()) == (
        "联系电话",
        application.phone,
    )
    refused = client.post(address, {"value": "12345", "text": WHY})
    assert (refused.status_code, list(refused.context["form"].errors)) == (200, ["value"])
    assert "12345" in refused.content.decode()
    client.post(address, {"value": "13800000001", "text": WHY})
    assert Question.objects.get().after == "13800000001"


def test_the_firm_accepts_by_one_click_and_declines_with_words(client, world, application, turn):
    first = proposed(world, turn)
    shown = page_of(client, world.applicant, application.get_absolute_url())
    assert (BETTER in shown, at("question_accept", first) in shown, at("question_decline", first) in shown) == (
        True,
    ) * 3
    client.post(at("question_accept", first))
    assert afresh(application).project_name == BETTER
    second = proposed(world, turn, field="phone", value="13800000001")
    page = client.post(at("question_decline", second), {"text": ""})
    assert page.context["entry"]["form"].errors["text"] == ["请填写不接受的理由。"]
    client.post(at("question_decline", second), {"text": "号码没有变。"})
    desk = page_of(client, world.district, turn.get_absolute_url())
    assert ("已接受" in desk, "未接受" in desk, "号码没有变。" in desk) == (True, True, True)


@pytest.mark.parametrize("person", ["stranger", "other_district", "provider_member", "expert_1", "curator"])
def test_a_stranger_finds_nothing(client, world, turn, person):
    question, proposal = asked(world, turn), proposed(world, turn)
    client.force_login(getattr(world, person))
    addresses = [row.get_absolute_url() for row in (question, proposal)]
    addresses += [at("question_ask", turn), at("question_propose", turn) + "?field=phone"]
    acts = [at("question_accept", proposal), at("question_decline", proposal), *addresses]
    assert {client.get(address).status_code for address in addresses} == {404}
    assert {client.post(address, {"text": WHY}).status_code for address in acts} == {404}


def test_who_reads_only_is_shown_no_box_and_refused(client, world, application, turn):
    question, proposal = asked(world, turn), proposed(world, turn)
    for person in (world.reader, world.municipal):
        shown = page_of(client, person, question.get_absolute_url())
        assert (WHY in shown, "提交答复" in shown) == (True, False)
        assert client.get(at("question_ask", turn)).status_code == 302
        assert client.post(at("question_accept", proposal)).status_code == 409
        page = client.post(question.get_absolute_url(), {"text": "代为说明"})
        assert ("没有办理这一步的权限" in page.content.decode(), "代为说明" in page.content.decode()) == (True, True)


def test_an_official_of_the_firm_sees_what_applicants_see(client, world, application, turn):
    question = asked(world, turn)
    application.unit.memberships.create(user=world.district, role="handler")
    shown = page_of(client, world.district, question.get_absolute_url())
    assert "提交答复" in shown
    assert client.get(f"{at('question_propose', turn)}?field=phone").status_code == 404


@pytest.mark.parametrize("field", ["contract_amount", "district", "", "state"])
def test_a_field_that_takes_no_proposal_has_no_page(client, world, turn, field):
    client.force_login(world.district)
    assert client.get(f"{at('question_propose', turn)}?field={field}").status_code == 404
    assert client.post(f"{at('question_propose', turn)}?field={field}", {"value": "1", "text": WHY}).status_code == 404


def test_each_way_of_answering_fits_what_was_asked(client, world, turn):
    question, proposal = asked(world, turn), proposed(world, turn)
    client.force_login(world.applicant)
    acts = [at("question_accept", question), at("question_decline", question), proposal.get_absolute_url()]
    assert {client.post(address, {"text": WHY}).status_code for address in acts} == {404}


def test_the_files_of_a_question_are_seen_by_who_sees_the_case(client, world, turn):
    client.force_login(world.district)
    client.post(at("question_ask", turn), {"text": WHY, "papers": [paper("合同首页.pdf")]})
    document = Document.objects.get(name="合同首页.pdf")
    readers = ("applicant", "reader", "district", "stranger", "other_district")
    found = {person: may_read(document, getattr(world, person)) for person in readers}
    assert found == {"applicant": True, "reader": True, "district": True, "stranger": False, "other_district": False}


def test_pages_keep_their_queries(client, world, application, turn):
    def opened(person, address):
        client.force_login(person)
        return queries(lambda: client.get(address))

    pages = ((world.applicant, application.get_absolute_url()), (world.district, turn.get_absolute_url()))
    for page in pages:
        opened(*page)  # the days of the calendar are remembered from now on
    before = [opened(*page) for page in pages]
    asked(world, turn), proposed(world, turn), ask(turn, by=world.applicant, text=WHY)
    after = [opened(*page) for page in pages]
    assert [more - less for less, more in zip(before, after, strict=True)] == [1, 1]


def test_the_inbox_and_the_center_say_who_owes_an_answer(client, world, application, turn, time_machine):
    of_firm, question = ask(turn, by=world.applicant, text=WHY), asked(world, turn)
    inbox = page_of(client, world.district, reverse("turn_list"))
    assert ("企业询问待答复" in inbox, "等待企业答复" in inbox) == (True, True)
    center = page_of(client, world.applicant, reverse("user_center"))
    assert (question.get_absolute_url() in center, "审核单位有询问或更正建议" in center) == (True, True)
    assert of_firm.get_absolute_url() not in center
