"""帐号管理: people are found, helped in and signed out; no secret is shown, and each act is in the trail."""

import datetime as dt

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core import mail as mailbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.history.sign_ins import record
from accounts.keeper import services
from accounts.models import SignInEvent, TextMessage, User
from notifications.models import Delivery, Notice
from tests.factories import World, make_user
from tests.helpers import afresh, refused
from tests.watch import asking

pytestmark = pytest.mark.django_db
PHONE = "13812345678"


@pytest.fixture
def world():
    world = World()
    User.objects.filter(pk=world.applicant.pk).update(phone=PHONE, phone_verified_at=timezone.now())
    world.applicant.refresh_from_db()
    return world


@pytest.fixture
def keeper(client, world):
    client.force_login(world.administrator)
    return client


def lock(user):
    return record(SignInEvent.Kind.LOCKED, user=user, method="密码")


def found(client, words):
    return [person.username for person in client.get(reverse("keeper_list"), {"q": words}).context["page"]]


def last_line(user):
    event = user.events.order_by("-sequence").first()
    return (event.step, event.text, event.actor)


def unsent(user, **columns):
    notice = Notice.objects.create(recipient=user, kind="x", subject="请补正：海河样例项目", body="内容", url="/")
    said = {"address": "nobody@example.com", "tries": 1, "failed_at": timezone.now()}
    said |= {"problem": "SMTPRecipientsRefused 550"}
    return Delivery.objects.create(notice=notice, **said | columns)


def test_who_keeps_the_accounts(client, world):
    pages = [reverse("keeper_list"), reverse("keeper_mail_list"), reverse("keeper_person", args=[world.applicant.pk])]
    opened = set()
    for name, user in world.people.items():
        client.force_login(user)
        codes = {client.get(page).status_code for page in pages} if user.is_active else {404}
        assert len(codes) == 1
        opened |= {name} if codes == {200} else set()
    assert opened == {"administrator"}
    assert world.administrator.duty != "audit"


def test_nobody_is_counted_before_somebody_is_looked_for(keeper):
    assert "共 0 条" not in keeper.get(reverse("keeper_list")).content.decode()
    assert "共 0 条" in keeper.get(reverse("keeper_list"), {"q": "没有这个人"}).content.decode()


@pytest.mark.parametrize("words", ["applicant", "测试applicant", PHONE, "+86 138-1234-5678", "海河样例"])
def test_a_person_is_found_by_what_he_is_called_and_by_his_whole_number(keeper, world, words):
    assert "applicant" in found(keeper, words)


@pytest.mark.parametrize("words", ["1381234567", "1234", "", "？"])
def test_a_part_of_a_number_finds_nobody_and_nobody_is_listed_unasked(keeper, world, words):
    assert found(keeper, words) == []


def test_the_page_tells_how_the_account_stands_and_no_secret(keeper, world):
    lock(world.applicant)
    response = keeper.get(reverse("keeper_person", args=[world.applicant.pk]))
    told, read = dict(response.context["standing"]), response.content.decode()
    assert told["帐号"] == "在用"
    assert told["登录"].startswith("暂停到 ")
    assert told["第二重验证"] == "未设置"
    assert "138****5678" in read
    assert not any(secret in read for secret in (PHONE, world.applicant.password))


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"is_active": False}, "已停用"),
        ({"deletion_asked_at": timezone.now()}, "在用，已申请注销"),
        ({"deleted_at": timezone.now(), "is_active": False}, "已注销"),
        ({"last_login": timezone.now()}, "在用"),
    ],
)
def test_an_account_that_is_not_simply_in_use_says_so(keeper, world, columns, words):
    User.objects.filter(pk=world.applicant.pk).update(**columns)
    told = dict(keeper.get(reverse("keeper_person", args=[world.applicant.pk])).context["standing"])
    assert told["帐号"].startswith(words)
    assert (told["上次登录"] == "从未登录") == ("last_login" not in columns)


def test_guesses_from_everywhere_and_a_missing_second_factor_are_told(keeper, world, settings):
    settings.STAFF_SECOND_FACTOR = False
    for _ in range(50):
        record(SignInEvent.Kind.FAILED, user=world.district, method="密码")
    url = reverse("keeper_person", args=[world.district.pk])
    assert "只能在登录过的设备上用密码" in dict(keeper.get(url).context["standing"])["登录"]


