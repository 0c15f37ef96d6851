"""Every form as an empty paper: what the form asks for stands on it, and nothing that a person never sees."""

import io

import pytest
from django.core.cache import cache
from django.urls import reverse
from pypdf import PdfReader

from help import blanks
from help.guides import MACHINES
from ui.printing import pdf_ready

pytestmark = pytest.mark.django_db
KINDS = {"line", "tall", "tick", "choices", "paper"}


def boxes(matter):
    return {box.label: box for _, found in blanks.sections_of(blanks.BLANKS[matter]) for box in found}


@pytest.mark.bare
def test_there_is_a_paper_for_every_guide():
    assert set(blanks.BLANKS) == set(MACHINES)


@pytest.mark.bare
@pytest.mark.parametrize("matter", blanks.BLANKS)
def test_every_field_that_everybody_is_asked_has_its_box(matter):
    form, found = blanks.BLANKS[matter].form, boxes(matter)
    asked = [name for names in form.sections.values() for name in names if name not in blanks.LEFT_OUT]
    assert list(found) == [str(form.base_fields[name].label) for name in asked]
    assert {box.kind for box in found.values()} <= KINDS
    assert [label for label, box in found.items() if "<" in box.hint] == []


@pytest.mark.bare
def test_what_only_the_machine_asks_for_is_marked_too():
    assert boxes("application")["项目名称"].needed
    assert boxes("application")["该项目不属于法定、强制性检验检测"].needed
    assert not boxes("application")["合同草案"].needed
    assert (boxes("certification")["注册地址"].needed, boxes("certification")["注册资本（万元）"].needed) == (
        True,
        False,
    )


@pytest.mark.bare
def test_a_field_is_drawn_by_what_it_takes():
    found = boxes("certification")
    assert (found["营业执照或法人证书"].kind, found["长期有效"].kind, found["单位名称"].kind) == (
        "paper",
        "tick",
        "line",
    )
    assert (found["单位类型"].kind, "请选择" in found["单位类型"].choices) == ("choices", False)
    assert boxes("claim")["成效"].kind == "tall"


@pytest.mark.bare
def test_a_list_has_the_columns_of_its_rows():
    columns = {title: blanks.columns_of(form.base_fields) for title, form in blanks.BLANKS["claim"].rows}
    assert columns["银行回单"] == ("付款日期", "付款人", "付款账号", "收款人", "收款账号", "金额", "流水号", "文件")
    assert "其他发票的说明" not in columns["发票"]


@pytest.mark.pdf
@pytest.mark.parametrize("matter", blanks.BLANKS)
def test_the_paper_is_printed_once(client, matter, monkeypatch):
    if sentence := pdf_ready():
        pytest.skip(sentence)
    cache.clear()
    response = client.get(reverse("form_blank", args=[matter]))
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages).replace("\n", "")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert blanks.BLANKS[matter].name in words
    assert [label for label in boxes(matter) if label not in words] == []
    monkeypatch.setattr(blanks, "print_pdf", lambda *_, **__: pytest.fail("made anew"))
    assert client.get(reverse("form_blank", args=[matter])).content == response.content


def test_what_is_signed_stands_in_its_own_section():
    assert blanks.blank_context("application")["pledged"] == "声明与承诺"
    assert "本单位郑重承诺" in blanks.blank_context("application")["pledge"][0]
    assert (blanks.blank_context("claim")["pledge"], blanks.blank_context("claim")["pledged"]) == ([], "")


def test_what_is_no_form_has_no_paper(client):
    assert client.get(reverse("form_blank", args=["nothing"])).status_code == 404


def test_a_server_without_fonts_says_so(client, monkeypatch):
    monkeypatch.setattr("help.views.pdf_ready", lambda: "服务器缺少打印字体")
    assert client.get(reverse("form_blank", args=["claim"])).status_code == 409
