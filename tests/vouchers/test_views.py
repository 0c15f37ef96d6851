"""Pages of 创新券申请."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.certification.services import set_frozen
from notifications.models import Notice
from tests.factories import drive_application
from tests.records.papers import pdf
from vouchers.models import Application
from vouchers.services import start_application

pytestmark = pytest.mark.django_db


def at(name, application, *more):
    return reverse(name, args=[application.number, *more])


def draft(world):
    return start_application(world.make_order(), by=world.applicant)


def reload(application):
    return Application.objects.get(pk=application.pk)


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len([query for query in captured if "django_session" not in query["sql"]])  # kept in the cache


@pytest.mark.bare
@pytest.mark.parametrize("name", ["application_list", "application_detail", "application_edit", "application_check"])
def test_a_visitor_is_sent_to_sign_in_whatever_number_he_names(client, name):
    url = reverse(name, args=[] if name == "application_list" else ["SQ20260000001"])
    assert client.get(url).headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["application_detail", "application_edit", "application_check", "application_offer"])
def test_a_stranger_does_not_find_the_application(client, world, name):
    client.force_login(world.stranger)
    assert client.get(at(name, draft(world))).status_code == 404


def test_a_stranger_can_neither_start_submit_nor_end(client, world):
    application = draft(world)
    client.force_login(world.stranger)
    assert client.post(reverse("application_start", args=[application.order.number])).status_code == 404
    assert client.post(at("application_submit", application)).status_code == 404
    assert client.post(at("application_end", application, "withdraw")).status_code == 404


def test_a_reviewer_reads_the_case_but_not_its_form(client, world):
    application = drive_application(world.make_application(), "district", world)
    client.force_login(world.district)
    assert client.get(at("application_detail", application)).status_code == 200
    assert client.get(at("application_edit", application)).status_code == 404


def test_the_list_shows_the_orders_that_may_be_applied_for(applicant, world):
    waiting, taken = world.make_order(), draft(world).order
    response = applicant.get(reverse("application_list"))
    assert [order.number for order in response.context["orders"]] == [waiting.number]
    assert taken.number not in {order.number for order in response.context["orders"]}
    assert response.context["quotas"][0]["account"]["free"] == Decimal(150000)


def test_the_list_can_be_narrowed_by_state_and_words(applicant, world):
    application = drive_application(world.make_application(), "district", world)
    draft(world)
    url = reverse("application_list")
    assert list(applicant.get(url, {"state": "district"}).context["page"]) == [application]
    assert list(applicant.get(url, {"q": application.number}).context["page"]) == [application]
    assert not list(applicant.get(url, {"q": "没有这个词"}).context["page"])
    assert applicant.get(url, {"page": "999"}).status_code == 200


def test_the_list_costs_the_same_with_5_and_with_50_rows(applicant, world):
    for _ in range(5):
        draft(world)
    few = queries(applicant, reverse("application_list"))
    for _ in range(45):
        draft(world)
        world.make_order()
    assert queries(applicant, reverse("application_list")) <= few <= 15
    assert len(applicant.get(reverse("application_list")).content) < 100_000


def test_the_case_page_costs_at_most_20_queries(applicant, world):
    application = drive_application(world.make_application(), "body_returned", world)
    assert queries(applicant, at("application_detail", application)) <= 20


def test_starting_twice_leads_to_the_same_draft(applicant, world):
    order = world.make_order()
    first = applicant.post(reverse("application_start", args=[order.number]))
    second = applicant.post(reverse("application_start", args=[order.number]))
    assert first.headers["Location"] == second.headers["Location"] == at("application_edit", order.applications.get())


def test_a_frozen_unit_is_refused_with_the_rule(applicant, world):
    order = world.make_order()
    set_frozen(world.unit, frozen=True, by=world.platform, text="提供虚假材料")
    response = applicant.post(reverse("application_start", args=[order.number]))
    assert response.status_code == 409
    assert response.context["refusal"].code == "R-FROZEN"


def test_saving_keeps_an_incomplete_draft(applicant, world):
    application = draft(world)
    response = applicant.post(at("application_edit", application), {"act": "save", "content": "先写两句", "seen": 0})
    assert response.headers["Location"] == at("application_edit", application)
    assert reload(application).content == "先写两句"
    assert reload(application).state == "draft"


def test_bad_input_stays_on_the_page_and_the_rest_is_kept(applicant, world, answers):
    application = draft(world)
    answers |= {"act": "save", "seen": 0, "contract_amount": "两万"}
    response = applicant.post(at("application_edit", application), answers)
    assert response.context["form"]["contract_amount"].value() == "两万"
    assert "金额只能是数字" in response.content.decode()
    assert "其余内容已保存" in response.content.decode()
    assert reload(application).contact == "贾经办"
    again = answers | {"contract_amount": "20000", "seen": response.context["seen"]}
    assert applicant.post(at("application_edit", application), again).status_code == 302


def test_a_colleague_s_save_is_not_overwritten(applicant, world, answers):
    application = draft(world)
    assert applicant.post(at("application_edit", application), answers | {"act": "save", "seen": 0}).status_code == 302
    late = answers | {"act": "save", "seen": 0, "project_name": "另一个名称"}
    response = applicant.post(at("application_edit", application), late)
    assert "修改了项目名称" in response.content.decode()
    assert "同事先保存了，请核对" in response.content.decode()
    assert response.context["saved"] is None
    assert "另一个名称" in response.content.decode()
    assert reload(application).project_name == answers["project_name"]


def test_a_second_click_on_save_is_no_conflict(applicant, world, answers):
    application = draft(world)
    for _ in range(2):
        response = applicant.post(at("application_edit", application), answers | {"act": "save", "seen": 0})
        assert response.status_code == 302


def test_the_draft_contract_can_be_taken_away_again(applicant, world, answers):
    application = draft(world)
    paper = SimpleUploadedFile("合同草案.pdf", pdf())
    applicant.post(at("application_edit", application), {**answers, "act": "save", "contract_draft": paper})
    assert reload(application).contract_draft.name == "合同草案.pdf"
    applicant.post(at("application_edit", application), {**answers, "act": "remove-draft"})
    assert reload(application).contract_draft is None


def test_from_the_form_over_the_check_to_the_district(applicant, world, answers):
    application = draft(world)
    checked = applicant.post(at("application_edit", application), answers | {"act": "submit", "seen": 0})
    assert checked.headers["Location"] == at("application_check", application)
    page = applicant.get(at("application_check", application))
    assert page.context["refusals"] == []
    response = applicant.post(at("application_submit", application), {"seen": reload(application).version})
    assert response.headers["Location"] == at("application_detail", application)
    assert reload(application).state == "district"
    assert {notice.kind for notice in Notice.objects.filter(url=at("application_detail", application))} == {
        "application_district",
        "application_arrived",
    }


def test_the_check_says_what_stands_in_the_way(applicant, world):
    application = draft(world)
    page = applicant.get(at("application_check", application))
    assert any("还没有填写完整" in sentence for sentence in page.context["refusals"])
    refused = applicant.post(at("application_submit", application), {"seen": 0})
    assert refused.status_code == 409
    assert reload(application).state == "draft"
    assert reload(application).submitted_at is None


def test_a_second_click_on_submit_gets_a_clear_sentence(applicant, world):
    application = world.make_application()
    seen = {"seen": application.version}
    assert applicant.post(at("application_submit", application), seen).status_code == 302
    response = applicant.post(at("application_submit", application), seen)
    assert response.status_code == 409
    assert "已经有了新的进展" in response.content.decode()


def test_a_step_costs_at_most_25_queries(applicant, world):
    application = world.make_application()
    world.make_application()
    with CaptureQueriesContext(connection) as captured:
        applicant.post(at("application_submit", application), {"seen": application.version})
    steps = [query for query in captured if "SAVEPOINT" not in query["sql"] and "django_session" not in query["sql"]]
    assert reload(application).state == "district"
    assert len(steps) <= 25


def test_the_offer_says_the_limit_and_its_reason(applicant, world):
    drive_application(world.make_application(contract=240_000, applied=120_000), "district", world)
    response = applicant.get(at("application_offer", draft(world)), {"contract_amount": "100,000"})
    assert response.context["offer"].amount == Decimal(30000)
    assert "本年度剩余 30,000 元 → 最多可申请 30,000 元" in response.content.decode()
    nothing = applicant.get(at("application_offer", draft(world)), {"contract_amount": "十万"})
    assert nothing.context["offer"] is None


@pytest.mark.parametrize(("state", "office"), [("district_rejected", "南开区科技局"), ("body_rejected", "专业机构")])
def test_a_refused_application_says_why_before_anything_else(applicant, world, state, office):
    application = drive_application(world.make_application(), state, world)
    page = applicant.get(application.get_absolute_url()).content.decode()
    told = page.split('aria-label="不通过的意见"')[1].split("</section>")[0]
    words = application.turns.latest("pk").opinions.get().text
    assert [part in told for part in (office, "不通过", words)] == [True] * 3
    assert page.index("不通过的意见") < page.index('id="details"')


def test_a_returned_application_shows_words_deadline_and_marked_fields(applicant, world):
    application = drive_application(world.make_application(), "district_returned", world)
    page = applicant.get(at("application_edit", application))
    assert page.context["form"].to_correct == ["content"]
    assert f"请在 {application.due_on:%Y-%m-%d} 前修改并重新提交" in page.content.decode()
    assert "请补充检测结果将用于哪个研发环节" in page.content.decode()


def test_what_has_been_handed_in_cannot_be_edited(applicant, world):
    application = drive_application(world.make_application(), "district", world)
    for name in ("application_edit", "application_check"):
        assert applicant.get(at(name, application)).headers["Location"] == at("application_detail", application)


def test_withdrawing_asks_once_and_frees_the_quota(applicant, world):
    application = drive_application(world.make_application(), "district", world)
    assert "确定要撤回吗" in applicant.get(at("application_end", application, "withdraw")).content.decode()
    assert reload(application).state == "district"
    applicant.post(at("application_end", application, "withdraw"), {"seen": application.version})
    assert reload(application).state == "withdrawn"
    assert reload(application).account.free == Decimal(150000)


def test_an_end_that_is_not_open_leads_back_or_is_not_found(applicant, world):
    application = drive_application(world.make_application(), "approved", world)
    assert applicant.get(at("application_end", application, "withdraw")).status_code == 302
    assert applicant.get(at("application_end", application, "void")).status_code == 404
    assert applicant.post(at("application_end", application, "withdraw")).status_code == 409


def test_an_approved_application_shows_the_voucher_and_the_way_to_redeem(applicant, world):
    application = drive_application(world.make_application(), "approved", world)
    page = applicant.get(at("application_detail", application))
    acts = {act["label"]: act for act in page.context["actions"]}
    assert set(acts) == {"申请兑现", "作废创新券"}
    assert acts["申请兑现"]["url"] == reverse("claim_start", args=[application.number])
    for words in (application.voucher_number, f"{application.use_by}", f"{application.redeem_by}", "伍万元整"):
        assert words in page.content.decode()


def test_the_quota_of_others_and_signs_of_a_tie_are_for_reviewers(client, world):
    world.provider.legal_representative = world.unit.legal_representative
    world.provider.save()
    application = drive_application(world.make_application(), "district", world)
    client.force_login(world.applicant)
    assert client.get(at("application_detail", application)).context["dossier"].warnings == []
    client.force_login(world.district)
    warnings = client.get(at("application_detail", application)).context["dossier"].warnings
    assert warnings == ["申请单位与服务机构的法定代表人同为“甄样例”，请核对是否存在关联关系。"]
