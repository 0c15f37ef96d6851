"""加入申请: who asks, who may answer, what a stranger never learns of the unit."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.members.joining.services import admit, ask_to_join, decline, take_back, why_not_ask
from accounts.models import JoinRequest, UnitMember
from accounts.permissions import may_answer_join
from notifications.models import Notice
from tests.factories import BEIJING, OTHER_FIRM, drive_unit, make_unit, make_user
from tests.helpers import afresh, at_once, constrained, new_policy, refused

pytestmark = pytest.mark.django_db
WORDS = "研发部，分机 8008"
EDIT = "/center/certification/edit/"


@pytest.fixture
def second(client):
    """The second person of the firm, who comes with its code."""
    person = make_user("second", name="乙样例", phone="13800000088")
    client.force_login(person)
    return person


def late(asked):
    JoinRequest.objects.filter(pk=asked.pk).update(due_on=timezone.localdate() - dt.timedelta(1))
    return afresh(asked)


def orphaned(world, asked):
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(is_active=False)
    return afresh(asked)


def test_whoever_types_a_known_code_is_offered_to_join(client, world, second, typed):
    page = client.post(EDIT, typed(uscc=world.unit.uscc.lower())).content.decode()
    assert f"{reverse('join_new')}?code={world.unit.uscc}" in page
    client.post(reverse("join_new"), {"uscc": world.unit.uscc, "words": WORDS})
    asked = JoinRequest.objects.get()
    assert (asked.unit, asked.user, asked.answer) == (world.unit, second, "")
    assert [notice.recipient for notice in Notice.objects.filter(kind="join_asked")] == [world.applicant]
    assert world.unit.events.latest("sequence").step == "join_asked"


def test_nothing_of_the_unit_is_told_to_who_asks(client, world, second, typed):
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(name="密探样例", phone="13912345678")
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    decline(asked, by=world.applicant, words="不是本单位人员。")
    waiting = ask_to_join(OTHER_FIRM, words=WORDS, by=second)
    pages = [
        client.post(EDIT, typed(uscc=world.unit.uscc, name="随便写的名称")),
        client.get(f"{reverse('join_new')}?code={world.unit.uscc}"),
        client.post(reverse("join_new"), {"uscc": world.unit.uscc, "words": WORDS}),
        *(client.get(address) for address in (asked.get_absolute_url(), waiting.get_absolute_url())),
        client.get(reverse("unit_list")),
        client.get(reverse("notice_list")),
        client.get(reverse("account_home")),
    ]
    text = "".join(page.content.decode() for page in pages)
    secrets = (
        world.unit.name,
        world.other_unit.name,
        "密探样例",
        "13912345678",
        "139****5678",
        "认证通过",
        "样例路 1 号",
    )
    assert [secret for secret in secrets if secret in text] == []
    assert world.unit.uscc in text


def test_an_unknown_code_leads_to_certification(client, world, second):
    with refused("R-UNKNOWN"):
        ask_to_join(BEIJING, words=WORDS, by=second)
    page = client.post(reverse("join_new"), {"uscc": BEIJING, "words": WORDS}).content.decode()
    assert "本站还没有这个代码的单位" in page
    assert client.get(reverse("unit_add"), {"uscc": BEIJING})["Location"].startswith(reverse("certification_new"))
    assert client.get(reverse("unit_add"), {"uscc": world.unit.uscc})["Location"].startswith(reverse("join_new"))


def test_the_administrator_admits_and_the_person_sees_the_cases(client, world, second, django_assert_max_num_queries):
    order = world.make_order()
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    assert client.get(order.get_absolute_url()).status_code == 404
    client.force_login(world.applicant)
    with django_assert_max_num_queries(20):
        page = client.get(asked.get_absolute_url()).content.decode()
    assert "乙样例" in page
    with django_assert_max_num_queries(25):
        client.post(reverse("join_answer", args=[asked.pk]), {"act": "admit", "role": "handler"})
    assert UnitMember.objects.get(user=second).role == "handler"
    client.force_login(second)
    assert client.get(order.get_absolute_url()).status_code == 200
    assert Notice.objects.filter(recipient=second, kind="join_answered", subject__contains=world.unit.name).exists()


def test_a_refusal_needs_words_and_makes_one_wait(client, world, second):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    client.force_login(world.applicant)
    page = client.post(reverse("join_answer", args=[asked.pk]), {"act": "decline", "reply": ""}).content.decode()
    assert "请填写不同意的原因" in page
    client.post(reverse("join_answer", args=[asked.pk]), {"act": "decline", "reply": "不是本单位人员。"})
    assert (afresh(asked).answer, afresh(asked).reply) == ("declined", "不是本单位人员。")
    with refused("R-WAIT"):
        ask_to_join(world.unit.uscc, words=WORDS, by=second)
    new_policy(join_wait_days=0)
    assert ask_to_join(world.unit.uscc, words=WORDS, by=second).answer == ""


def test_a_second_click_asks_once_and_one_may_take_it_back(client, world, second):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    assert ask_to_join(world.unit.uscc, words="再点一次", by=second) == asked
    for _ in range(2):
        assert client.post(reverse("join_withdraw", args=[asked.pk])).status_code == 302
    assert afresh(asked).answer == "withdrawn"
    with refused("R-STATE"):
        admit(asked, "handler", by=world.applicant)
    with refused("R-STATE"):
        take_back(close_as_declined(world, second), by=second)


def close_as_declined(world, person):
    return decline(ask_to_join(OTHER_FIRM, words=WORDS, by=person), by=world.stranger, words="不是。")


def test_at_most_five_requests_lie_open(world, second):
    new_policy(join_most_open=1)
    ask_to_join(world.unit.uscc, words=WORDS, by=second)
    with refused("R-MANY", match="1 份"):
        ask_to_join(OTHER_FIRM, words=WORDS, by=second)
    with refused("R-MEMBER"):
        ask_to_join(world.unit.uscc, words=WORDS, by=world.applicant)


ANSWERS = {  # how the request lies → who may answer it
    "fresh": {"applicant"},
    "late": {"applicant", "platform"},
    "orphan": {"platform"},
}


@pytest.mark.parametrize("lies", ANSWERS)
def test_who_may_answer(world, lies):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=world.expert_1)
    asked = late(asked) if lies == "late" else orphaned(world, asked) if lies == "orphan" else asked
    world.applicant.refresh_from_db()
    found = {role for role, person in world.people.items() if person.is_active and may_answer_join(asked, person)}
    assert found == ANSWERS[lies]


def test_the_platform_answers_late_ones_with_a_proof_and_makes_no_administrator(client, world, second):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    with refused("R-PERM", match="先由单位管理员答复"):
        admit(asked, "handler", by=world.platform, words="已收到授权书。")
    asked = late(asked)
    with refused("R-WORDS"):
        admit(asked, "handler", by=world.platform)
    with refused("R-ROLE"):
        admit(asked, "admin", by=world.platform, words="已收到授权书。")
    client.force_login(world.platform)
    said = {"act": "admit", "role": "reader", "words": "已收到单位盖章的授权书。"}
    client.post(reverse("join_answer", args=[asked.pk]), said)
    assert (afresh(asked).answered_by, UnitMember.objects.get(user=second).role) == (world.platform, "reader")
    assert Notice.objects.filter(recipient=world.applicant, kind="join_platform").exists()


def test_a_unit_without_administrator_gets_one_from_the_platform(world, second):
    asked = orphaned(world, ask_to_join(world.unit.uscc, words=WORDS, by=second))
    admit(asked, "admin", by=world.platform, words="已收到单位盖章的授权书。")
    assert UnitMember.objects.get(user=second).role == "admin"


def test_nobody_answers_his_own_request(client, world):
    asked = late(ask_to_join(world.unit.uscc, words=WORDS, by=world.platform))
    client.force_login(world.platform)
    response = client.post(reverse("join_answer", args=[asked.pk]), {"act": "admit", "role": "handler", "words": "我"})
    assert response.status_code == 409
    with refused("R-SELF"):
        admit(asked, "handler", by=world.platform, words="我")


def test_the_platform_s_list_shows_first_what_it_may_answer(client, world, second, django_assert_max_num_queries):
    late(ask_to_join(world.unit.uscc, words=WORDS, by=second))
    ask_to_join(OTHER_FIRM, words=WORDS, by=second)
    client.force_login(world.platform)
    with django_assert_max_num_queries(10):
        page = client.get(reverse("join_desk")).content.decode()
    assert (world.unit.name in page, world.other_unit.name in page) == (True, False)
    page = client.get(reverse("join_desk"), {"lying": "unit", "q": OTHER_FIRM}).content.decode()
    assert (world.unit.name in page, world.other_unit.name in page) == (False, True)
    assert "没有符合条件" in client.get(reverse("join_desk"), {"lying": "done"}).content.decode()
    client.force_login(world.applicant)
    assert client.get(reverse("join_desk")).status_code == 404


def test_a_refused_unit_takes_nobody_in(world, second):
    unit = drive_unit(make_unit(make_user(), "91130100000000078U"), "pending", world)
    asked = ask_to_join(unit.uscc, words=WORDS, by=second)
    drive_rejected(world, unit)
    with refused("R-STATE", match="没有通过"):
        admit(asked, "handler", by=unit.members.get())


def drive_rejected(world, unit):
    world.decide(unit, world.platform, "reject", "资料不实。", reason="R-QUAL")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_answer_at_once_answer_once(world):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=make_user())
    other = make_user()
    world.unit.memberships.create(user=other, role="admin")
    given = at_once(
        lambda: admit(asked, "handler", by=world.applicant).answer,
        lambda: decline(asked, by=other, words="不是本单位人员。").answer,
    )
    assert "R-STATE" in given


def test_the_database_holds_the_rules_of_requests(world, second):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    with constrained("join_request_one_open"):
        JoinRequest.objects.create(unit=world.unit, user=second, words=WORDS)
    with constrained("join_request_answered_whole"):
        JoinRequest.objects.filter(pk=asked.pk).update(answer="admitted")
    with constrained("join_request_refusal_has_words"):
        JoinRequest.objects.filter(pk=asked.pk).update(answer="declined", answered_at=timezone.now())


def test_who_was_refused_reads_from_which_day_he_may_ask_again_before_he_types(client, world, second):
    asked = decline(ask_to_join(world.unit.uscc, words=WORDS, by=second), by=world.applicant, words="不是本单位人员。")
    day = f"{timezone.localdate(asked.again_at):%Y-%m-%d} 起可以再次申请"
    body = Notice.objects.get(kind="join_answered").body
    assert day in body
    assert "23532900-836/821" in body
    assert "贵单位的管理员" not in body
    address = f"{reverse('join_new')}?code={world.unit.uscc}"
    page = client.get(address).content.decode()
    assert day in page
    assert 'name="words"' not in page
    assert day in client.get(reverse("unit_list")).content.decode()
    new_policy(join_wait_days=0)
    assert 'name="words"' in client.get(address).content.decode()


def test_an_answered_request_names_the_role_that_came_of_it(client, world, second):
    asked = admit(ask_to_join(world.unit.uscc, words=WORDS, by=second), "reader", by=world.applicant)
    assert "<dt>给予的角色</dt><dd>只读</dd>" in client.get(asked.get_absolute_url()).content.decode()
    UnitMember.objects.filter(user=second).update(role="admin")
    assert afresh(asked).role == "reader"


def test_a_request_is_refused_in_words_and_taken_back_by_its_own_person(world, second):
    asked = ask_to_join(world.unit.uscc, words=WORDS, by=second)
    assert why_not_ask(world.unit.uscc, by=second) == why_not_ask("91120104", by=second) == ""
    with refused("R-WORDS", "请写明原因"):
        decline(asked, by=world.applicant, words=" ")
    with refused("R-PERM", "只有申请人自己"):
        take_back(asked, by=world.stranger)
    assert afresh(asked).answer == ""
