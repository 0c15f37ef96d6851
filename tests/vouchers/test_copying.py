"""从以往事项复制: shown before, ticked where nothing stands, never amounts, days or declarations; the own unit's cases alone."""

import pytest
from django.urls import reverse

from orders.models import Order
from tests.factories import drive_application
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
FIELDS = {"project_name", "district", "content", "contact", "phone"}


@pytest.fixture
def cases(client, world):
    """An earlier application of the unit, and a new draft of which little is filled in."""
    client.force_login(world.applicant)
    earlier = drive_application(world.make_application(50_000, 20_000), "approved", world)
    draft = world.make_application()
    type(draft).objects.filter(pk=draft.pk).update(content="", project_name="新的项目", contact="新人")
    return earlier, afresh(draft)


def address(draft, earlier=None):
    return reverse("application_copy", args=[draft.number]) + (f"?from={earlier.number}" if earlier else "")


def test_the_draft_leads_there_and_an_earlier_case_is_chosen(client, cases):
    earlier, draft = cases
    assert address(draft) in client.get(reverse("application_edit", args=[draft.number])).content.decode()
    page = client.get(address(draft))
    assert [case.number for case in page.context["others"]] == [earlier.number]


def test_what_would_be_taken_over_is_shown_and_only_empty_fields_are_ticked(client, cases):
    earlier, draft = cases
    lines = {line.name: line for line in client.get(address(draft, earlier)).context["lines"]}
    assert lines.keys() == FIELDS
    assert {name for name, line in lines.items() if line.is_empty} == {"content"}
    assert {name for name, line in lines.items() if line.is_same} == {"district", "phone"}
    assert lines["content"].theirs.value == earlier.content


def test_what_is_ticked_is_copied_and_nothing_else(client, cases):
    earlier, draft = cases
    posted = {"from": earlier.number, "field": ["content", "applied_amount", "pledge_version"], "seen": draft.version}
    answer = client.post(address(draft), posted)
    assert answer["Location"] == reverse("application_edit", args=[draft.number])
    kept = afresh(draft)
    assert (kept.content, kept.project_name, kept.contact) == (earlier.content, "新的项目", "新人")
    assert (kept.applied_amount, kept.planned_from, kept.pledge_version) == (
        draft.applied_amount,
        draft.planned_from,
        draft.pledge_version,
    )
    said = f"已从 {earlier.number} 复制服务内容及与研发活动的关系，请核对。"
    assert said in client.get(answer["Location"]).content.decode()


def test_nothing_ticked_changes_nothing(client, cases):
    earlier, draft = cases
    answer = client.post(address(draft), {"from": earlier.number, "seen": draft.version}, follow=True)
    assert "没有勾选要复制的内容，什么也没有改动。" in answer.content.decode()
    assert afresh(draft).version == draft.version


def test_a_colleague_s_change_is_not_overwritten(client, cases):
    earlier, draft = cases
    page = reverse("application_edit", args=[draft.number])
    client.post(page, {"act": "save", "content": "同事写的内容" * 10, "seen": draft.version})
    answer = client.post(address(draft), {"from": earlier.number, "field": ["content"], "seen": draft.version})
    assert (answer.status_code, afresh(draft).content) == (409, "同事写的内容" * 10)


def test_what_the_earlier_case_lacks_is_no_line(client, cases):
    earlier, draft = cases
    type(earlier).objects.filter(pk=earlier.pk).update(phone="")
    assert {line.name for line in client.get(address(draft, earlier)).context["lines"]} == FIELDS - {"phone"}


def test_cases_of_others_are_not_there(client, world, cases):
    earlier, draft = cases
    type(earlier).objects.filter(pk=earlier.pk).update(unit=world.other_unit)
    assert client.get(address(draft, earlier)).status_code == 404
    assert client.post(address(draft), {"from": earlier.number, "field": ["content"]}).status_code == 404
    assert "还没有可以复制的事项" in client.get(address(draft)).content.decode()
    client.force_login(world.stranger)
    assert client.get(address(draft)).status_code == 404


def test_a_case_that_was_handed_in_takes_nothing(client, world, cases):
    earlier, draft = cases
    assert client.get(address(earlier)).status_code == 302
    assert client.post(address(earlier), {"from": draft.number}).status_code == 409


def test_the_contact_of_the_last_order_is_offered_where_it_differs(client, world):
    order = world.make_order()
    Order.objects.filter(pk=order.pk).update(contact="旧联系人", phone="13800001234")
    client.force_login(world.applicant)
    form = client.get(reverse("order_place", args=[world.product.number])).context["form"]
    assert {name: known.value for name, known in form.known.items()} == {"contact": "旧联系人", "phone": "13800001234"}
    assert form.known["contact"].source == f"上次订单 {order.number}"


def test_who_never_ordered_is_offered_none(client, world):
    client.force_login(world.stranger)
    assert client.get(reverse("order_place", args=[world.product.number])).context["form"].known == {}