def test_a_lock_is_lifted_with_its_reason_which_the_person_reads(keeper, world):
    lock(world.applicant)
    url = reverse("keeper_unlock", args=[world.applicant.pk])
    response = keeper.post(url, {"reason": ""})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"reason"}
    assert keeper.post(url, {"reason": "本人携带身份证到场"}).status_code == 302
    assert last_line(world.applicant) == ("unlock", "解除登录暂停：本人携带身份证到场", world.administrator)
    notice = Notice.objects.get(recipient=world.applicant, kind="account_unlocked")
    assert "本人携带身份证到场" in notice.body
    assert (
        dict(keeper.get(reverse("keeper_person", args=[world.applicant.pk])).context["standing"])["登录"] == "没有暂停"
    )


def test_a_lock_is_offered_to_be_lifted_only_while_there_is_one(keeper, world):
    url, words = reverse("keeper_person", args=[world.applicant.pk]), "<h2>解除登录暂停</h2>"
    assert words not in keeper.get(url).content.decode()
    unlock = reverse("keeper_unlock", args=[world.applicant.pk])
    assert words in keeper.post(unlock, {"reason": ""}).content.decode()  # what was typed is not lost
    lock(world.applicant)
    assert words in keeper.get(url).content.decode()


def test_nobody_keeps_his_own_account(keeper, world):
    page = keeper.get(reverse("keeper_person", args=[world.administrator.pk]))
    assert page.context["may_unlock"] is False
    with refused("R-PERM"):
        services.lift_lock(world.administrator, by=world.administrator, reason="想早点登录")
    with refused("R-SELF"):
        services.sign_out(world.administrator, by=world.administrator)


def test_nobody_else_does_any_of_it(world):
    mail = unsent(world.applicant)
    acts = (
        lambda: services.sign_out(world.applicant, by=world.auditor),
        lambda: services.look_at_phone(world.applicant, by=world.auditor),
        lambda: services.try_again(mail, by=world.auditor),
        lambda: services.give_up(mail, by=world.auditor),
    )
    for act in acts:
        with refused("R-PERM"):
            act()


def signed_in(user):
    browser = Client()
    browser.force_login(user)
    key = browser.session.session_key
    row = UserSession.objects.create(user=user, session_key=key, ip="192.0.2.1", user_agent="Firefox/1", data={})
    return browser, row


def test_one_session_ends_and_the_other_stays(keeper, world):
    (one, first), (other, second) = signed_in(world.applicant), signed_in(world.applicant)
    assert keeper.post(reverse("keeper_session_end", args=[world.applicant.pk, first.pk])).status_code == 302
    assert set(UserSession.objects.filter(user=world.applicant)) == {second}
    assert not Session.objects.filter(session_key=first.session_key).exists()
    assert last_line(world.applicant) == ("signed_out", "结束 1 处登录", world.administrator)
    assert Notice.objects.filter(recipient=world.applicant, kind="account_signed_out").count() == 1
    assert one.get(reverse("user_center")).status_code == 302
    assert other.get(reverse("user_center")).status_code == 200


def test_all_sessions_end_after_one_question(keeper, world):
    signed_in(world.applicant), signed_in(world.applicant)
    url = reverse("keeper_sign_out", args=[world.applicant.pk])
    assert "2" in keeper.get(url).content.decode()
    assert UserSession.objects.filter(user=world.applicant).count() == 2
    assert keeper.post(url).status_code == 302
    assert not UserSession.objects.filter(user=world.applicant).exists()
    before = world.applicant.events.count()
    keeper.post(url)
    assert world.applicant.events.count() == before


def test_a_session_of_somebody_else_is_not_ended(keeper, world):
    _, row = signed_in(world.district)
    keeper.post(reverse("keeper_session_end", args=[world.applicant.pk, row.pk]))
    assert UserSession.objects.filter(pk=row.pk).exists()


