"""申请复核 of a voucher application as people see it: 进度, the pages of firm and desk, the receipt."""

import pytest
from django.urls import reverse

from policy.calendar import today
from policy.working_days import add_working_days
from redemption.models import Claim
from reviews.bulk.services import choose
from reviews.forms import OpinionForm
from reviews.models import Appeal, Opinion
from reviews.phrases.pages import offered_at
from reviews.progress import steps_of
from reviews.reasons import Reason
from reviews.receipts import print_receipt
from tests.factories import World
from tests.helpers import afresh
from tests.redemption.typed import paper
from tests.unsaved import a_voucher
from tests.vouchers.appealing import appealed, at, cut, said, uphold
from tten.demo.drive import APPEAL_WORDS
from vouchers.models import Application
from vouchers.tasks import lapse

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def test_progress_says_where_it_is(world):
    application = appealed(world, at(world, "body_rejected"))
    station = next(step for step in steps_of(application) if step.state == "current")
    assert (station.label, station.word, station.office, station.promised_days) == (
        *("专业机构复审", "复核中"),
        *("另一专业机构", 20),
    )
    approved = appealed(world, cut(world))
    station = next(step for step in steps_of(approved) if step.state == "current")
    assert (station.label, station.word) == ("复审通过", "复核中")


def test_the_desk_offers_and_asks_in_words_of_its_own(world, client):
    application = appealed(world, at(world, "body_rejected"))
    turn = application.turns.get(closed_at=None)
    told = {one.title: one.text for one in offered_at(turn, application, world.other_body)}
    assert list(told) == ["默认：复核通过", "默认：维持原决定"]
    assert told["默认：维持原决定"] == "经复核，{不通过的原因}，维持原决定。"
    form = OpinionForm({"verdict": "reject"}, case=application, corrections=[])
    assert form.errors == {
        "text": ["维持原决定时必须填写审核意见，写明理由。"],
        "reason": ["维持原决定时必须选择原因。"],
    }


def test_an_application_is_refused_for_what_it_can_fail_in():
    asked = {Reason.PAID, Reason.RESULT, Reason.FORM, Reason.SEAL, Reason.SUM}  # of contract, papers and money: 兑现
    cases = Application(state="body"), Claim(state="formal", application=a_voucher())
    told = [{value for value, _ in OpinionForm(case=case, corrections=[]).fields["reason"].choices} for case in cases]
    assert (told[0] & asked, told[1] & asked) == (set(), asked)


def test_nobody_decides_it_in_bulk(world):
    turn = appealed(world, at(world, "body_rejected")).turns.get(closed_at=None)
    assert said(lambda: choose([turn], by=world.other_body)) == "复核不能批量办理，请逐件办理。"


def test_the_days_move_later_with_the_calendar(world):
    application = at(world, "body_rejected")
    Application.objects.filter(pk=application.pk).update(due_on=today())
    lapse()
    assert afresh(application).due_on == add_working_days(today(), 10)


def test_the_page_asks_for_reasons_and_papers(world, client):
    application = at(world, "body_rejected")
    client.force_login(world.applicant)
    page = client.get(application.get_absolute_url()).content.decode()
    url = reverse("application_appeal", args=[application.number])
    assert url in page
    asked = client.get(url).content.decode()
    assert "不属于研发活动" in asked
    assert 'data-ask="提交后' in asked
    assert "至少写 10 个字，现在是 3 个字" in client.post(url, {"text": " 不服。 "}).content.decode()
    refused = client.post(url, {"text": "", "seen": application.version})
    assert "请填写复核理由" in refused.content.decode()
    sent = {"text": APPEAL_WORDS, "seen": application.version, "papers": [paper("立项文件.pdf")]}
    assert client.post(url, sent).status_code == 302
    application = afresh(application)
    assert (application.state, Appeal.objects.get().papers.get().purpose) == ("appeal", "复核材料")
    assert client.get(url).status_code == 302
    again = client.post(url, sent | {"papers": [], "text": "再次。"})
    assert ("再次。" in again.content.decode(), Appeal.objects.count()) == (True, 1)
    page = client.get(application.get_absolute_url()).content.decode()
    assert (APPEAL_WORDS in page, "撤回复核" in page) == (True, True)


def test_the_desk_shows_decision_reasons_and_papers_first(world, client):
    application = at(world, "body_rejected")
    client.force_login(world.applicant)
    url = reverse("application_appeal", args=[application.number])
    client.post(url, {"text": APPEAL_WORDS, "seen": application.version, "papers": [paper("立项文件.pdf")]})
    turn = application.turns.get(closed_at=None)
    client.force_login(world.other_body)
    page = client.get(turn.get_absolute_url()).content.decode()
    assert page.index("复核理由") < page.index("项目名称</th>")
    assert ("维持原决定" in page, "复核通过" in page, "退回修改（" in page) == (True, True, False)
    assert page.index("复核材料") < page.index("审核意见</h2>") or "复核材料" in page


def test_the_receipt_tells_what_was_brought(world):
    application = appealed(world, at(world, "body_rejected"))
    receipt = application.memory["receipt"]
    assert (receipt.number, receipt.kind) == (f"{application.number}-2", "创新券申请（申请复核）")
    assert print_receipt(receipt).startswith(b"%PDF")
    assert [title for title, _ in receipt.content["sections"]] == ["申请复核"]
    assert ["复核理由", APPEAL_WORDS] in receipt.content["sections"][0][1]


def test_the_word_is_called_by_what_it_does(world):
    application = uphold(world, appealed(world, at(world, "body_rejected")), world.other_body)
    word = Opinion.objects.filter(turn__case_id=application.pk).latest("pk")
    assert (word.result, word.turn.ending) == ("维持原决定", "维持原决定")
