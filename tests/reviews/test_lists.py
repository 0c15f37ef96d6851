"""The lists of the desk: tabs with counts, columns and views of a person, order, pages far behind, search in the head."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews import panel
from reviews.lists.services import asked_by
from reviews.models import MOST_VIEWS, ListColumns, SavedView, Turn
from reviews.services import give_opinion
from tests.factories import drive_application
from tests.reviews.desk import open_turn, pile
from ui import deep, spans
from ui.deep import at_place

WORDS = "请更正合同金额。"


@pytest.fixture
def desk(world, signed_in):
    """The district's reviewer, signed in."""
    return signed_in(world.district)


def shown(client, name="turn_list", query=""):
    return [turn.pk for turn in client.get(reverse(name) + query).context["page"]]


def counts(client, query=""):
    tabs = client.get(reverse("turn_list") + query).context["tabs"]
    return {tab["label"]: tab["count"] for tab in tabs if tab["count"]}


def test_every_tab_counts_and_shows_what_lies_there(world, desk, application):
    late, soon, later = pile(application, world.district_office, 3)
    for turn, days in ((late, -1), (soon, 1), (later, 9)):
        Turn.objects.filter(pk=turn.pk).update(due_on=timezone.localdate() + dt.timedelta(days))
    returned = open_turn(application)
    give_opinion(returned, by=world.district, verdict="send_back", text=WORDS)
    assert counts(desk) == {"待办": "3", "即将到期": "1", "超期": "1", "等待补正": "1"}
    tabs = {"": [late.pk, soon.pk, later.pk], "soon": [soon.pk], "past": [late.pk], "returned": [returned.pk]}
    assert {tab: shown(desk, query=f"?tab={tab}") for tab in tabs} == tabs
    assert shown(desk, "turn_done_list") == [returned.pk]


def test_who_sits_at_no_office_finds_an_empty_desk(world, signed_in, application):
    page = signed_in(world.stranger).get(reverse("turn_list"))
    assert (page.status_code, list(page.context["page"])) == (200, [])
    assert not [tab for tab in page.context["tabs"] if tab["count"]]
    words = page.content.decode()
    assert "您现在没有审核岗位" in words
    assert "有新的事项到达时" not in words
    assert "您现在没有审核岗位" not in signed_in(world.district).get(reverse("turn_list")).content.decode()


def test_a_case_that_waits_for_experts_is_no_work_of_the_body(world, signed_in, experts_claim):
    turn, client = open_turn(experts_claim), signed_in(world.body)
    panel.form_panel(turn, world.experts, by=world.body)
    assert counts(client) == {"等专家": "1"}
    page = client.get(reverse("turn_list"), {"tab": "experts"})
    assert [row.pk for row in page.context["page"]] == [turn.pk]
    assert "专家意见 0 / 3" in page.content.decode()


def test_the_menu_counts_what_the_tab_counts(world, desk, application):
    pile(application, world.district_office, 2)
    menu = desk.get(reverse("turn_list")).context["menu"]
    counted = {item["label"]: item["count"] for group in menu for item in group["items"]}
    assert counted["待办"] == 3


@pytest.mark.parametrize(
    ("sort", "field"), [("amount", "amount"), ("-unit_name", "unit_name"), ("kind", "case_type_id")]
)
def test_every_column_sorts(world, desk, application, sort, field):
    turns = pile(application, world.district_office, 3)
    for number, turn in enumerate(turns):
        Turn.objects.filter(pk=turn.pk).update(amount=5 - number, unit_name=f"样例{number}公司")
    rows = desk.get(reverse("turn_list"), {"sort": sort}).context["page"]
    values = [(getattr(turn, field), turn.pk) for turn in rows]
    assert values == sorted(values, reverse=sort.startswith("-"))


