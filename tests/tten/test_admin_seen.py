"""Two who edit one row in the administration: the second is told what the first has changed, and keeps his text."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import User
from catalog.models import Category, LabBatch, Laboratory, Product, Provider, Synonym
from policy.models import CalendarDay, PolicyVersion
from records.shown import digest
from reviews.models import District, Office
from tests import hostile
from tests.factories import World, make_category, make_laboratory, make_user
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
TYPED = {  # what can be edited → a field of it
    Category: "name",
    Provider: "address",
    Product: "name",
    LabBatch: "note",
    Laboratory: "host_name",
    District: "name",
    Office: "name",
    User: "name",
    PolicyVersion: "pledge_text",
    CalendarDay: "note",
    Synonym: "means",
}


@pytest.fixture
def world():
    made = World()
    make_laboratory()
    make_user("unused", name="没登录过")
    CalendarDay.objects.create(date="2026-10-10", is_working=True, note="国庆节调休")
    draft = PolicyVersion.objects.in_force()
    draft.pk, draft.name, draft.effective_from, draft.published = None, "下一版", "2028-01-01", False
    draft.save()
    return made


def keeper_of(world, model, row):
    """Who may change the row in the administration; None where nobody may."""
    request, table = RequestFactory().get("/"), admin.site._registry[model]
    for person in (world.curator, world.administrator, world.municipal):
        request.user = person
        if table.has_change_permission(request, row):
            return person
    return None


def row_of(model):
    rows = model._default_manager.order_by("-pk")
    return rows.get(username="unused") if model is User else rows.first()


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def opened(browser, row):
    """(address, what the form of the row would send)."""
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    page = hostile.Page(browser.get(url).content.decode())
    form = next(form for form in page.forms if "_save" in form.fields)
    return url, {
        name: held for name, (_, held) in form.fields.items() if held and name not in {"csrfmiddlewaretoken", "_save"}
    }


def test_every_row_that_can_be_edited_is_tried(world):
    editable = {model for model in admin.site._registry if (row := row_of(model)) and keeper_of(world, model, row)}
    assert editable == set(TYPED)


@pytest.mark.parametrize("model", TYPED, ids=lambda model: model.__name__)
def test_the_second_is_told_what_the_first_has_changed_and_keeps_his_text(world, model):
    row, field = row_of(model), TYPED[model]
    browser = browser_of(keeper_of(world, model, row))
    url, sent = opened(browser, row)
    assert browser.post(url, sent | {field: "13800000001甲"}).status_code == 302
    refused = browser.post(url, sent | {field: "13800000002乙"})
    said = refused.content.decode()
    assert getattr(afresh(row), field) == "13800000001甲"
    assert (refused.status_code, "已改为“13800000001甲”" in said) == (200, True)
    form = refused.context["adminform"].form
    assert (form[field].value(), "修改了" in form.non_field_errors()[0]) == ("13800000002乙", True)
    again = hostile.Page(said)
    shown = next(one for one in again.forms if "shown" in one.fields).fields["shown"][1]
    assert browser.post(url, sent | {field: "13800000002乙", "shown": shown}).status_code == 302
    assert getattr(afresh(row), field) == "13800000002乙"


def test_the_refusal_names_who_and_what_and_an_untouched_answer_takes_the_new_value(world):
    product = world.product
    first, second = browser_of(make_user("second_curator", name="乙管理", duty="catalog")), browser_of(world.curator)
    url, sent = opened(second, product)
    first.post(url, sent | {"summary": "甲写的介绍", "duration": "3 天"})
    form = second.post(url, sent | {"name": "乙的名称", "duration": "9 天"}).context["adminform"].form
    assert "乙管理" in form.non_field_errors()[0]
    assert "修改了一句话介绍、服务周期。" in form.non_field_errors()[0]
    assert [form[name].value() for name in ("name", "summary", "duration")] == ["乙的名称", "甲写的介绍", "9 天"]


def test_a_change_of_the_rest_of_the_row_refuses_nobody(world):
    browser = browser_of(world.curator)
    url, sent = opened(browser, world.product)
    Product.objects.filter(pk=world.product.pk).update(is_marked=False, status="withdrawn")
    assert browser.post(url, sent | {"name": "新名称"}).status_code == 302
    product = afresh(world.product)
    assert (product.name, product.is_marked, product.status) == ("新名称", False, "withdrawn")


def in_the_list(browser, *rows):
    """What the list of the categories would send."""
    page = hostile.Page(browser.get(reverse("admin:catalog_category_changelist")).content.decode())
    form = next(form for form in page.forms if "form-TOTAL_FORMS" in form.fields)
    sent = {name: held[0] for name, (_, held) in form.fields.items() if held and name != "csrfmiddlewaretoken"}
    at = {sent[f"form-{number}-id"]: f"form-{number}-order" for number in range(int(sent["form-TOTAL_FORMS"]))}
    return sent | {"_save": "1"}, *(at[str(row.pk)] for row in rows)


def test_in_a_list_only_what_was_touched_is_written_and_never_over_a_colleague(world):
    one, two = make_category(order=1), make_category(order=2)
    browser, url = browser_of(world.curator), reverse("admin:catalog_category_changelist")
    sent, first, second = in_the_list(browser, one, two)
    browser.post(url, sent | {first: "7"})
    assert browser.post(url, sent | {second: "8"}).status_code == 302
    assert (afresh(one).order, afresh(two).order) == (7, 8)
    refused = browser.post(url, sent | {first: "9"})
    assert (refused.status_code, "已改为“7”" in refused.content.decode(), afresh(one).order) == (200, True, 7)


def test_an_answer_reads_the_same_from_the_row_and_from_the_form(world):
    assert digest("一\r\n二 ") == digest("一\n二")
    assert digest([world.other_unit, world.unit]) == digest(sorted([world.unit.pk, world.other_unit.pk]))
    assert digest("\ud800") != digest("")
