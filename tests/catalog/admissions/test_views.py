"""Pages of 服务机构入驻: the form with its rows, the check, the platform's list, what the public reads."""

import pytest
from django.urls import reverse

from accounts.models import Unit
from catalog.models import Admission
from records.models import Document
from tests.factories import make_category, make_laboratory, make_product, make_unit
from tests.helpers import afresh
from tests.journeys.person import paper

pytestmark = pytest.mark.django_db
HOME = "/center/admission/"


@pytest.fixture
def applicant(client, world):
    client.force_login(world.applicant)
    return world.applicant


@pytest.fixture
def admission(client, world, applicant):
    client.post(reverse("admission_start"))
    return Admission.objects.get()


def typed(world, admission, act="submit", **changes):
    return {
        "summary": "检测服务，设备齐全，人员稳定，面向企业研发活动，按标准出具报告。",
        "region": "tianjin",
        "address": "样例路 1 号",
        "contact": "贾经办",
        "phone": "13800000000",
        "scope": [world.product.category.pk],
        "pledge": "on",
        "rows": "0",
        "act": act,
        "seen": admission.version,
        **changes,
    }


def row(place=0, **changes):
    told = {"kind": "cma", "number": "CMA-1", "valid_from": "2025-01-01", "valid_until": "2031-01-01"} | changes
    return {f"row{place}-{name}": value for name, value in told.items()}


def url(name, admission, *more):
    return reverse(name, args=[admission.number, *more])


def send(client, admission, data):
    return client.post(url("admission_edit", admission), data)


def test_a_unit_that_is_not_certified_is_sent_to_the_certification(client, world):
    client.force_login(world.applicant)
    Unit.objects.filter(pk=world.unit.pk).update(state="expired")
    page = client.get(HOME)
    assert "入驻需要先通过单位认证" in page.content.decode()
    assert not page.context["may_start"]
    assert client.post(reverse("admission_start")).status_code == 409


def test_a_person_without_a_unit_is_told_too(client, world):
    client.force_login(world.administrator)
    assert client.get(HOME).status_code == 200
    assert client.post(reverse("admission_start")).status_code == 409
    assert client.post(reverse("admission_laboratories")).status_code == 404


def test_a_reader_reads(client, world):
    client.force_login(world.reader)
    assert "您在这个单位是只读成员" in client.get(HOME).content.decode()
    assert client.post(reverse("admission_start")).status_code == 409


def test_what_the_unit_has_told_is_not_asked_again(client, world, admission):
    form = client.get(url("admission_edit", admission)).context["form"]
    assert {"name", "uscc", "legal_representative"}.isdisjoint(form.fields)
    assert (form["contact"].value(), form["address"].value()) == (world.unit.handler_name, world.unit.address)


def test_a_form_of_another_unit_s_screen_starts_nothing(client, world, applicant):
    assert client.post(reverse("admission_start"), {"acting": world.other_unit.number}).status_code == 409
    assert client.post(reverse("admission_start"), {"acting": world.unit.number}).status_code == 302


def test_a_draft_keeps_what_is_there_and_asks_for_nothing(client, world, admission):
    data = {"summary": "短", "rows": "0", "act": "save", "seen": admission.version}
    assert send(client, admission, data).status_code == 302
    assert afresh(admission).summary == "短"
    response = send(client, admission, typed(world, afresh(admission), summary="短", scope=[]))
    assert set(response.context["form"].errors) == {"summary", "scope"}
    assert afresh(admission).contact == "贾经办"


def test_the_whole_form_goes_on_to_the_check_and_to_the_platform(client, world, admission):
    response = send(client, admission, typed(world, admission, rows="1", **row(file=paper("CMA.pdf"))))
    assert response["Location"] == url("admission_check", admission)
    page = client.get(response["Location"])
    assert (page.context["refusals"], "CMA-1" in page.content.decode()) == ([], True)
    document = admission.qualifications.get().document
    assert (document.case, document.purpose) == (admission, "资质证书：CMA")
    client.post(url("admission_submit", admission), {"seen": afresh(admission).version})
    assert afresh(admission).state == "pending"
    again = client.post(url("admission_submit", admission), {"seen": afresh(admission).version})
    assert again.status_code == 409


