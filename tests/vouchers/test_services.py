"""Verbs of 创新券申请: the draft, the guards of submission, what follows from verdicts and ends."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine

from accounts.certification.services import reopen_certification, set_frozen
from accounts.models import Unit
from orders.models import Order
from records.rules import StaleCase
from reviews.models import Office
from tests.factories import drive_application, drive_order, make_document, make_product, make_user
from tests.helpers import afresh, new_policy, refused
from vouchers.models import Application
from vouchers.services import end_application, save_application, start_application, submit_application

pytestmark = pytest.mark.django_db


def test_a_draft_knows_what_the_unit_has_told_before(world):
    application = start_application(world.make_order(), by=world.applicant)
    assert (application.unit, application.district.code, application.contact, application.phone) == (
        world.unit,
        "120104",
        "贾经办",
        "13800000000",
    )
    assert (application.state, application.project_name) == ("draft", "材料力学性能检测")


def test_a_second_click_on_start_returns_the_same_draft(world):
    order = world.make_order()
    first, second = (start_application(order, by=world.applicant) for _ in range(2))
    assert first == second
    assert Application.objects.count() == 1


@pytest.mark.parametrize("dead", sorted(Application.DEAD))
def test_after_a_dead_application_a_new_one_may_start(world, dead):
    ended = drive_application(world.make_application(), dead, world)
    again = start_application(ended.order, by=world.applicant)
    assert (again.state, again == ended) == ("draft", False)


def test_an_order_placed_before_the_certification_joins_the_unit(world):
    order = world.make_order()
    Order.objects.update(unit=None)
    application = start_application(order, by=world.applicant)
    assert (application.unit, afresh(order).unit) == (world.unit, world.unit)


def test_who_has_no_unit_cannot_start(world):
    person = make_user()
    with refused("R-CERT"):
        start_application(world.make_order(by=person), by=person)


def test_a_frozen_unit_cannot_start(world):
    order = world.make_order()
    set_frozen(world.unit, frozen=True, by=world.platform, text="经核实，提供虚假材料。")
    with refused("R-FROZEN"):
        start_application(order, by=world.applicant)


@pytest.mark.parametrize("role", ["stranger", "provider_member", "municipal"])
def test_nobody_but_the_buyer_starts_an_application(world, role):
    with refused("R-PERM"):
        start_application(world.make_order(), by=world.people[role])


@pytest.mark.parametrize("state", ["declined", "cancelled"])
def test_a_dead_order_bears_no_application(world, state):
    with refused("R-SCOPE"):
        start_application(drive_order(world.make_order(), state, world), by=world.applicant)


def test_a_product_without_the_mark_bears_no_application(world):
    order = world.make_order(product=make_product(world.provider, is_marked=False))
    with refused("R-SCOPE"):
        start_application(order, by=world.applicant)


def test_the_mark_counts_as_it_was_when_the_order_was_placed(world):
    order = world.make_order()
    type(world.product).objects.update(is_marked=False)
    assert start_application(order, by=world.applicant).state == "draft"


@pytest.mark.parametrize("state", ["district", "body", "approved", "voided"])
def test_nothing_is_editable_outside_draft_and_return(world, state):
    application = drive_application(world.make_application(), state, world)
    with refused("R-STATE"):
        save_application(application, by=world.applicant)


def test_only_members_edit(world):
    with refused("R-PERM"):
        save_application(world.make_application(), by=world.stranger)


def test_a_colleague_s_words_are_not_overwritten(world):
    mine = world.make_application()
    theirs = afresh(mine)
    theirs.content += "同事补充。"
    save_application(theirs, by=world.applicant)
    mine.content += "我来补充。"
    with pytest.raises(StaleCase):
        save_application(mine, by=world.applicant)
    assert afresh(mine).content == theirs.content


def test_a_second_click_on_save_is_no_conflict(world):
    application = world.make_application()
    seen, application.contact = application.version, "李四"
    save_application(application, by=world.applicant, seen=seen)
    save_application(application, by=world.applicant, seen=seen)
    assert afresh(application).version == seen + 1


def test_the_contract_draft_becomes_a_paper_of_the_case(world):
    application = world.make_application()
    application.contract_draft = make_document(world.applicant, "合同草案.pdf")
    save_application(application, by=world.applicant)
    assert [(paper.name, paper.purpose) for paper in application.documents.all()] == [("合同草案.pdf", "合同草案")]


LACKING = {
    "no name": ("R-FIELDS", lambda application: Application.objects.update(project_name="")),
    "frozen": ("R-FROZEN", lambda application: Unit.objects.update(state="frozen")),
    "no mark": ("R-SCOPE", lambda application: Order.objects.update(is_marked=False)),
    "window": ("R-WINDOW", lambda application: new_policy(apply_open="01-01", apply_close="03-31")),
}


@pytest.mark.parametrize("what", LACKING)
@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_a_guard_refuses_submission_with_its_code(world, what):
    code, spoil = LACKING[what]
    application = world.make_application()
    spoil(application)
    with refused(code):
        submit_application(application, by=world.applicant)
    assert (afresh(application).state, application.entries.count()) == ("draft", 0)


@time_machine.travel("2026-11-24 10:00 +0800", tick=False)
def test_a_returned_case_may_come_back_after_the_window_has_closed(world):
    application = drive_application(world.make_application(), "district_returned", world)
    new_policy(apply_close="03-31")
    assert submit_application(application, by=world.applicant).state == "district"


def test_a_return_is_answered_while_the_unit_certifies_again(world):
    application = drive_application(world.make_application(), "district_returned", world)
    reopen_certification(world.unit, by=world.applicant)
    assert submit_application(application, by=world.applicant).state == "district"


def test_a_case_keeps_the_policy_of_its_first_submission(world):
    application = drive_application(world.make_application(), "district_returned", world)
    new_policy(ratio=Decimal("0.30"))
    application = submit_application(application, by=world.applicant)
    assert (application.policy.name, application.policy.ratio) == ("2025 版", Decimal("0.5"))


def test_return_from_body_goes_back_to_body_and_keeps_the_money_reserved(world):
    application = drive_application(world.make_application(), "body_returned", world)
    assert (application.account.reserved, application.account.free) == (50_000, 100_000)
    application = submit_application(application, by=world.applicant)
    turns = application.turns.order_by("pk").values_list("state", "round", "office__name")
    assert (application.state, application.account.reserved, application.due_on) == ("body", 50_000, None)
    assert list(turns)[-2:] == [("body", 1, "样例专业机构"), ("body", 2, "样例专业机构")]


@time_machine.travel("2026-11-30 10:00 +0800", tick=False)
def test_a_return_gives_ten_working_days(world):
    application = drive_application(world.make_application(), "district_returned", world)
    assert application.due_on == dt.date(2026, 12, 14)


def test_without_an_office_nothing_is_handed_in(world):
    application = world.make_application()
    Office.objects.filter(kind="district").update(is_active=False)
    with refused("R-OFFICE", match="南开区"):
        submit_application(application, by=world.applicant)


def test_without_a_body_the_district_cannot_hand_on(world):
    application = drive_application(world.make_application(), "district", world)
    Office.objects.filter(kind="body").update(is_active=False)
    with refused("R-OFFICE", match="专业机构尚未设置"):
        world.decide(application, world.district, "pass_review")


def test_a_withdrawn_draft_never_touched_the_quota(world):
    application = end_application(world.make_application(), "withdraw", by=world.applicant)
    assert (application.state, application.account, application.entries.count()) == ("withdrawn", None, 0)
