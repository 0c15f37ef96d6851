"""The data of an invoice is a table that people read; of an OFD the pages are shown that are pictures."""

import json

import pytest

from records.pictures import drawing, reading
from tests.records import makers, papers
from tests.records.pictures import drawn

pytestmark = pytest.mark.heavy


def table(folder, content, kind):
    drawn.told(folder, content, kind)
    return json.loads((folder / reading.TABLE).read_text())


def test_an_invoice_s_xml_is_read_under_the_names_that_people_know(tmp_path):
    rows = table(tmp_path, drawn.INVOICE, "xml")["rows"]
    assert rows[:8] == [
        [0, "电子发票", None],
        [1, "票头", None],
        [2, "电子发票标识", "26122000000000000017"],
        [2, "版本", "0.31"],
        [1, "票面数据", None],
        [2, "销售方", None],
        [3, "销售方纳税人识别号", "91120104MA05QJ7N35"],
        [3, "销售方名称", "海河样例检测有限公司"],
    ]
    assert [row[1:] for row in rows if row[1].startswith("项目")] == [
        ["项目明细（1）", None],
        ["项目名称", "*研发和技术服务*检测费<b>"],
        ["项目明细（2）", None],
        ["项目名称", "*研发和技术服务*分析费"],
    ]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ('<a x="1" y=""><b Name="n">t</b>text</a>', [[0, "a", None], [1, "x", "1"], [1, "b", "t"]]),
        ('<a x="1">t</a>', [[0, "a", None], [1, "x", "1"], [1, "a", "t"]]),
        ('<n:a xmlns:n="urn:x"><n:b/></n:a>', [[0, "a", None]]),
    ],
)
def test_attributes_and_unknown_names_are_shown_as_they_are(tmp_path, content, rows):
    assert table(tmp_path, content.encode(), "xml") == {"rows": rows, "left": 0}


def test_a_long_file_says_how_much_is_not_listed(tmp_path):
    told = table(tmp_path, b"<a>" + b"<b>1</b>" * 600 + b"</a>", "xml")
    assert (len(told["rows"]), told["left"]) == (500, 101)
    assert len(table(tmp_path, b"<a>" + b"x" * 9_000 + b"</a>", "xml")["rows"][0][2]) == reading.MOST_SIGNS


def test_an_empty_file_has_no_table(tmp_path):
    assert [next(iter(line)) for line in drawn.told(tmp_path, b"<a/>", "xml")] == ["pages", "word", "end"]


def test_an_ofd_shows_the_page_that_is_a_picture_and_all_its_data(tmp_path):
    lines = drawn.told(tmp_path, drawn.ofd(), "ofd", [1, 2])
    assert lines[0] == {"pages": 2}
    assert {"page": 1, "width": 300, "height": 200} in lines
    assert {"page": 2, "width": 0, "height": 0} in lines
    assert drawn.dark(drawn.picture(tmp_path), 0.5, 0.5)
    told = json.loads((tmp_path / reading.TABLE).read_text())["rows"]
    assert [0, "文件信息", None] in told
    assert [2, "发票号码", "03630024"] in told
    assert [3, "销售方名称", "海河样例检测有限公司"] in told


@pytest.mark.parametrize(
    "content",
    [
        drawn.ofd("0 0 50 50"),  # a seal
        drawn.ofd("0 0 210"),
        drawn.ofd(**{"Doc_0/DocumentRes.xml": drawn.RESOURCES.replace("scan.png", "none.png")}),
        drawn.ofd(**{"Doc_0/Document.xml": drawn.DOCUMENT.replace("DocumentRes.xml", "none.xml")}),
        drawn.ofd(**{"OFD.xml": drawn.OFD.replace("Doc_0/Document.xml", "none.xml")}),
        papers.ofd(),
    ],
)
def test_an_ofd_without_such_a_page_has_no_pictures(tmp_path, content):
    lines = drawn.told(tmp_path, content, "ofd")
    assert (lines[0], drawn.word_of(lines)) == ({"pages": 0}, "")
    assert not drawing.file_of(tmp_path, 1).exists()


def test_only_the_pages_that_are_asked_for_are_drawn(tmp_path):
    assert not any("page" in line for line in drawn.told(tmp_path, drawn.ofd(), "ofd", [3]))
    assert not any("page" in line for line in drawn.told(tmp_path, papers.image("PNG"), "image", [2]))


def test_every_declared_encoding_is_read(tmp_path):
    assert table(tmp_path, makers.xml("gb18030"), "xml")["rows"]
