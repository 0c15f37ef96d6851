"""Each whole figure of a version is what the portal goes by: another one moves the deadline, the sentence, the reminder."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.certification.tasks import remind_of_licences
from accounts.members.invitations.services import invite
from accounts.members.joining.services import ask_to_join, decline
from catalog.admissions.services import start_admission
from catalog.tasks import remind as remind_of_admissions
from notifications.models import Notice
from orders.models import Order
from policy.calendar import SHANGHAI, add_months, today
from policy.figures import ORDER, RANGES
from policy.models import PolicyVersion
from policy.querysets import MEMORY
from policy.working_days import add_working_days
from records.rules import RuleBroken
from redemption.tasks import remind as remind_of_claims
from reviews.progress import steps_of
from reviews.stand_ins import add_stand_in
from tests.factories import OTHER_FIRM, World, drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.helpers import afresh, aside, constrained, new_policy
from tests.policy.at_the_desk import OF_THE_DESK
from tests.policy.in_the_mall import IN_THE_MALL
from tests.recording import recorded
from tests.reviews.asking import answer_due
from vouchers.findings import findings_of
from vouchers.tasks import remind as remind_of_vouchers

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
TYPED = {"requirement": "需要检测材料的力学性能。", "budget": "20000", "contact": "贾经办", "phone": "13800000000"}


def said(act):
    """The sentence of the refusal."""
    with pytest.raises(RuleBroken) as refusal, aside():
        act()
    return refusal.value.sentence


def first_told(kind, last, task, ahead):
    """How many such notices there are after the day before, and after the day that lies so many days before the last."""
    counts = []
    for days in (ahead + 1, ahead):
        with time_machine.travel(dt.datetime.combine(last - days * A_DAY, dt.time(9), SHANGHAI), tick=False):
            task()
        counts.append(Notice.objects.filter(kind=kind, recipient__username="applicant").count())
    return counts[1] - counts[0]


def promise(case):
    """Days until the case's turn is due, as 进度 says them and as they were counted."""
    turn = case.latest_turn
    told = next(step.promised_days for step in steps_of(case) if step.arrived == turn.opened_at)
    return told if turn.due_on == add_working_days(turn.opened_at, told) else turn.due_on


def application_at(state):
    return lambda world: promise(drive_application(world.make_application(), state, world))


def claim_at(state):
    return lambda world: promise(drive_claim(world.make_claim(), state, world))


def approved(world):
    return drive_application(world.make_application(), "approved", world)


def accepted(world):
    return drive_claim(world.make_claim(), "accepted", world)


def certifying(world):
    return promise(drive_unit(make_unit(second(world), "91120222MA00000312"), "pending", world))


def voucher_told(ahead):
    return lambda world: first_told("application_use_soon", approved(world).use_by, remind_of_vouchers, ahead)


def named_in_the_center(world):
    voucher, client = approved(world), Client()
    pages = []
    for days in (100, 99):
        with time_machine.travel(dt.datetime.combine(voucher.redeem_by - days * A_DAY, dt.time(9), SHANGHAI)):
            client.force_login(world.applicant)
            pages.append("快到兑现期限" in client.get(reverse("user_center")).content.decode())
    return pages


def mended_until(world):
    return drive_application(world.make_application(), "district_returned", world).due_on


def mending_told(world):
    application = drive_application(world.make_application(), "district_returned", world)
    day = add_working_days(timezone.now(), 4)
    return first_told("application_due_soon", day, remind_of_vouchers, 0) and application.rules.reminder_day


def licensed(world, ahead):
    until = today() + 200 * A_DAY
    type(world.unit).objects.filter(pk=world.unit.pk).update(licence_until=until, licence_permanent=False)
    return first_told("licence_ends_soon", until, remind_of_licences, ahead)


def admission_told(ahead):
    return lambda world: first_told("admission_ends_soon", world.admit().valid_until, remind_of_admissions, ahead)


def renewed_early(world):
    world.admit()
    return said(lambda: start_admission(world.unit, by=world.applicant)).partition("，")[2]


def second(world):
    return make_user("second", phone="13800000088")


