"""The texts of the manual: numbers, anchors, figures, pictures, links; each stands where it is named."""

import re

import pytest
from PIL import Image

from help import book, texts
from help.figures import NAMED, put_in
from tests.test_figures import FIGURE
from tten.local.screens import COPY_LARGEST, pictured

LABELS = [
    "登录",
    "我的帐号",
    "安全认证",
    "科淘平台",
    "产品导航",
    "立刻申请",
    "确认申请",
    "用户中心",
    "我买到的产品",
    "科技创新券",
    "创新券申请",
    "申请创新券",
    "申请",
    "进度",
    "审核意见",
    "创新券兑现",
    "添加",
    "保存",
    "编辑",
    "导出",
    "京津冀",
]
PLAIN = ("复审通过", "市级受理", "兑现申请表", "专家评审通过", "发票", "银行回单", "合同", "营业执照", "法人证书")


@pytest.fixture(params=book.articles(), ids=lambda article: article.key)
def article(request):
    return request.param


def source(article):
    return (book.FOLDER / article.role / f"{article.step}.md").read_text()


def test_every_file_is_an_article_and_every_article_has_its_number():
    files = {f"{path.parent.name}/{path.stem}" for path in book.FOLDER.glob("*/*.md")}
    assert set(book.by_key()) == files
    assert len({article.number for article in book.articles()}) == len(files) == len(book.articles())
    assert [book.articles()[0].number, book.roles()[1].articles[0].number] == ["1.1", "2.1"]


def test_an_article_says_what_it_is_about_and_each_step_has_its_own_anchor(article):
    assert article.title
    assert not NAMED.search(article.title)
    assert article.about.endswith("。")
    anchors = [part.anchor for part in article.parts]
    assert len(anchors) == len(set(anchors)) == source(article).count("\n## ")
    assert all(part.words for part in article.parts)


@pytest.mark.heavy
def test_no_article_writes_a_figure_out(article):
    assert FIGURE.findall(source(article)) == []


@pytest.mark.heavy
def test_every_link_and_picture_of_an_article_is_there(article):
    drawn = texts.html_of(put_in(article.text, Anything()))
    assert "help:" not in drawn
    assert "page:" not in drawn
    assert re.findall(r'<h2 id="([^"]+)"', drawn) == [part.anchor for part in article.parts]
    assert (
        len(re.findall(r'<img [^>]*alt="[^"]+"[^>]*>', drawn))
        == drawn.count("<img ")
        == source(article).count("](") - (drawn.count("<a "))
    )


class Anything(dict):
    """A figure for every name."""

    def __missing__(self, name):
        return name


def test_the_words_of_the_manual_stand_in_it_unchanged():
    text = "\n".join(source(article) for article in book.articles())
    assert [label for label in LABELS if f"【{label}】" not in text] == []
    assert [word for word in PLAIN if word not in text] == []
    assert "账" + "号" not in text.replace("开户行和账" + "号", "")  # a bank account is a 账号


def test_a_place_that_is_not_there_is_no_address():
    assert book.address_of("firm/claim#receipts") == "/help/firm/claim/#receipts"
    assert book.address_of("firm/claim") == "/help/firm/claim/"
    with pytest.raises(KeyError):
        book.address_of("firm/claim#nowhere")
    with pytest.raises(KeyError):
        book.address_of("firm/nowhere")


def test_html_of_a_text_is_shown_as_text_and_labels_stand_out():
    drawn = texts.html_of("点【申请】<script>alert(1)</script>[坏](javascript:alert(1))")
    assert drawn == ("<p>点<b>【申请】</b>&lt;script&gt;alert(1)&lt;/script&gt;[坏](javascript:alert(1))</p>\n")


@pytest.mark.heavy
def test_every_picture_is_named_small_and_of_known_size():
    assert {path.stem for path in texts.PICTURES.glob("*.webp")} == pictured()
    for path in texts.PICTURES.glob("*.webp"):
        assert path.stat().st_size <= COPY_LARGEST
        with Image.open(path) as picture:
            assert texts.size_of(path.stem) == picture.size


def test_a_text_on_paper_holds_its_pictures_and_no_links():
    drawn = texts.print_of("[去](page:help_page)\n\n![登录页](02-login)")
    assert drawn.startswith('<p>去</p>\n<p><img src="data:image/jpeg;base64,')
    assert "<a" not in drawn
