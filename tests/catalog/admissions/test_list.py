"""The platform's list of admissions, its acts, and what the public reads of a provider."""

import pytest
from django.urls import reverse

from tests.helpers import afresh

pytestmark = pytest.mark.django_db


def url(name, admission, *more):
    return reverse(name, args=[admission.number, *more])


def test_the_platform_suspends_with_words_and_resumes(client, world):
    admission = world.admit()
    client.force_login(world.platform)
    address = url("admission_move", admission, "suspend")
    assert "暂停入驻" in client.get(address).content.decode()
    assert client.post(address, {"text": "", "seen": admission.version}).context["form"].errors
    client.post(address, {"text": "整改。", "seen": admission.version})
    assert afresh(admission).state == "suspended"
    assert "已暂停：整改。" in client.get(admission.get_absolute_url()).content.decode()
    client.post(url("admission_move", admission, "resume"), {"text": "完成。", "seen": afresh(admission).version})
    assert afresh(admission).state == "admitted"


def test_the_platform_s_list_narrows_and_costs_the_same(client, world, django_assert_max_num_queries):
    admission = world.admit()
    client.force_login(world.platform)
    for asked, found in (
        ({}, 1),
        ({"state": "pending"}, 0),
        ({"ends": "60"}, 0),
        ({"q": admission.number}, 1),
        ({"q": "没有这家"}, 0),
        ({"region": "hebei"}, 0),
        ({"state": "x", "ends": "y"}, 1),
    ):
        with django_assert_max_num_queries(10):
            page = client.get(reverse("admission_list"), asked)
        assert (asked, page.context["page"].paginator.count) == (asked, found)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("platform", 200),
        ("municipal", 200),
        ("applicant", 404),
        ("district", 404),
        ("administrator", 404),
    ],
)
def test_the_list_is_for_platform_and_city(client, world, role, status):
    client.force_login(world.people[role])
    assert client.get(reverse("admission_list")).status_code == status


def test_the_public_page_tells_dates_scope_and_certificates_without_papers(client, world):
    admission = world.admit()
    text = client.get(admission.provider.get_absolute_url()).content.decode()
    certificate = admission.qualifications.get()
    for words in (
        f"有效期至 {admission.valid_until}",
        str(world.product.category),
        certificate.number,
        certificate.validity,
    ):
        assert words in text
    assert str(certificate.document_id) not in text
    client.force_login(world.stranger)
    assert client.get(reverse("document", args=[certificate.document_id])).status_code == 404


def test_the_public_page_of_a_suspended_provider_does_not_call_it_one(client, world):
    admission = world.admit("suspended")
    assert "创新券服务机构" not in client.get(admission.provider.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("who", "way"),
    [
        ("applicant", ["用户中心", "服务机构入驻"]),
        ("platform", ["服务机构"]),
        ("municipal", ["服务机构"]),
    ],
)
def test_the_case_stands_on_the_desk_of_who_reads_it(client, world, who, way):
    admission = world.admit()
    client.force_login(world.people[who])
    page = client.get(admission.get_absolute_url())
    assert [label for label, _ in page.context["crumbs"]] == [*way, admission.number]
    items = [item for group in page.context["menu"] for item in group["items"]]
    assert [item["label"] for item in items if item["active"]] == way[-1:]


def test_the_steps_of_the_platform_stand_on_its_desk(client, world):
    client.force_login(world.platform)
    for address in (reverse("admission_list"), reverse("admission_move", args=[world.admit().number, "suspend"])):
        page = client.get(address)
        items = [item for group in page.context["menu"] for item in group["items"]]
        assert [item["label"] for item in items if item["active"]] == ["服务机构"]