def test_a_number_is_looked_at_once_and_noted(keeper, world):
    response = keeper.post(reverse("keeper_phone", args=[world.applicant.pk]), follow=True)
    assert PHONE in response.content.decode()
    assert last_line(world.applicant) == ("phone_seen", "查看手机号", world.administrator)
    assert PHONE not in keeper.get(reverse("keeper_person", args=[world.applicant.pk])).content.decode()
    nobody = make_user("without")
    assert "没有登记手机号" in keeper.post(reverse("keeper_phone", args=[nobody.pk]), follow=True).content.decode()


def test_the_system_itself_has_no_page(keeper, world):
    assert keeper.get(reverse("keeper_person", args=[User.objects.clock().pk])).status_code == 404


def test_mails_that_did_not_arrive_are_listed_with_their_cause(keeper, world):
    given_up, waiting = unsent(world.applicant), unsent(world.applicant, tries=2, failed_at=None)
    unsent(world.applicant, sent_at=timezone.now(), failed_at=None)
    unsent(world.applicant, tries=0, failed_at=None, problem="")
    page = keeper.get(reverse("keeper_mail_list"))
    assert set(page.context["mails"]) == {given_up, waiting}
    read = page.content.decode()
    assert "SMTPRecipientsRefused 550" in read
    assert "海河样例项目" not in read


def test_the_page_says_which_share_of_messages_left_in_time(keeper, world):
    now = timezone.now()

    def code(seconds, left=None):
        """Asked for so many seconds ago, handed over so many seconds later."""
        at = now - dt.timedelta(seconds=seconds)
        sent = at + dt.timedelta(seconds=left) if left is not None else None
        TextMessage.objects.create(phone="13800000009", purpose="login", template="code", at=at, sent_at=sent)

    for seconds, left in ((100, 3), (100, 11), (100, None), (2, None), (2 * 86_400, 600)):
        code(seconds, left)
    mail = unsent(world.applicant, sent_at=now, failed_at=None)
    Notice.objects.filter(pk=mail.notice_id).update(at=now - dt.timedelta(seconds=59))
    codes, notices = keeper.get(reverse("keeper_mail_list")).context["shares"]
    assert (codes.in_time, codes.counted, str(codes.per_cent), codes.is_met) == (1, 3, "33.3", False)
    assert (notices.in_time, notices.counted, notices.is_met) == (1, 1, True)
    read = keeper.get(reverse("keeper_mail_list")).content.decode()
    assert "33.3 %" in read
    assert "目标 99 %，未达到" in read


def test_a_mail_is_tried_again(keeper, world, django_capture_on_commit_callbacks):
    mail = unsent(world.applicant)
    with django_capture_on_commit_callbacks(execute=True):
        assert keeper.post(reverse("keeper_mail_act", args=[mail.pk, "again"])).status_code == 302
    assert [sent.to for sent in mailbox.outbox] == [["nobody@example.com"]]
    mail = afresh(mail)
    assert (mail.sent_at is not None, mail.problem) == (True, "")
    assert last_line(world.applicant) == ("mail_again", "重新发送：请补正", world.administrator)
    with refused("R-MAIL"):
        services.try_again(mail, by=world.administrator)


def test_a_mail_is_given_up(keeper, world):
    mail = unsent(world.applicant, failed_at=None, due_at=timezone.now() + dt.timedelta(hours=1))
    assert keeper.post(reverse("keeper_mail_act", args=[mail.pk, "drop"])).status_code == 302
    assert list(Delivery.objects.failed()) == [mail]
    assert last_line(world.applicant) == ("mail_given_up", "不再发送：请补正", world.administrator)
    with refused("R-MAIL"):
        services.give_up(mail, by=world.administrator)
    assert keeper.post(reverse("keeper_mail_act", args=[mail.pk, "burn"])).status_code == 404


def test_the_pages_cost_few_questions(keeper, world):
    unsent(world.applicant)
    signed_in(world.applicant)
    for name, args, most in (
        ("keeper_list", [], 10),
        ("keeper_mail_list", [], 10),
        ("keeper_person", [world.applicant.pk], 20),
    ):
        with asking(most + 3, exact=False):
            keeper.get(reverse(name, args=args), {"q": "测试"})
