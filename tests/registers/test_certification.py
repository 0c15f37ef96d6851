"""单位认证 beside 企业登记信息 and 信用信息: offered, compared, never in the way."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.certification.services import submit_certification
from accounts.models import Unit
from registers.models import Question, Reply
from registers.tasks import sweep_questions
from reviews.kinds import tell
from tests.accounts.conftest import licence, typed
from tests.factories import FIRM, drive_unit, make_unit, make_user
from tests.helpers import afresh, ruled_out
from tests.registers import stub as stubs
from tests.registers.stub import ACTIVE, HIT, ended, reach

pytestmark = pytest.mark.django_db
EDIT, CODE = "/center/certification/edit/", "91120222MA00000312"
__all__ = ["licence", "typed"]  # fixtures
FIRM_FACTS = {"name": "雍阳样例（武清）工贸有限公司", "legal_representative": "甄样例", "address": "武清区样例路 8 号"}


@pytest.fixture
def newcomer(client, world):
    person = make_user("newcomer")
    client.force_login(person)
    return person


def firm(**facts):
    return ACTIVE | {"facts": FIRM_FACTS | facts}


def look_up(client, **typed_in):
    return client.post(EDIT, {"uscc": CODE, "act": "lookup", **typed_in})


def texts(unit, person):
    return [finding["text"] for finding in tell(afresh(unit), person).findings]


def registered(unit, person):
    return [row.value for title, rows in tell(afresh(unit), person).sections if title == "登记信息核验" for row in rows]


def test_a_code_alone_brings_name_person_and_address(client, newcomer, stub):
    stub.answers = [firm()]
    assert look_up(client)["Location"] == EDIT
    unit = Unit.objects.get(uscc=CODE)
    assert (unit.name, unit.legal_representative, unit.address) == tuple(FIRM_FACTS.values())
    page = client.get(EDIT)
    assert "已查到登记信息，填入了单位名称、法定代表人、注册地址，并保存为草稿。" in page.content.decode()
    assert [row[3] for row in page.context["registered"]["rows"]] == ["一致", "一致", "一致"]


def test_nothing_that_was_typed_is_overwritten_and_the_difference_is_shown(client, newcomer, stub):
    stub.answers = [firm()]
    look_up(client, name="雍阳样例(武清)工贸有限公司", legal_representative="贾样例")
    unit = Unit.objects.get(uscc=CODE)
    assert (unit.name, unit.legal_representative) == ("雍阳样例(武清)工贸有限公司", "贾样例")
    rows = client.get(EDIT).context["registered"]["rows"]
    assert [row[3] for row in rows][:2] == ["一致", "不一致，请对照证照核对"]


def test_a_form_that_is_wrong_elsewhere_keeps_what_was_typed_and_shows_what_was_found(client, newcomer, stub):
    stub.answers = [firm()]
    page = look_up(client, handler_phone="12", legal_representative="贾样例")
    form = page.context["form"]
    assert (set(form.errors), form["name"].value(), form["legal_representative"].value()) == (
        {"handler_phone"},
        FIRM_FACTS["name"],
        "贾样例",
    )
    assert (page.context["registered"]["standing"].label, Unit.objects.filter(uscc=CODE).count()) == ("已核验", 0)


def test_a_code_that_is_none_is_not_asked_about(client, newcomer, stub):
    assert set(look_up(client, uscc="123", name="样例公司").context["form"].errors) == {"uscc"}
    assert stub.heard == []


@pytest.mark.parametrize("answer", [stubs.late, stubs.raw(500, b""), stubs.raw(200, b"<html>")])
def test_a_register_that_does_not_answer_stops_no_draft(client, newcomer, stub, answer):
    stub.answers = [answer]
    assert look_up(client, name="样例公司")["Location"] == EDIT
    page = client.get(EDIT)
    assert "还没有查到登记信息" in page.content.decode()
    assert page.context["registered"]["standing"].label == "待核验"
    assert Unit.objects.get(uscc=CODE).name == "样例公司"


def test_a_person_looks_up_so_often_a_day(client, newcomer, stub, settings):
    settings.ASKING = settings.ASKING | {"lookups_a_day": 1}
    look_up(client, name="样例公司")
    form = look_up(client, name="样例公司").context["form"]
    assert form.non_field_errors() == [
        "每人每天最多查询 1 次登记信息，今天的次数已用完。请按证照填写，提交后会自动核验。"
    ]
    assert form["name"].value() == "样例公司"


def test_without_a_connection_nothing_is_offered_and_a_look_up_says_why(client, newcomer):
    assert "查询登记信息" not in client.get(EDIT).content.decode()
    form = look_up(client, name="样例公司").context["form"]
    assert form.non_field_errors() == ["企业登记信息还没有接入，请按证照填写；审核时由人工核对。"]


def test_a_further_unit_is_looked_up_too(client, world, stub):
    client.force_login(world.applicant)
    stub.answers = [firm()]
    answer = client.post(reverse("certification_new"), {"uscc": CODE, "act": "lookup"})
    assert (answer["Location"], Unit.objects.get(uscc=CODE).name) == (EDIT, FIRM_FACTS["name"])


def test_what_agrees_is_said_to_unit_and_desk(world, stub):
    person = make_user()
    stub.always = {"enterprise": firm()}
    unit = drive_unit(make_unit(person, CODE, FIRM_FACTS["name"]), "pending", world)
    sweep_questions()
    said = "企业登记信息：存续，单位名称和法定代表人一致"
    assert {said, "信用信息：无失信记录"} <= set(texts(unit, world.platform))
    assert {said, "信用信息：无失信记录"} <= set(registered(unit, person))
    assert tell(unit, person).findings == []


def test_what_differs_is_said_in_plain_sentences(client, world, stub):
    person = make_user()
    stub.always = {"enterprise": firm(legal_representative="殷样例"), "credit": HIT}
    unit = make_unit(person, CODE, "雍阳别名有限公司")
    submit_certification(unit, by=person)
    sweep_questions()
    said = [
        "单位名称与企业登记信息不一致：填写的是“雍阳别名有限公司”，登记的是“雍阳样例（武清）工贸有限公司”",
        "法定代表人与企业登记信息不一致：填写的是“甄样例”，登记的是“殷样例”",
        "信用信息显示该单位有失信记录：严重违法失信名单",
    ]
    assert [text for text in texts(unit, world.platform) if text in said] == said
    assert [text for text in registered(unit, person) if text in said] == said


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("迁出", "企业登记信息显示该单位已从原登记机关迁出，请核对证照"),
        ("查无登记", "企业登记信息里没有查到这个代码，请核对证照"),
    ],
)
def test_a_unit_that_moved_or_is_unknown_is_a_finding(world, stub, word, text):
    person = make_user()
    stub.always = {"enterprise": {"status": word}}
    unit = make_unit(person, CODE, FIRM_FACTS["name"])
    submit_certification(unit, by=person)
    assert text in texts(unit, world.platform)


@pytest.mark.parametrize("word", ["注销", "吊销"])
def test_a_unit_that_has_ended_is_not_handed_in(client, world, stub, word):
    person = make_user()
    client.force_login(person)
    stub.always = {"enterprise": ended(word)}
    unit = make_unit(person, CODE, FIRM_FACTS["name"])
    with ruled_out("R-QUAL", match="已经注销或者吊销，不能认证"):
        submit_certification(unit, by=person)
    page = client.get(reverse("certification_check")).content.decode()
    assert ("已经注销或者吊销，不能认证" in page, "确认提交" in page) == (True, False)
    assert f"登记状态是“{word}”" in client.get(EDIT).content.decode()


def test_an_end_that_comes_to_light_later_is_a_finding(world, stub):
    person = make_user()
    stub.answers = [stubs.late]
    stub.always = {"enterprise": ended("注销") | {"facts": FIRM_FACTS}}
    unit = make_unit(person, CODE, FIRM_FACTS["name"])
    submit_certification(unit, by=person)
    assert texts(unit, world.platform)[-2:][0].startswith("企业登记信息待核验")
    Question.objects.update(due_at=timezone.now())
    sweep_questions()
    assert "企业登记信息显示该单位已注销" in texts(unit, world.platform)
    assert afresh(unit).state == "pending"


def test_who_may_not_submit_asks_nothing(world, stub):
    person = make_user()
    unit = make_unit(person, CODE, FIRM_FACTS["name"])
    with ruled_out("R-PERM"):
        submit_certification(unit, by=make_user())
    assert stub.heard == []


def test_an_old_answer_is_asked_for_again_at_submission(world, stub, time_machine):
    time_machine.move_to("2026-11-24 09:00:00 +0800", tick=False)
    person = make_user()
    stub.answers = [ended("注销")]
    unit = make_unit(person, CODE, ACTIVE["facts"]["name"])
    with ruled_out("R-QUAL"):
        submit_certification(unit, by=person)
    with ruled_out("R-QUAL"):
        submit_certification(unit, by=person)
    assert len(stub.heard) == 1
    time_machine.shift(dt.timedelta(hours=25))
    assert submit_certification(unit, by=person).state == "pending"
    assert list(Reply.objects.filter(register="enterprise").values_list("status", flat=True)) == ["cancelled", "active"]


def test_before_the_submission_the_unit_reads_that_nothing_was_asked_yet(client, world, stub):
    person = make_user()
    client.force_login(person)
    make_unit(person, CODE, FIRM_FACTS["name"])
    page = client.get(reverse("certification_check")).content.decode()
    assert "企业登记信息尚未核验，提交时自动查询" in page


def test_a_register_that_was_switched_off_says_nothing(world, stub, settings):
    person = make_user()
    unit = make_unit(person, CODE, FIRM_FACTS["name"])
    submit_certification(unit, by=person)
    for name in ("enterprise", "credit"):
        reach(settings, name, backend="")
    assert (registered(unit, person), [text for text in texts(unit, world.platform) if "登记信息" in text]) == ([], [])
    assert unit.uscc != FIRM