def test_the_check_says_what_is_missing(client, world, admission):
    page = client.get(url("admission_check", admission))
    assert page.context["refusals"][0].startswith("入驻资料还没有填写完整")
    assert client.post(url("admission_submit", admission), {"seen": admission.version}).status_code == 409


def test_add_gives_a_blank_row_and_drop_takes_one_out(client, world, admission):
    response = send(client, admission, typed(world, admission, "add", rows="1", **row(file=paper("CMA.pdf"))))
    assert response["Location"].endswith("?add=1#rows")
    page = client.get(response["Location"].split("#")[0])
    assert [form.instance.pk is None for form in page.context["rows"]] == [False, True]
    stored = admission.qualifications.get()
    two = {**row(pk=stored.pk), **row(1, number="CMA-2", file=paper("二.pdf")), "rows": "2"}
    send(client, admission, typed(world, afresh(admission), "drop-0", **two))
    assert list(admission.qualifications.values_list("number", flat=True)) == ["CMA-2"]


def test_a_blank_row_is_no_certificate(client, world, admission):
    assert send(client, admission, typed(world, admission, rows="1", **{"row0-kind": ""})).status_code == 302
    assert admission.qualifications.count() == 0


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"number": ""}, "number"),
        ({"kind": "other"}, "name"),
        ({"valid_until": ""}, "valid_until"),
        ({"valid_until": "2024-12-31"}, "valid_until"),
        ({"valid_from": "2099-01-01", "valid_until": "", "permanent": "on"}, "valid_from"),
        ({"valid_until": "x"}, "valid_until"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_and_the_rest_is_kept(client, world, admission, changes, name):
    file = paper("CMA.pdf")
    page = send(client, admission, typed(world, admission, "save", rows="1", **row(file=file, **changes)))
    form = page.context["rows"].forms[0]
    assert set(form.errors) == {name}
    assert (afresh(admission).contact, admission.qualifications.count()) == ("贾经办", 0)
    assert form.data["row0-kept"] == str(Document.objects.latest("created_at").pk)


def test_dates_that_contradict_each_other_are_named_all(client, world, admission):
    told = row(valid_from="2099-01-01", valid_until="2020-01-01", permanent="on", file=paper("一.pdf"))
    text = send(client, admission, typed(world, admission, "save", rows="1", **told)).content.decode()
    assert "日期不能晚于今天" in text
    assert "填写了有效期至，又勾选了“长期有效”，请照证书只保留一项。" in text
    assert "有效期至不能早于有效期自" in text


def test_the_paper_of_a_refused_row_need_not_be_chosen_again(client, world, admission):
    page = send(client, admission, typed(world, admission, rows="1", **row(number="", file=paper("CMA.pdf"))))
    kept = page.context["rows"].forms[0].data["row0-kept"]
    send(client, admission, typed(world, afresh(admission), rows="1", **row(kept=kept)))
    assert str(admission.qualifications.get().document_id) == kept


def test_somebody_else_s_paper_is_not_taken(client, world, admission):
    strange = world.paper(world.stranger, "certificate", None)
    for kept in (strange.pk, "nonsense"):
        page = send(client, admission, typed(world, afresh(admission), rows="1", **row(kept=kept)))
        assert "file" in page.context["rows"].forms[0].errors


def test_a_certificate_without_an_end_and_one_twice(client, world, admission):
    lasting = row(valid_until="", permanent="on", file=paper("一.pdf"))
    page = send(client, admission, typed(world, admission, rows="2", **lasting, **row(1, file=paper("二.pdf"))))
    assert "number" in page.context["rows"].forms[1].errors
    client.post(
        url("admission_edit", admission),
        typed(world, afresh(admission), "save", rows="1", **row(valid_until="", permanent="on", file=paper("一.pdf"))),
    )
    assert admission.qualifications.get().validity == "2025-01-01 至 长期"


@pytest.mark.parametrize("rows", ["", "x", "-1", "999", "１"])
def test_a_senseless_number_of_rows_is_none_or_few(client, world, admission, rows):
    assert send(client, admission, typed(world, admission, rows=rows)).status_code == 302


def test_a_row_of_another_admission_is_not_touched(client, world, admission):
    other = world.make_admission(unit=world.other_unit, by=world.stranger).qualifications.get()
    send(client, admission, typed(world, admission, rows="1", **row(pk=other.pk, file=paper("CMA.pdf"))))
    assert (afresh(other).number, admission.qualifications.get().number) != ("CMA-1", other.number)
    assert afresh(other).admission.unit == world.other_unit


def test_a_category_of_nowhere_is_refused(client, world, admission):
    page = send(client, admission, typed(world, admission, scope=["x", "0"]))
    assert "scope" in page.context["form"].errors


def test_hebei_names_its_city(client, world, admission):
    assert "city" in send(client, admission, typed(world, admission, region="hebei")).context["form"].errors


def test_a_return_shows_what_is_to_be_corrected(client, world, applicant):
    admission = world.admit("returned")
    page = client.get(url("admission_edit", admission))
    assert page.context["form"].to_correct == ["scope"]
    assert page.context["rows_to_correct"]
    assert "CNAS 证书扫描件看不清有效期" in page.content.decode()
    assert "请先按审核意见修改标出的内容" in page.content.decode()
    assert "可以核对并提交了" not in page.content.decode()


def test_pages_of_a_case_that_is_not_to_edit_lead_to_it(client, world, applicant):
    admission = world.admit("pending")
    for name in ("admission_edit", "admission_check"):
        assert client.get(url(name, admission))["Location"] == admission.get_absolute_url()
    assert client.get(url("admission_move", admission, "suspend"))["Location"] == admission.get_absolute_url()
    assert client.get(url("admission_move", admission, "submit-it")).status_code == 404


def test_the_unit_withdraws_after_it_was_asked(client, world, applicant):
    admission = world.admit()
    address = url("admission_move", admission, "withdraw")
    assert "退出入驻" in client.get(address).content.decode()
    client.post(address, {"seen": admission.version})
    assert afresh(admission).state == "withdrawn"
    assert "申请入驻" in client.get(HOME).content.decode()


def test_the_product_form_tells_what_is_in_scope(client, world, applicant):
    world.admit()
    make_category(name="范围外")
    text = client.get(reverse("provider_product_new")).content.decode()
    assert "下列入驻服务范围内的产品可以带创新券标识，由平台核定。" in text
    assert f"<dd>{world.product.category}</dd>" in text
    assert (f"{world.product.category}（范围内，可用券）" in text, "范围外（范围内" in text) == (True, False)


def test_a_resting_mark_is_told_on_the_provider_s_desk(client, world, applicant):
    admission = world.admit()
    product = make_product(admission.provider, world.product.category)
    client.force_login(world.platform)
    client.post(url("admission_move", admission, "suspend"), {"text": "整改。", "seen": admission.version})
    client.force_login(world.applicant)
    assert "暂停显示" in client.get(reverse("provider_product_list")).content.decode()
    text = client.get(reverse("provider_product_edit", args=[product.number])).content.decode()
    assert "现在暂停显示" in text
    assert "现在不是创新券服务机构" in text


def test_a_host_takes_over_its_laboratories(client, world, applicant):
    laboratory = make_laboratory(host_uscc=world.unit.uscc)
    assert laboratory.provider.name in client.get(HOME).content.decode()
    response = client.post(reverse("admission_laboratories"), {"acting": world.unit.number})
    assert response["Location"] == reverse("provider_order_list")
    assert afresh(laboratory.provider).unit == world.unit
    assert client.post(reverse("admission_laboratories"))["Location"] == HOME


def test_the_pages_of_a_case_keep_to_their_budget(client, world, applicant, django_assert_max_num_queries):
    admission = world.admit()
    with django_assert_max_num_queries(20):
        client.get(admission.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(HOME)


def test_the_center_names_a_returned_admission(client, world, applicant):
    world.admit("returned")
    assert "入驻申请退回修改" in client.get(reverse("user_center")).content.decode()
    assert Admission.objects.get().state in Admission.UNDER_WAY


def test_another_unit_starts_from_its_own(client, world):
    world.admit("pending")
    make_unit(world.stranger, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    client.force_login(world.stranger)
    assert client.get(HOME).context["under_way"] is None


def test_a_frozen_unit_reads_that_it_is_frozen(client, world):
    type(world.unit).objects.filter(pk=world.unit.pk).update(state="frozen")
    client.force_login(world.applicant)
    page = client.get(reverse("admission_home")).content.decode()
    assert "您的单位已被冻结" in page
    assert "先通过单位认证" not in page
    assert "您的单位已被冻结" in client.post(reverse("admission_start")).content.decode()
