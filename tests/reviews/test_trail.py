"""Where a case stands, also where its trail tells little, and what a return asks to mend."""

from orders.models import Order
from reviews.progress import header_of, is_own, open_corrections, steps_of
from tests.factories import drive_application, drive_order
from vouchers.models import Application
from vouchers.services import submit_application


def test_a_return_marks_its_fields_until_the_case_is_handed_in_again(world, application):
    assert open_corrections(application) == []
    application = world.decide(application, world.district, "send_back", "请补充。", corrections=["content", "phone"])
    assert open_corrections(application) == ["content", "phone"]
    assert open_corrections(submit_application(application, by=world.applicant)) == []


def test_the_last_return_counts(world, application):
    application = world.decide(application, world.district, "send_back", "请补充。", corrections=["content"])
    application = submit_application(application, by=world.applicant)
    application = world.decide(application, world.district, "send_back", "仍不清楚。", corrections=["phone"])
    assert open_corrections(application) == ["phone"]


def test_a_case_that_ended_without_a_move_stands_at_its_beginning(world):
    application = world.make_application()
    Application.objects.filter(pk=application.pk).update(state="voided")  # as a case from before the trail
    steps = steps_of(Application.objects.get(pk=application.pk))
    assert [step.state for step in steps] == ["ended", "todo", "todo", "todo", "todo"]


def test_who_has_a_case_that_lies_at_no_office(world):
    returned = drive_application(world.make_application(), "district_returned", world)
    assert header_of(returned, world.applicant).holder == "您的单位"
    assert header_of(returned, world.district).holder == "海河样例科技有限公司"
    order = drive_order(world.make_order(), "serving", world)
    assert header_of(order, world.applicant).holder == str(world.provider)
    assert header_of(drive_order(world.make_order(), "cancelled", world), world.stranger).holder == "已结束"


def test_an_order_without_a_unit_is_its_buyers(world):
    order = Order(buyer=world.applicant)
    assert is_own(order, world.applicant)
    assert not is_own(order, world.stranger)
    assert is_own(order, None)
