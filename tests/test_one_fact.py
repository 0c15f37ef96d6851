"""One fact stands once on a page: the waiting sentence, counts, sums and refusals are not repeated in head, step and note."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import World, drive_application, drive_claim
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
HEAD = re.compile(r'<header class="case-head">.*?</header>', re.DOTALL)
STRIP = re.compile(r'<ol class="steps">.*?</ol>', re.DOTALL)
SIDE = re.compile(r"还有 ([0-9]+) 项")


@pytest.fixture
def world():
    return World()


def page_of(client, person, case, name=""):
    client.force_login(person)
    address = reverse(name, args=[case.number]) if name else case.get_absolute_url()
    return client.get(address).content.decode()


def test_while_an_office_is_at_work_the_head_names_it_and_the_day_once(client, world):
    case = drive_application(world.make_application(), "district", world)
    page = page_of(client, world.applicant, case)
    head, due = HEAD.search(page).group(), f"{case.turns.get().due_on}"
    assert (head.count("南开区科技局"), head.count(due)) == (1, 1)
    assert due not in STRIP.search(page).group()
    assert "正在办理" not in page.split('class="tabs"')[0]  # 进度 says it


def test_who_has_to_act_reads_the_day_once_in_the_head_and_not_in_strip_and_note(client, world):
    claim = drive_claim(world.make_claim(), "accepted", world)
    page = page_of(client, world.applicant, claim)
    due = f"{claim.due_on}"
    assert HEAD.search(page).group().count(due) == 1
    assert due not in STRIP.search(page).group()
    assert page.count(due) == 2  # in the head and in 进度


def test_the_days_of_a_voucher_stand_once_above_the_tabs(client, world):
    case = drive_application(world.make_application(), "approved", world)
    for person in (world.applicant, world.district):
        page = page_of(client, person, case)
        if person == world.applicant:
            above = page.split('class="tabs"')[0]
            assert (above.count(f"{case.use_by}"), above.count(f"{case.redeem_by}")) == (1, 1)


def test_what_was_handed_in_is_not_told_as_a_wait_beside_the_head(client, world):
    case = world.make_application()
    client.force_login(world.applicant)
    page = client.post(reverse("application_submit", args=[case.number]), {"seen": case.version}, follow=True)
    assert "等待区初审" not in page.content.decode()
    assert "已提交。有结果时会发消息给您" in page.content.decode()


def test_the_sums_stand_in_the_feet_of_the_lists_alone(client, world):
    claim = world.make_claim()
    claim.receipts.update(amount=Decimal(80_000))
    page = page_of(client, world.applicant, claim, "claim_edit")
    sums = page.split('id="claim-sums"')[1].split("</section>")[0]
    assert page.count("比合同金额少 20,000 元") == 1
    assert page.count("还差 20,000 元") == 1
    assert "¥" not in sums


def test_a_refused_sum_is_told_once_where_it_is_checked(client, world):
    claim = world.make_claim()
    claim.receipts.update(amount=Decimal(80_000))
    page = page_of(client, world.applicant, claim, "claim_check")
    assert page.split("兑现金额</h2>")[0].count("还差 20,000 元") == 1


def test_an_amount_that_is_none_is_refused_in_summary_and_field_alone(client, world):
    case = world.make_application()
    client.force_login(world.applicant)
    typed = {"act": "submit", "seen": case.version, "contract_amount": "0", "project_name": ""}
    page = client.post(reverse("application_edit", args=[case.number]), typed).content.decode()
    shown = re.sub(r"<input[^>]*>", "", page)
    assert shown.count("金额应大于 0，请填写实际金额。") == 2


def test_what_is_missing_and_what_is_wrong_are_one_count(client, world):
    case = world.make_application()
    client.force_login(world.applicant)
    typed = {"act": "submit", "seen": case.version, "contract_amount": "0", "project_name": "", "content": "短"}
    page = client.post(reverse("application_edit", args=[case.number]), typed).content.decode()
    summary = page.split("data-error-summary")[1].split("</div>")[0]
    assert int(SIDE.search(page).group(1)) == summary.count("<li>")


@pytest.mark.parametrize("name", ["order_list", "application_list", "claim_list", "product_list"])
def test_a_list_tells_its_length_once(client, world, name):
    drive_claim(world.make_claim(), "accepted", world)
    client.force_login(world.applicant)
    page = client.get(reverse(name)).content.decode()
    assert len(re.findall(r"共 [0-9]+ [条个]", page)) == 1


def test_what_the_experts_granted_is_told_once_above_the_tabs(client, world):
    claim = drive_claim(world.make_claim(), "passed", world)
    page = page_of(client, world.applicant, afresh(claim)).split('class="tabs"')[0]
    assert page.count("50,000") == 1