def asks(world, code=""):
    return ask_to_join(code or world.unit.uscc, words="研发部", by=second(world))


def asks_again_on(world):
    return timezone.localdate(decline(asks(world), by=world.applicant, words="不是本单位人员。").again_at)


def asks_two(world):
    asked = asks(world)
    return said(lambda: ask_to_join(OTHER_FIRM, words="研发部", by=asked.user))


def invited(world):
    client = Client()
    client.force_login(world.applicant)
    told = client.post(
        reverse("unit_invite", args=[world.unit.number]), {"phone": "13700000001", "role": "handler"}, follow=True
    )
    days = (world.unit.invitations.get().expires_at - timezone.now()).days + 1
    return days if f"{days} 天内有效" in told.content.decode() else "nothing said"


def invites_two(world):
    invite(world.unit, "13700000001", "handler", by=world.applicant)
    return said(lambda: invite(world.unit, "13700000002", "handler", by=world.applicant))


def lends(world):
    place = world.district_office.memberships.get()
    return said(lambda: add_stand_in(place, world.other_district, today(), today() + 30 * A_DAY, by=world.municipal))


def orders_again_after(minutes):
    """How many orders there are after the first, after an equal one so many minutes later, and after one on purpose."""

    def seen(world):
        client, counts, again = Client(), [], {}
        client.force_login(world.applicant)
        address = reverse("order_place", args=[world.product.number])
        for later in (0, minutes, minutes):
            with time_machine.travel(timezone.now() + dt.timedelta(minutes=later), tick=False):
                page = client.post(address, TYPED | {"wanted_on": today() + 30 * A_DAY} | again)
            counts.append(Order.objects.count())
            again = {"again": Order.objects.get().number} if page.status_code == 200 else {}
        return counts

    return seen


def looked_through(world):
    """The months among which the desk says that it looked for similar applications."""
    return findings_of(world.make_application())[-1]["detail"][2:10]


FIGURES = {  # figure → another value, what it is seen at, and what is seen there
    "use_months": (6, lambda world: approved(world).use_by, lambda: add_months(today(), 6)),
    "redeem_months": (5, lambda world: approved(world).redeem_by, lambda: add_months(today(), 11)),
    "voucher_reminder_days": (40, voucher_told(40), lambda: 1),
    "voucher_last_reminder_days": (11, voucher_told(11), lambda: 1),
    "voucher_task_days": (99, named_in_the_center, lambda: [False, True]),
    "correction_days": (14, mended_until, lambda: add_working_days(timezone.now(), 14)),
    "reminder_day": (4, mending_told, lambda: 4),
    "form_deadline_days": (25, lambda world: accepted(world).due_on, lambda: add_working_days(timezone.now(), 25)),
    "form_reminder_days": (
        8,
        lambda world: first_told("claim_form_soon", accepted(world).due_on, remind_of_claims, 8),
        lambda: 1,
    ),
    "promised_district": (16, application_at("district"), lambda: 16),
    "promised_body": (17, application_at("body"), lambda: 17),
    "promised_formal": (18, claim_at("formal"), lambda: 18),
    "promised_experts": (22, claim_at("experts"), lambda: 22),
    "promised_certification": (19, certifying, lambda: 19),
    "promised_admission": (13, lambda world: promise(world.admit("pending")), lambda: 13),
    "licence_reminder_days": (45, lambda world: licensed(world, 45), lambda: 1),
    "licence_last_reminder_days": (3, lambda world: licensed(world, 3), lambda: 1),
    "admission_months": (12, lambda world: world.admit().valid_until, lambda: add_months(today(), 12) - A_DAY),
    "renewal_days": (100, renewed_early, lambda: "到期前 100 天起可以申请续期。"),
    "admission_reminder_days": (80, admission_told(80), lambda: 1),
    "admission_last_reminder_days": (9, admission_told(9), lambda: 1),
    "join_reply_days": (2, lambda world: asks(world).due_on, lambda: add_working_days(timezone.now(), 2)),
    "join_wait_days": (50, asks_again_on, lambda: timezone.localdate(timezone.now() + 50 * A_DAY)),
    "join_most_open": (1, asks_two, lambda: "您已有 1 份加入申请等待答复，请等待答复，或先撤回不需要的申请。"),
    "invitation_days": (21, invited, lambda: 21),
    "invitations_most_open": (1, invites_two, lambda: "最多同时有 1 份等待答复的邀请，请先撤回不需要的。"),
    "repeat_minutes": (30, orders_again_after(20), lambda: [1, 1, 2]),
    **OF_THE_DESK,
    "similar_months": (12, looked_through, lambda: "近 12 个月内"),
    **IN_THE_MALL,
    "question_days": (3, answer_due, lambda: add_working_days(timezone.now(), 3)),
    "stand_in_days": (30, lends, lambda: "一次代理最长 30 天，请缩短；到期后可以再次安排。"),
}


