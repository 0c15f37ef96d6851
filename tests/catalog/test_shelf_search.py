"""Words are looked for in the shelf's index, and what it finds is what stands in the texts."""

import pytest
from django.db import connection

from catalog.mall.reading import as_typed, less_strictly
from catalog.mall.vocabulary import make_vocabulary
from catalog.models import Product, Shelf, Synonym
from catalog.search import MARKS, in_lines, search_text_of, tsquery
from tests.factories import World

NAMES = (
    "材料拉伸与冲击试验",
    "涂层附着力检测",
    "食品中重金属检测（ICP-MS）",
    "GB/T 228.1 金属材料室温拉伸",
    "3D打印样机试制",
    "电镜能谱分析 SEM-EDS",
    "𠮷林样例材检服务",
    "100%合格率_验证",
    "ISO9001体系认证",
    "李's 样例工艺",
)
FOUND = {
    "检测": {1, 2},
    "材料": {0, 3},
    "材": {0, 3, 6},
    "金属材料": {3},
    "材料金属": set(),  # no such word, see below
    "3d打印": {4},
    "3D": {4},
    "iso": {8},
    "iso9001": {8},
    "9001体系": {8},
    "icp": {2},
    "gb/t": {3},
    "228.1": {3},
    "sem-eds": {5},
    "𠮷林": {6},
    "%": {7},
    "_": {7},
    "'s": {5, 9},
    "ms": {2},
    "拉伸 试验": {0},
    "分析 检测": set(),
}


@pytest.mark.parametrize(
    ("word", "terms"),
    [
        ("检测", ["检测"]),
        ("材料检", ["材料", "料检"]),
        ("材", ["材:*"]),
        ("3d打印", ["打印"]),
        ("gb/t", ["gb:*"]),
        ("t", ["t:*"]),
        ("++", []),
    ],
)
def test_a_word_is_asked_for_in_pairs_in_any_line(word, terms):
    parts = [term.partition(":") for term in terms]
    asked = [" | ".join(f"'{mark}{text}'{colon}{rest}" for mark in MARKS) for text, colon, rest in parts]
    assert tsquery(word) == " & ".join(f"({one})" for one in asked)


@pytest.mark.parametrize(
    ("word", "tier", "asked"),
    [
        ("检测", 0, "'^检测'"),
        ("检测", 2, "('^检测' | '~检测' | '`检测')"),
        ("gb", 1, "('^gb':* | '~gb':*)"),
    ],
)
def test_a_tier_is_asked_for_by_the_marks_of_its_lines(word, tier, asked):
    assert tsquery(word, tier) == asked


@pytest.fixture
def product(db):
    return World().product


@pytest.fixture
def shelf(product):
    Product.objects.update(status="withdrawn")
    for name in NAMES:
        made = Product.objects.create(
            provider=product.provider, category=product.category, name=name, price=800, status="on_sale"
        )
        Product.objects.filter(pk=made.pk).update(search_text=in_lines([name]))
    return Shelf.objects.all()


def places(rows):
    named = dict(Product.objects.values_list("pk", "name"))
    return {NAMES.index(named[key]) for key in rows.values_list("pk", flat=True)}


@pytest.mark.parametrize("words", FOUND)
def test_index_and_text_find_the_same(shelf, words):
    reading = as_typed(words)
    assert places(shelf.search(reading)) == places(shelf.search_densely(reading)) == FOUND[words]


def test_every_piece_of_a_name_is_found(shelf):
    for place, name in enumerate(NAMES[:3]):
        for start in range(len(name) - 1):
            piece = name[start : start + 2]
            if piece.isalpha() and not piece.isascii():
                assert place in places(shelf.search(as_typed(piece))), piece


@pytest.mark.parametrize(
    ("word", "is_exact"),
    [("检测", True), ("材", True), ("kt1", True), ("材料检", False), ("t", False), ("3d打印", False), ("gb/t", False)],
)
def test_what_the_index_answers_exactly_is_not_asked_of_the_text(shelf, word, is_exact):
    question = str(shelf.search(as_typed(word)).query)
    assert ("LIKE" in question or "(?<!" in question) is not is_exact


