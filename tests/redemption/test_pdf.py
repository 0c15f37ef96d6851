"""The 兑现申请表 as PDF: our fonts, every character, equal bytes, tables that break well (domain.md §6.4)."""

import hashlib
import io
import os
import re
import subprocess
import sys
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageOps

from redemption.form.claim_form import Answer
from redemption.form.pdf import EXPERT_LINES, render_claim_form
from tests.redemption.sample_form import ACCOUNT, sample_form
from ui import printing
from ui.fonts import VARIABLE, own_fonts
from ui.printing import pdf_ready

pytestmark = pytest.mark.pdf
READ = {ord("\r"): None, 0xA0: " "}  # a font has one glyph for both spaces
RARE = "㛃𬭚䶮"
HALF = 0.5
MARGIN = 48  # points: 1.7 cm, as in templates/pdf/claim_form.css
UNKNOWN = "\U000f0000"  # for private use: no font has it
ELSEWHERE = """
import django; django.setup()
import hashlib
from redemption.form.pdf import render_claim_form
from tests.redemption.sample_form import sample_form
print(hashlib.sha256(render_claim_form(sample_form())).hexdigest())
"""


@pytest.fixture(scope="module")
def printed():
    return render_claim_form(sample_form())


def texts(data):
    document = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_bounded().translate(READ) for page in document]


def picture_of_representative(name):
    """Return how the legal representative's name looks in its cell."""
    document = pypdfium2.PdfDocument(render_claim_form(sample_form(legal_representative=name)))
    page, scale = document[0], 3
    textpage = page.get_textpage()
    start, length = textpage.search("法定代表人").get_next()
    _, bottom, right, top = textpage.get_charbox(start + length - 1)
    box = (right + 25, page.get_height() - top - 4, right + 120, page.get_height() - bottom + 4)
    return page.render(scale=scale).to_pil().convert("L").crop(tuple(round(edge * scale) for edge in box))


def filled(page):
    """Return which share of the page between its margins lies above its last ink."""
    picture = page.render().to_pil().convert("L")
    body = ImageOps.invert(picture.crop((0, MARGIN, picture.width, picture.height - MARGIN)))
    return body.getbbox()[3] / body.height