def test_every_figure_is_shown():
    assert FIGURES.keys() == RANGES.keys()


@recorded
def other_version():
    """A version in force that differs in every figure."""
    return new_policy(**{name: value for name, (value, *_) in FIGURES.items()})


@pytest.fixture
def world():
    """Where the other version is in force."""
    other_version()
    MEMORY.forget()
    return World()


@pytest.mark.parametrize("name", FIGURES)
def test_another_version_goes_by_its_own_figure(world, name):
    value, seen, expected = FIGURES[name]
    assert PolicyVersion._meta.get_field(name).default != value
    assert seen(world) == expected()


def test_what_was_promised_and_told_stays_when_another_version_follows(time_machine):
    time_machine.move_to("2026-11-02 10:00+08:00")
    world, code = World(), "91120222MA00000312"
    unit = drive_unit(make_unit(make_user("third"), code), "pending", world)
    refused = decline(asks(world), by=world.applicant, words="不是本单位人员。")
    invitation = invite(world.unit, "13700000001", "handler", by=world.applicant)
    time_machine.move_to("2026-11-10 10:00+08:00")
    new_policy(promised_certification=9, join_wait_days=60, invitation_days=40)
    assert (promise(afresh(unit)), unit.rules.promised_certification) == (5, 9)
    assert timezone.localdate(afresh(refused).again_at) == dt.date(2026, 12, 2)
    assert timezone.localdate(afresh(invitation).expires_at) == dt.date(2026, 11, 16)


@pytest.mark.parametrize("name", RANGES)
def test_a_figure_out_of_its_range_is_refused_by_form_and_database(name):
    held = next(check for check in PolicyVersion._meta.constraints if check.name == "policy_figures")
    least, most = RANGES[name]
    for wrong in (least - 1, most + 1):
        version = PolicyVersion(name="错", effective_from=dt.date(today().year + 2, 1, 1), **{name: wrong})
        with pytest.raises(ValidationError) as refusal:
            version.clean_fields()
        assert refusal.value.message_dict[name] == [f"请填写 {least} 至 {most} 之间的整数。"]
        with pytest.raises(ValidationError):
            held.validate(PolicyVersion, version)


OUT_OF_ORDER = {
    "reminder": {"reminder_day": 10},
    "form_reminder": {"form_reminder_days": 15},
    "voucher_reminders": {"voucher_last_reminder_days": 30},
    "licence_reminders": {"licence_last_reminder_days": 31},
    "admission_reminders": {"admission_last_reminder_days": 60},
    "admission_reminded_in_time": {"admission_reminder_days": 91},
    "renewal": {"admission_months": 3},
}


@pytest.mark.parametrize("name", ORDER)
def test_figures_out_of_order_are_refused_by_form_and_database(name):
    version = PolicyVersion(name="错", effective_from=dt.date(today().year + 2, 1, 1), **OUT_OF_ORDER[name])
    with pytest.raises(ValidationError) as refusal:
        version.full_clean()
    assert refusal.value.messages == [ORDER[name][1]]
    with constrained(f"policy_{name}"):
        version.save()


@pytest.mark.bare
def test_the_figures_of_a_new_version_are_in_their_ranges():
    version = PolicyVersion()
    assert [name for name, (least, most) in RANGES.items() if not least <= getattr(version, name) <= most] == []
