"""What is left of a text: the elements that articles have, whatever was pasted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.cleaning import TAGS, cleaned, first_words, plain

OPEN = re.compile(r"<\s*([a-zA-Z0-9]+)([^>]*)>")
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {mso-style-parent:""}</style></head>'
    '<body><p class="MsoNormal" style="text-indent:21.0pt"><b><span style="font-family:仿宋">一、总则</span></b><o:p></o:p></p>'
    "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    '<table class=MsoTableGrid border=1 width=400><tr><td colspan=2 valign=top style="width:1in">环节</td></tr></table></body></html>'
)


def test_what_a_word_processor_brings_keeps_its_words_and_its_shape():
    assert cleaned(WORD) == (
        '<p><strong>一、总则</strong></p><table><tbody><tr><td colspan="2">环节</td></tr></tbody></table>'
    )


@pytest.mark.parametrize(
    ("markup", "left"),
    [
        ("<h1>标题</h1><h5>小节</h5>", "<h2>标题</h2><h3>小节</h3>"),
        ("<div>甲<br>乙</div>", "<p>甲<br>乙</p>"),
        ("<p>前<script>x()</script>后</p>", "<p>前后</p>"),
        ('<p onclick="x()" style="color:red">字</p>', "<p>字</p>"),
        ('<p><a href="javascript:x()">链接</a></p>', '<p><a rel="nofollow noopener">链接</a></p>'),
        ('<a href="/news/">本站</a>', '<a href="/news/" rel="nofollow noopener">本站</a>'),
        ("<p>空</p><p>&nbsp;</p><p> <br></p>", "<p>空</p>"),
        ('<p>图<img src="/x.png" onerror="x()"></p>', "<p>图</p>"),
        ("<ol start=3><li>三</li></ol>", '<ol start="3"><li>三</li></ol>'),
    ],
)
def test_elements_and_attributes_that_articles_do_not_have_fall_away(markup, left):
    assert cleaned(markup) == left


def test_plain_text_gets_its_paragraphs():
    assert cleaned("第一段\n第二行\r\n\r\n第二段 a&b") == "<p>第一段<br>第二行</p><p>第二段 a&amp;b</p>"
    assert plain(cleaned("第一段\n第二行\n\n第二段 1 < 2")) == "第一段\n第二行\n第二段 1 < 2"


@given(st.text(alphabet=st.sampled_from(list("<>/\"'=& \nabcdivpscriptimgonstyle:甲乙")), max_size=200))
def test_nothing_but_known_elements_is_ever_left_and_cleaning_is_over_at_once(markup):
    once = cleaned(markup)
    for name, attributes in OPEN.findall(once):
        assert name in TAGS
        assert not re.search(r"\b(?:on\w+|style|src)\s*=", attributes)
    assert cleaned(once) == once


def test_the_beginning_is_one_line_of_so_many_characters():
    assert first_words("<h2>一</h2><p>二三四五</p>", 4) == "一 二…"
    assert first_words("<p>一二</p>", 4) == "一二"
