"""操作留痕 in the administration: a case's lines are found by its number; nothing on its pages is a code or English."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets, label_for_field
from django.urls import reverse

from accounts.models import TextMessage
from accounts.models.entrance import PURPOSES
from records.models import Document, Event
from tests.factories import World, drive_claim, make_document
from tests.helpers import by_owner

HAN = re.compile(r"[\u3400-\u9fff]")
TRAIL = "admin:records_event_changelist"
TYPED = {"password1", "password2"}  # fields of a form alone, which names them itself
STANDARD = {"SHA-256"}  # the same in every language


@pytest.fixture
def world():
    return World()


@pytest.fixture
def audit(client, world):
    client.force_login(world.auditor)
    return client


def found(audit, words):
    return list(audit.get(reverse(TRAIL), {"q": words}).context["cl"].result_list)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", [str, str.lower, lambda number: f" {number} "])
def test_the_lines_of_a_case_are_found_by_its_number(audit, world, typed):
    claim = drive_claim(world.make_claim(), "district", world)
    for case in (claim, claim.application, claim.application.order, world.unit):
        lines = found(audit, typed(case.number))
        assert {(line.case_type.model_class(), line.case_id) for line in lines} == {(type(case), case.pk)}
        assert len(lines) == case.events.count()


@pytest.mark.django_db
def test_a_number_of_nothing_and_a_person_are_searched_for_as_before(audit, world):
    world.make_claim()
    assert found(audit, "SQ20990000000") == []
    assert {line.actor for line in found(audit, world.district.username)} == {world.district}


@pytest.mark.django_db
def test_a_search_by_number_asks_few_queries_each_by_an_index(audit, world, django_assert_max_num_queries):
    number = drive_claim(world.make_claim(), "district", world).number
    with django_assert_max_num_queries(12) as asked:
        found(audit, number)
    assert not [query["sql"] for query in asked if "LIKE" in query["sql"]]


@pytest.mark.django_db
def test_the_title_of_a_line_is_no_code(audit, world):
    world.make_claim()
    for event in Event.objects.distinct("step").order_by("step"):
        page = audit.get(reverse("admin:records_event_change", args=[event.pk])).content.decode()
        assert event.step not in re.search(r"<title>(.*?)</title>", page, re.DOTALL).group(1)
        assert f"第 {event.sequence} 条" in page


@pytest.mark.parametrize("purpose", PURPOSES)
def test_a_text_message_is_named_in_words(purpose):
    assert str(TextMessage(phone="13800000001", purpose=purpose)) == f"138****0001 {PURPOSES[purpose]}"


def test_every_label_of_the_administration_is_chinese(rf):
    request, wrong = rf.get("/admin/"), []
    request.user = type("Auditor", (), {"duty": "audit", "is_superuser": False, "has_perm": lambda *_: False})()
    for model, table in admin.site._registry.items():
        shown = {*table.list_display, *flatten_fieldsets(table.get_fieldsets(request))} - TYPED
        labels = {name: str(label_for_field(name, model, table)) for name in shown}
        wrong += [(model.__name__, name, label) for name, label in labels.items() if not HAN.search(label)]
    assert [row for row in wrong if row[2] not in STANDARD] == []


@pytest.mark.django_db
def test_a_row_without_a_value_is_chosen_in_a_filter_by_a_name(audit, world):
    make_document(world.applicant)
    with by_owner():
        Document.objects.filter(pk=make_document(world.applicant, content=b"%PDF-1.4\n%2\n%%EOF\n").pk).update(
            purpose="发票"
        )
    page = audit.get(reverse("admin:records_document_changelist"))
    named = [choice["display"] for choice in page.context["cl"].filter_specs[2].choices(page.context["cl"])]
    assert named == ["全部", "（空）", "发票", "营业执照或法人证书"]
    empty = audit.get(reverse("admin:records_document_changelist"), {"purpose": ""})
    assert [paper.purpose for paper in empty.context["cl"].result_list] == [""]
