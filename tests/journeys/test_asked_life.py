"""A life in which one question and one proposal do what a return would have done: one round at the district, ten days saved."""

import pytest

from reviews.models import Opinion, Question
from tests.factories import World
from tests.helpers import afresh
from tests.journeys import person as p

pytestmark = pytest.mark.django_db
WHY = "合同草案的首页没有上传，请补一份，并说明样品由谁寄送。"


@pytest.fixture
def world():
    return World()


def test_a_question_and_a_proposal_take_the_place_of_a_return(world):
    firm, district, body = p.Person(world.applicant), p.Person(world.district), p.Person(world.body)
    application = p.apply(firm, p.order(firm, world.product))
    turn, due_on = application.turns.get(closed_at=None), application.turns.get(closed_at=None).due_on
    district.send("question_ask", turn.pk, text=WHY, marked=["合同草案"])
    district.client.post(
        f"/questions/turn/{turn.pk}/propose/?field=project_name",
        {"value": "新材料疲劳寿命研究", "text": "以合同为准。"},
    )
    answer_all(world, firm, district, application, turn)
    application = body.decide(district.decide(afresh(application)))
    assert (application.state, application.project_name) == ("approved", "新材料疲劳寿命研究")
    assert list(application.turns.order_by("pk").values_list("state", "round")) == [("district", 1), ("body", 1)]
    assert (Opinion.objects.filter(verdict="send_back").count(), afresh(turn).due_on) == (0, due_on)
    told = firm.open("application_detail", application.number).context["opinions"]
    said = "询问 更正建议 答复 接受更正 企业询问 答复企业 通过 通过"
    assert [row.result for row in told] == said.split()
    assert [row.result for row in told if row.is_verdict] == ["通过", "通过"]


def answer_all(world, firm, district, application, turn):
    """The firm reads, answers, accepts and asks; the office answers."""
    question, proposal = Question.objects.order_by("pk")
    assert (WHY in firm.reads("notice_list"), WHY in firm.reads("application_detail", application.number)) == (
        True,
        True,
    )
    assert "审核单位有询问或更正建议" in firm.reads("user_center")
    firm.send("question_read", question.pk, text="样品由我单位寄送，首页见附件。", papers=[p.paper("合同首页.pdf")])
    firm.send("question_accept", proposal.pk)
    firm.send("question_ask", turn.pk, text="还需要补其他材料吗？")
    desk = district.reads("turn_detail", turn.pk)
    assert ("合同首页.pdf" in desk, "新材料疲劳寿命研究" in desk, "还需要补其他材料吗？" in desk) == (True, True, True)
    assert "企业询问待答复" in district.reads("turn_list")
    district.send("question_read", Question.objects.latest("pk").pk, text="不需要了。")