def embedded_fonts(data):
    """Return the names of the fonts and whether each one's outlines are in the file."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    found = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            real = font.get_object()["/DescendantFonts"][0].get_object()
            found[real["/BaseFont"].split("+")[1]] = "/FontFile2" in real["/FontDescriptor"]
    return found


def test_only_our_fonts_are_used_and_all_are_embedded(printed):
    assert embedded_fonts(printed) == {"TTEN-Song": True, "TTEN-Hei": True, "TTEN-Fang": True}


def test_figures_and_letters_of_what_was_written_are_in_the_face_of_its_characters():
    data, runs = render_claim_form(sample_form(outcome="检测报告AB共347份。")), []

    def keep(text, _matrix, _text_matrix, font, _size):
        runs.append((text, str(font["/BaseFont"]).split("+")[1] if font else ""))

    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        page.extract_text(visitor_text=keep)
    assert {face for text, face in runs if "AB" in text or "347" in text} == {"TTEN-Fang"}


def test_rare_characters_are_real_glyphs_each_unlike_the_box_of_an_unknown_one():
    pictures = [picture_of_representative(char) for char in (*RARE, UNKNOWN)]
    blank = Image.new("L", pictures[0].size, 255)
    for index, one in enumerate(pictures):
        for other in (blank, *pictures[:index]):
            assert ImageChops.difference(one, other).getbbox() is not None


def test_rare_characters_can_be_copied_out_of_the_pdf():
    assert f"王{RARE}" in texts(render_claim_form(sample_form(legal_representative=f"王{RARE}")))[0]


def test_traditional_characters_of_old_names_come_from_the_rest_font():
    data = render_claim_form(sample_form(name="天津龍鳳示例有限公司"))
    assert embedded_fonts(data)["TTEN-Song-Rest"] is True


def test_two_exports_of_equal_content_are_equal_to_the_byte(printed):
    assert render_claim_form(sample_form()) == printed


def test_another_process_prints_the_same_bytes(printed):
    environment = os.environ | {"PYTHONHASHSEED": "4711", "DJANGO_SETTINGS_MODULE": "tten.settings"}
    done = subprocess.check_output([sys.executable, "-c", ELSEWHERE], env=environment, text=True)  # noqa: S603 - our own
    assert done.strip() == hashlib.sha256(printed).hexdigest()


def test_changed_content_changes_the_bytes(printed):
    assert render_claim_form(sample_form(handler="王样例")) != printed


def test_all_ten_parts_stand_in_order(printed):
    text = "".join(texts(printed))
    parts = [
        "天津市科技创新券兑现申请表",
        "一、企业基本信息",
        "二、服务与合同信息",
        "三、发票明细",
        "四、付款明细",
        "五、申请兑现金额",
        "六、服务完成情况及成效",
        "七、企业承诺",
        "八、区科技主管部门初审意见",
        "九、专业机构形式审查意见",
        "十、专家评审意见",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_further_field_stands_in_part_six():
    outcome = replace(sample_form().outcome, more=(Answer("技术指标完成情况", "盐雾 1000 小时。\n疲劳 10 万次。"),))
    text = "".join(texts(render_claim_form(replace(sample_form(), outcome=outcome).sealed())))
    places = [text.index(word) for word in ("服务成果证明", "技术指标完成情况", "疲劳 10 万次。", "七、企业承诺")]
    assert places == sorted(places)


def test_number_version_hash_and_page_stand_on_every_page(printed):
    form, pages = sample_form(), texts(printed)
    for number, text in enumerate(pages, 1):
        assert f"申请表编号 {form.number}　第 2 版　校验码 {form.short_hash}" in text
        assert f"第 {number} 页　共 {len(pages)} 页" in text


def test_the_head_tells_when_the_city_took_the_case(printed):
    assert "市级受理时间：2026-11-24 10:20" in texts(printed)[0].replace("\n", "")


def test_amount_stands_in_figures_and_capitals(printed):
    text = "".join(texts(printed))
    assert "（小写）¥ 20,000.00" in text
    assert "（大写）人民币贰万元整" in text


def test_the_account_that_is_paid_stands_whole_in_part_five_and_nowhere_else(printed):
    before, part = "".join(texts(printed)).split("五、申请兑现金额")
    assert "**** 5678" in before
    assert ACCOUNT[:8] not in before
    part, after = part.split("六、服务完成情况及成效")
    assert f"收款账号 {ACCOUNT}" in part.replace("\n", " ")
    assert ACCOUNT[:8] not in after


def test_the_form_has_places_for_seals_signatures_and_dates(printed):
    text = "".join(texts(printed))
    pledge = text.split("七、企业承诺")[1].split("八、")[0]
    wanted = ["法定代表人（签字）：", "经办人（签字）：", "填表日期：", "单位（盖章）："]
    assert [word for word in wanted if word not in pledge] == []
    assert "区科技主管部门（盖章）：" in text.split("八、")[1]
    assert "专业机构（盖章）：" in text.split("九、")[1]


def test_each_expert_has_a_line_and_the_group_its_word(printed):
    part = "".join(texts(printed)).split("十、专家评审意见")[1]
    assert part.count("□ 同意　□ 核减　□ 不同意") == len(EXPERT_LINES)
    assert "专家组结论：　□ 同意　　□ 核减　　□ 不同意" in part


def test_every_page_asks_for_the_seal_across_its_edge(printed):
    assert all("（各页之间加盖骑缝章）" in text for text in texts(printed))


def test_a_date_is_written_in_one_way(printed):
    text = "".join(texts(printed))
    assert re.findall(r"[0-9]+ ?年 ?[0-9]+", text) == []
    assert {"2018-05-03", "2026-03-18", "2026-10-20"} < set(re.findall(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text))


def test_a_paper_is_named_by_its_title():
    outcome = replace(sample_form().outcome, papers=("检测报告.pdf", "样机照片.JPG", "第 1.2 版说明"))
    text = "".join(texts(render_claim_form(replace(sample_form(), outcome=outcome).sealed())))
    assert [title for title in ("1. 检测报告\n", "2. 样机照片\n", "3. 第 1.2 版说明 \n") if title not in text] == []


@pytest.mark.parametrize("lines", [1, 5, 20, 60])
def test_no_page_but_the_last_is_less_than_half_full(lines):
    document = pypdfium2.PdfDocument(render_claim_form(sample_form(lines=lines)))
    assert [share for share in (filled(page) for page in list(document)[:-1]) if share < HALF] == []


def test_a_long_list_breaks_over_pages_with_its_head_repeated():
    pages = texts(render_claim_form(sample_form(lines=40)))
    with_invoices = [text for text in pages if "25122000000000000" in text]
    assert len(with_invoices) > 2
    assert all("发票代码及号码" in text for text in with_invoices)
    assert "合计（共 40 张）" in "".join(pages)


@pytest.mark.parametrize("sentences", [1, 8, 16, 24])
def test_the_declaration_and_its_signatures_never_part(sentences):
    pages = texts(render_claim_form(sample_form(outcome="涂层疲劳寿命显著提高，据此完成配方定型。\n" * sentences)))
    wanted = ["七、企业承诺", "本单位郑重承诺", "法定代表人（签字）", "单位（盖章）"]
    assert [sum(word in text for text in pages) for word in wanted] == [1, 1, 1, 1]
    assert any(all(word in text for word in wanted) for text in pages)


def test_what_an_applicant_types_is_text_not_markup(printed):
    text = "".join(texts(render_claim_form(sample_form(handler='<img src="file:///etc/passwd">'))))
    assert '<img src="file:///etc/passwd">' in text.replace("\n", "")


@pytest.mark.parametrize("address", ["file:///etc/hostname", "http://127.0.0.1:9/x"])
def test_nothing_is_fetched_from_files_or_the_network(address):
    document, style, fonts = printing._printer("pdf/claim_form.html")
    with pytest.raises(ValueError, match="disallowed protocol"):
        document("<p>").url_fetcher.fetch(address)
    assert (style, fonts) == printing._printer("pdf/claim_form.html")[1:]


def test_file_is_an_archive_pdf_with_a_fixed_date(printed):
    reader = pypdf.PdfReader(io.BytesIO(printed))
    assert b"pdfaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()
    assert reader.metadata["/CreationDate"].startswith("D:20261124")


def test_ready_says_which_font_is_missing(monkeypatch):
    monkeypatch.setattr(printing, "FAMILIES", ("TTEN-Song.ttf", "TTEN-None.ttf"))
    sentence = (
        "服务器缺少打印字体（TTEN-None.ttf），暂时不能导出 PDF，其他事项照常办理。请稍后再试，急用请联系技术支持。"
    )
    assert pdf_ready() == sentence


def test_without_the_libraries_the_export_says_so(monkeypatch):
    monkeypatch.setattr(printing, "_libraries_ready", lambda: False)
    with pytest.raises(RuntimeError, match="系统组件"):
        render_claim_form(sample_form())


@pytest.mark.parametrize("before", [None, "/etc/fonts/fonts.conf"])
def test_children_started_later_see_the_machines_fonts(monkeypatch, before):
    monkeypatch.delenv(VARIABLE, raising=False)
    if before:
        monkeypatch.setenv(VARIABLE, before)
    with own_fonts():
        assert os.environ[VARIABLE].endswith("var/fontconfig/fonts.conf")
    assert os.environ.get(VARIABLE) == before


def test_the_head_keeps_each_label_and_its_value_on_one_line(printed):
    head = re.sub(r"：\n", "：", texts(printed)[0].split("一、")[0])  # a cell beside a cell
    labels = ("申请表编号：SQB20260000123", "版本：第 2 版", "市级受理时间：2026-11-24 10:20", "校验码：")
    assert [label for label in labels if label not in head] == []
