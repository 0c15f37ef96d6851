"""Pages of 单位认证 beside the way itself: the list of units, small changes, records, the licence beside the fields."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.certification.particulars.services import save_particulars
from accounts.certification.services import reopen_certification, save_certification, submit_certification
from accounts.models import Unit, UnitMember
from policy.calendar import today
from records.rules import StaleCase
from tests.factories import drive_unit, make_document, make_unit, make_user
from tests.helpers import afresh, refused
from tests.records.scanned import HONEST, upload

pytestmark = pytest.mark.django_db
OTHER = ("91120222MA00000312", "雍阳样例（武清）工贸有限公司", "120114")
LIST = "/desk/units/"
TYPED = {
    "handler_name": "新经办",
    "handler_phone": "13800000009",
    "industry": "新材料",
    "honours": ["eagle"],
    "staff_count": "42",
    "revenue": "3,000",
    "research_spend": "",
}


def names(client, **query):
    return {unit.name for unit in client.get(LIST, query).context["page"]}


def particulars(unit):
    return reverse("certification_particulars", args=[unit.number])


@pytest.mark.parametrize("role", ["platform", "municipal"])
def test_the_platform_and_the_city_see_every_unit(client, world, role):
    client.force_login(world.people[role])
    response = client.get(LIST)
    assert response.context["page"].paginator.count == Unit.objects.count()
    assert f'href="{LIST}" aria-current="page"' in response.content.decode()


@pytest.mark.parametrize("role", ["applicant", "provider_member", "district", "body", "expert_1", "administrator"])
def test_nobody_else_finds_the_list(client, world, role):
    client.force_login(world.people[role])
    assert client.get(LIST).status_code == 404


def test_the_list_is_narrowed_by_words_state_district_kind_and_term(client, world):
    soon = {"licence_until": today() + dt.timedelta(days=20)}
    unit = drive_unit(make_unit(make_user(), *OTHER, kind="other", **soon), "pending", world)
    client.force_login(world.platform)
    for query in (
        {"q": "(武清)"},
        {"q": unit.uscc[-6:]},
        {"q": unit.number},
        {"state": "pending"},
        {"district": "120114"},
        {"kind": "other"},
        {"term": "soon"},
        {"term": "dated"},
    ):
        assert names(client, **query) == {unit.name}, query
    assert unit.name not in names(client, term="permanent")
    Unit.objects.filter(pk=unit.pk).update(licence_until=today() - dt.timedelta(days=1))
    assert names(client, term="ended") == {unit.name}
    Unit.objects.filter(pk=unit.pk).update(licence_until=None)
    assert unit.name in names(client, term="unknown")
    assert names(client, sort="licence_until", page="99") == set(Unit.objects.values_list("name", flat=True))


def test_an_empty_list_shows_the_way_out_and_bad_input_does_no_harm(client, world):
    client.force_login(world.platform)
    assert "没有符合条件的单位" in client.get(LIST, {"q": "没有这家"}).content.decode()
    assert client.get(LIST, {"state": "x", "district": "x", "term": "x", "sort": "x", "page": "x"}).status_code == 200


def test_the_list_asks_at_most_ten_queries(client, world, django_assert_max_num_queries):
    for number in range(8):
        make_unit(make_user(), f"9112022{number}MA00000312", f"样例公司{number}号")
    client.force_login(world.platform)
    client.get(LIST)
    with django_assert_max_num_queries(10):
        client.get(LIST)


def test_the_city_reads_and_does_not_act(client, world):
    client.force_login(world.municipal)
    assert client.get(world.unit.get_absolute_url()).context["actions"] == []


def test_the_platform_comes_from_the_list_and_goes_back_to_it(client, world):
    client.force_login(world.platform)
    response = client.get(world.unit.get_absolute_url())
    assert response.context["crumbs"][0] == ("单位", LIST)
    assert f'href="{LIST}" aria-current="page"' in response.content.decode()


def test_small_changes_keep_the_certification_and_are_written_down(client, world):
    client.force_login(world.applicant)
    page = client.get(world.unit.get_absolute_url())
    assert particulars(world.unit) in [act["url"] for act in page.context["actions"]]
    assert client.post(particulars(world.unit), TYPED)["Location"] == world.unit.get_absolute_url()
    unit = afresh(world.unit)
    assert (unit.state, unit.handler_name, unit.honours, unit.revenue) == ("certified", "新经办", ["eagle"], 3000)
    event = unit.events.get(step="update")
    assert (event.text, event.to_state) == (
        "更新：所属行业、企业资质、从业人数、上年销售收入（万元）、经办人、手机",
        "",
    )
    assert (unit.certified_as.number, unit.certified_as.occasion, unit.certified_as.handler_name) == (
        2,
        "updated",
        "新经办",
    )


def test_nothing_but_the_particulars_is_taken(client, world):
    client.force_login(world.applicant)
    client.post(particulars(world.unit), TYPED | {"name": "偷换的名称", "uscc": OTHER[0], "state": "frozen"})
    unit = afresh(world.unit)
    assert (unit.name, unit.uscc, unit.state) == (world.unit.name, world.unit.uscc, "certified")


def test_bad_particulars_are_told_by_the_field(client, world):
    client.force_login(world.applicant)
    form = client.post(particulars(world.unit), TYPED | {"handler_phone": "123", "revenue": "很多"}).context["form"]
    assert set(form.errors) == {"handler_phone", "revenue"}


def test_two_who_update_different_particulars_both_keep_theirs(world):
    theirs, before, seen = afresh(world.unit), world.unit.handler_name, world.unit.version
    theirs.handler_name = "新经办"
    save_particulars(theirs, by=world.applicant, seen=seen)
    for labels in (["上年销售收入（万元）"], []):  # the second click has nothing to add
        mine = afresh(world.unit)
        mine.handler_name, mine.revenue = before, 3000  # what the page had shown comes along
        assert save_particulars(mine, by=world.applicant, seen=seen) == labels
    unit = afresh(world.unit)
    assert (unit.handler_name, unit.revenue, unit.snapshots.count()) == ("新经办", 3000, 3)


def test_a_second_click_changes_nothing_and_a_stale_page_is_told(client, world):
    client.force_login(world.applicant)
    seen = world.unit.version
    client.post(particulars(world.unit), TYPED | {"seen": seen})
    client.post(particulars(world.unit), TYPED | {"seen": seen})
    assert afresh(world.unit).snapshots.count() == 2
    stale = client.post(particulars(world.unit), TYPED | {"seen": seen, "handler_name": "又一个"})
    assert "修改了经办人" in stale.content.decode()
    assert "又一个" in stale.content.decode()
    unit = afresh(world.unit)
    unit.handler_name = "再一个"
    with pytest.raises(StaleCase):
        save_particulars(unit, by=world.applicant, seen=seen)


@pytest.mark.parametrize("role", ["handler", "reader"])
def test_only_an_administrator_updates(client, world, role):
    person = make_user(f"some_{role}")
    UnitMember.objects.create(unit=world.unit, user=person, role=role)
    client.force_login(person)
    assert client.get(particulars(world.unit))["Location"] == world.unit.get_absolute_url()
    assert "只有单位管理员可以更新单位资料" in client.post(particulars(world.unit), TYPED).content.decode()


@pytest.mark.parametrize("state", ["uncertified", "pending", "returned", "expired", "rejected"])
def test_in_every_other_state_the_whole_form_is_the_place(world, state):
    unit = drive_unit(make_unit(make_user(), *OTHER), state, world)
    unit.handler_name = "别的经办"
    with refused("R-STATE"):
        save_particulars(unit, by=unit.members.get())


def test_a_second_round_after_a_return_still_works(client, world):
    unit = reopen_certification(world.unit, by=world.applicant)
    unit.name = "更名样例公司"
    unit = submit_certification(save_certification(unit, by=world.applicant), by=world.applicant)
    unit = world.decide(unit, world.platform, "send_back", "执照不清晰。", corrections=["licence"])
    unit.licence = make_document(world.applicant, "清晰执照.pdf")
    unit = submit_certification(save_certification(unit, by=world.applicant), by=world.applicant)
    unit = world.decide(unit, world.platform, "pass_review")
    assert (unit.state, unit.certified_as.number, unit.certified_as.licence.name) == ("certified", 2, "清晰执照.pdf")
    client.force_login(world.applicant)
    records = client.get(unit.get_absolute_url()).context["records"]["lines"]
    assert [(line[0][1], line[3][1]) for line in records] == [(2, "更名样例公司"), (1, "海河样例科技有限公司")]


def test_the_desk_shows_the_licence_beside_the_fields_and_what_has_changed(client, world):
    unit = reopen_certification(world.unit, by=world.applicant)
    unit.address = "样例路 99 号"
    unit = submit_certification(save_certification(unit, by=world.applicant), by=world.applicant)
    client.force_login(world.platform)
    page = client.get(unit.turns.get(closed_at=None).get_absolute_url()).content.decode()
    assert reverse("document", args=[unit.licence_id]) in page
    assert "<del>样例路 1 号" in page.replace("\n", "")
    assert "<ins>样例路 99 号" in page.replace("\n", "")


def test_the_platform_s_page_asks_at_most_twenty_queries(client, world, django_assert_max_num_queries):
    client.force_login(world.platform)
    with django_assert_max_num_queries(20):
        client.get(world.unit.get_absolute_url())


def test_a_licence_that_came_with_a_refused_form_is_kept_and_not_called_uploaded(client, world, typed):
    person = make_user("newcomer")
    client.force_login(person)
    url = reverse("certification_edit")
    page = client.post(url, typed(licence=upload(HONEST["pdf"], "执照.pdf"), handler_phone="12"))
    words = page.content.decode()
    assert ("已收到" in words, "已上传" in words, "执照.pdf" in words) == (True, False, True)
    kept = page.context["form"]["kept"].value()
    client.post(url, typed(licence=None, kept=kept))
    assert Unit.objects.of(person).get().licence.name == "执照.pdf"
    assert "已上传" in client.get(url).content.decode()


def test_a_new_unit_is_told_what_saving_needs(client):
    client.force_login(make_user())
    page = client.get(reverse("certification_edit")).content.decode()
    assert ("填好统一社会信用代码就可以保存" in page, "可以先保存" in page) == (True, False)
