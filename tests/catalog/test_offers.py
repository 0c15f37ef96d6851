"""“您要找的是…”: what else was perhaps meant stands there as a link, and is never looked for by itself."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from catalog.mall.vocabulary import is_one_mistake, make_vocabulary
from catalog.models import KnownWord, Product, Synonym
from catalog.tasks import renew_search
from tests.helpers import afresh, constrained

OFFERED = {
    "cailiaojiance": "材料检测",
    "fuhe cailiao": "复合材料",
    "jc": "检测",
    "fhcl": "复合材料",
    "複合材料": "复合材料",
    "检侧": "检测",
    "复合才料检测": "复合材料检测",
    "金属拉申": "金属拉伸",
    "拉伸试": "",  # stands in a name
    "拉神试验": "拉伸试验",
    "复材料检测": "复合材料检测",
    "zzzz": "",
}


@pytest.mark.parametrize(("typed", "meant"), OFFERED.items())
def test_what_was_meant_is_offered_as_a_link(client, shelf, typed, meant):
    make_vocabulary()
    page = client.get(reverse("product_list"), {"q": typed})
    assert page.context["offer"] == meant
    assert ("您要找的是" in page.content.decode()) == bool(meant)


def test_an_offer_is_not_looked_for_by_itself(client, shelf):
    make_vocabulary()
    assert client.get(reverse("product_list"), {"q": "jiance"}).context["page"].count == 0


@pytest.mark.bare
@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("检侧", "检测", True),
        ("电磁容", "电磁兼容", True),
        ("电电磁", "电磁", True),
        ("检材测料", "检测材料", True),
        ("检测", "检测", False),
        ("检测", "材料", False),
        ("测检料", "检料测", False),
        ("检测", "检测材料", False),
    ],
)
def test_one_mistake_is_one_character_or_two_that_changed_places(typed, meant, found):
    assert is_one_mistake(typed, meant) is found


def test_by_night_texts_and_words_are_brought_up_to_date(shelf):
    product = shelf["metal"]
    Product.objects.filter(pk=product.pk).update(search_text="", name="中子衍射测定")
    renew_search()
    assert "中子衍射" in afresh(product).search_text
    assert KnownWord.objects.get(text="中子衍射").initials == "zzys"


@pytest.mark.parametrize(
    ("word", "means", "refusal"),
    [
        ("电镜 扫描", "电子显微", "请填写一个词，中间不带空格、顿号、括号等符号。"),
        ("中子源", "中子源", "两个词相同，不必登记。"),
        ("ＳＥＭ", "扫描电镜", "这一对同义词已经有了。"),
    ],
)
def test_a_pair_that_is_none_is_refused(db, word, means, refusal):
    with pytest.raises(ValidationError, match=refusal):
        Synonym(word=word, means=means).full_clean()


def test_a_pair_is_kept_as_the_search_folds_it(db):
    pair = Synonym(word="ＣＴ", means="断层扫描")
    pair.full_clean()
    pair.save()
    assert str(pair) == "ct → 断层扫描"


def test_the_database_keeps_a_pair_once_and_of_two_words(db):
    for name, means in (("synonym_once", "扫描电镜"), ("synonym_differs", "sem")):
        with constrained(name):
            Synonym.objects.create(word="sem", means=means)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("金属", ["金属拉伸试验"]),
        ("fuhe", ["复合材料检测"]),
        ("ctsy", []),
        ("jslssy", ["金属拉伸试验"]),
        ("", []),
        ("%", []),
    ],
)
def test_whole_words_are_suggested_by_how_they_begin(client, shelf, typed, words):
    make_vocabulary()
    assert client.get(reverse("product_suggest"), {"q": typed}).json() == {"words": words}


def test_five_words_are_suggested_at_most_the_commonest_first(client, shelf):
    KnownWord.objects.bulk_create(
        KnownWord(text=f"检验{n}", pinyin=f"jianyan{n}", initials=f"jy{n}", weight=n, is_whole=True) for n in range(9)
    )
    KnownWord.objects.create(text="检验一半", pinyin="x", initials="x", weight=99, is_whole=False)
    words = client.get(reverse("product_suggest"), {"q": "检验"}).json()["words"]
    assert words == ["检验8", "检验7", "检验6", "检验5", "检验4"]