@pytest.mark.parametrize("query", ["", "?sort=-amount", "?sort=number", "?q=样例事项"])
@pytest.mark.parametrize("offices", [1, 2])
def test_forth_and_back_every_turn_stands_on_one_page(world, desk, application, monkeypatch, query, offices):
    monkeypatch.setattr(deep, "MOST", 60)
    monkeypatch.setattr(spans, "MOST", 60)
    monkeypatch.setattr(deep, "NUMBERED", 3)
    for office in (world.district_office, world.other_district_office)[:offices]:
        pile(application, office, 104 // offices)
    if offices > 1:
        world.other_district_office.memberships.create(user=world.district)
    seen, where = [], query
    while where is not None:
        page = desk.get(reverse("turn_list") + where).context["page"]
        seen += [turn.pk for turn in page]
        where = page.next or None
        assert len(seen) < 200
    assert (
        len(set(seen))
        == len(seen)
        == Turn.objects.filter(lies="desk", search_text__tells="样例事项" if "q=" in query else "样例").count()
    )
    end = desk.get(reverse("turn_list") + at_place(page.query, end=1)).context["page"]
    assert [turn.pk for turn in end] == seen[-20:]
    back = desk.get(reverse("turn_list") + end.previous).context["page"]
    assert [turn.pk for turn in back] == seen[-40:-20]


@pytest.mark.parametrize("key", ["0", "x", "99999999", "1~2", "9" * 30])
def test_a_key_that_leads_nowhere_is_the_first_page(world, desk, application, monkeypatch, key):
    monkeypatch.setattr(deep, "MOST", 20)
    monkeypatch.setattr(spans, "MOST", 20)
    pile(application, world.district_office, 30)
    assert shown(desk, query=f"?after={key}") == shown(desk)


def test_the_person_chooses_the_columns_of_a_list_and_they_stay(world, desk, application):
    response = desk.post(
        reverse("list_columns", args=["turn_list"]), {"column": ["category", "x"], "query": "q=样例&page=2"}
    )
    assert response.headers["Location"] == reverse("turn_list") + "?q=%E6%A0%B7%E4%BE%8B"
    assert ListColumns.objects.get(user=world.district).columns == ["category"]
    heads = desk.get(reverse("turn_list")).context["heads"]
    assert [head["label"] for head in heads] == ["事项", "服务类别"]
    assert desk.post(reverse("list_columns", args=["unheard-of"])).status_code == 404


def test_a_view_has_a_name_and_an_address(world, desk, application):
    said = {"name": "大额", "page": "turn_list", "query": "tab=past&sort=-amount&page=3"}
    assert desk.post(reverse("view_save"), said).headers["Location"] == reverse("turn_list") + "?tab=past&sort=-amount"
    view = SavedView.objects.get()
    opened = desk.get(view.get_absolute_url())
    assert opened.headers["Location"] == reverse("turn_list") + "?tab=past&sort=-amount"
    shown_views = desk.get(opened.headers["Location"]).context["views"]
    assert shown_views == [{"label": "大额", "url": view.get_absolute_url(), "active": True}]
    assert desk.post(reverse("view_rename", args=[view.pk]), {"name": "超期大额"}).status_code == 302
    assert "超期大额" in desk.get(reverse("view_list")).content.decode()
    assert desk.post(reverse("view_delete", args=[view.pk])).status_code == 302
    assert not SavedView.objects.exists()


def test_two_views_of_one_name_are_refused_in_words_and_nothing_is_lost(world, desk):
    said = {"name": "大额", "page": "turn_list", "query": "sort=-amount"}
    desk.post(reverse("view_save"), said)
    page = desk.post(reverse("view_save"), said | {"query": "sort=amount"}).content.decode()
    assert "您已经有一个叫“大额”的视图" in page
    assert 'value="sort=amount"' in page
    other = SavedView.objects.create(user=world.district, name="另一个", page="turn_done_list")
    assert (
        "您已经有一个叫“大额”的视图"
        in desk.post(reverse("view_rename", args=[other.pk]), {"name": "大额"}).content.decode()
    )
    assert desk.post(reverse("view_save"), said | {"page": "home"}).status_code == 404


def test_there_is_an_end_to_views(world, desk):
    SavedView.objects.bulk_create(
        SavedView(user=world.district, name=f"视图{number}", page="turn_list") for number in range(MOST_VIEWS)
    )
    assert desk.post(reverse("view_save"), {"name": "多了", "page": "turn_list"}).status_code == 409
    assert SavedView.objects.count() == MOST_VIEWS


def test_a_view_is_its_person_s_alone(world, signed_in):
    view = SavedView.objects.create(user=world.district, name="大额", page="turn_list")
    other = signed_in(world.body)
    assert other.get(view.get_absolute_url()).status_code == 404
    assert [other.post(reverse(name, args=[view.pk])).status_code for name in ("view_rename", "view_delete")] == [
        404,
        404,
    ]
    assert view.name not in other.get(reverse("view_list")).content.decode()


def test_what_a_view_keeps_is_conditions_and_order_alone():
    assert asked_by("q=a&page=2&after=7&end=1&sort=x") == "q=a&sort=x"


@pytest.mark.parametrize("words", ["海河样例", "91120104000000019e", "样例检测服务", "材料力学"])
def test_the_search_in_the_head_finds_decided_cases_too(world, desk, application, words):
    give_opinion(open_turn(application), by=world.district, verdict="pass_review")
    page = desk.get(reverse("number_open"), {"q": words}).context["page"]
    assert {turn.case_id for turn in page} >= {application.pk}
    assert {turn.office_id for turn in page} == {world.district_office.pk}


def test_the_search_finds_a_voucher_by_its_number(world, desk):
    application = drive_application(world.make_application(), "approved", world)
    number = type(application).objects.get(pk=application.pk).voucher_number
    assert [turn.number for turn in desk.get(reverse("number_open"), {"q": number}).context["page"]] == [
        application.number
    ]


def test_the_search_shows_nobody_what_he_may_not_see(world, signed_in, application):
    for role in ("other_district", "applicant", "expert_1", "curator"):
        page = signed_in(world.people[role]).get(reverse("number_open"), {"q": "海河样例"})
        assert list(page.context.get("page", ())) == []
    found = signed_in(world.municipal).get(reverse("number_open"), {"q": "海河样例"}).context["page"]
    assert open_turn(application).pk in {turn.pk for turn in found}


def test_the_search_says_what_it_cannot_look_for(world, desk):
    assert "没有按它查找" in desk.get(reverse("number_open"), {"q": "（）"}).content.decode()