@pytest.mark.django_db
def test_a_term_stands_once_for_each_line_that_holds_it():
    with connection.cursor() as cursor:
        cursor.execute("SELECT catalog_terms(%s)", ["kt1检测\n检测 gb/t 1é\n\n检测检\n院"])
        assert sorted(cursor.fetchone()[0].split()) == sorted(
            f"'{term}'"
            for term in ("^kt1", "^检测", "^测", "~检测", "~测", "~gb", "~t", "~1", "~é", "检测", "测检", "检", "院")
        )


def test_few_are_found_by_the_index_of_the_words(shelf):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "shelf_terms" in shelf.search(as_typed("检测")).explain()


def test_the_text_has_a_line_for_each_tier_and_the_spellings_of_codes(product):
    product.name, product.summary = "ICP-MS 痕量分析", "一次测全"
    product.description = "来样即测。\n执行标准：GB/T 228.1-2021、X 射线\n主要设备：离子色谱仪"
    product.provider.region, product.provider.qualifications = "hebei", "CMA、CNAS"
    name, named, provider, text = search_text_of(product).split("\n")
    assert name == f"{product.number.lower()} icp-ms痕量分析 icpms"
    assert {"gb/t228.1", "gbt228.1", "gb228.1"} < set(named.split())
    assert all(word in named for word in ("x射线", "离子色谱仪", product.category.name))
    assert all(word in provider for word in ("cma", "cnas", "河北", product.provider.name))
    assert "一次测全" in text


def test_a_code_is_spelt_in_other_ways_wherever_it_stands():
    assert in_lines(["检验检测", "GB/T 228.1金属"]) == "检验检测gb/t 228.1金属 gb/t228.1 gb228.1 gbt228.1"


def test_rows_stand_by_the_line_that_holds_the_words(shelf, product):
    lines = ["超声探伤", "超声探伤仪", "超声探伤所", "可做超声探伤"]
    for place, words in enumerate(lines):
        text = in_lines(*(["别的", words] if place == line else ["别的"] for line in range(4)))
        made = Product.objects.create(
            provider=product.provider, category=product.category, name=f"别的{place}", price=9, status="on_sale"
        )
        Product.objects.filter(pk=made.pk).update(search_text=text)
    reading = as_typed("超声探伤")
    ranked = shelf.search(reading).with_tier([reading]).order_by("tier")
    assert [Product.objects.get(pk=row.pk).name for row in ranked] == [f"别的{place}" for place in range(4)]
    for tier in range(4):
        for rows in (shelf.in_tier(reading, tier), shelf.in_tier_densely(reading, tier)):
            assert [Product.objects.get(pk=row.pk).name for row in rows] == [f"别的{tier}"]


@pytest.mark.parametrize(
    ("typed", "places_found", "note"),
    [
        ("材料金属", {3}, "按 材料 金属 为您找到"),
        ("涂层附着力", {1}, ""),
        ("涂层检测能谱", {1, 5}, "没有服务含有全部词语，下面的服务含有其中最多的：涂层、检测、能谱"),
        ("绝无此词", set(), ""),
    ],
)
def test_what_stands_nowhere_is_cut_and_then_read_as_far_as_it_goes(shelf, typed, places_found, note):
    make_vocabulary()
    reading = as_typed(typed)
    read = less_strictly(reading, shelf.search(reading).count())
    found = shelf.search(*read.readings)
    if read.worth:
        found = found.with_worth(read.worth).filter(tier__lte=-read.least)
    assert (places(found), read.note) == (places_found, note)


def test_an_everyday_word_finds_the_field_s_own_and_not_the_other_way_round(db):
    assert [as_typed(typed).groups for typed in ("拉力试验", "PCB", "拉伸")] == [
        (("拉力试验", "拉伸试验"),),
        (("pcb", "印制板", "电路板"),),
        (("拉伸",),),
    ]


def test_a_synonym_is_found_in_both_directions_or_in_one(shelf):
    assert places(shelf.search(as_typed("增材制造"))) == {4}
    Synonym.objects.filter(word="3d打印").update(both_ways=False)
    assert places(shelf.search(as_typed("增材制造"))) == set()
    Synonym.objects.create(word="sys", means="样机")
    assert places(shelf.search(as_typed("sys试制"))) == {4}
    assert places(shelf.search(as_typed("syst"))) == set()
    Synonym.objects.update(is_active=False)
    assert places(shelf.search(as_typed("sys"))) == set()
