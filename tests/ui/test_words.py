"""What is typed into a search box: folded, split, found; and no box of the portal looks in another way."""

import ast

import pytest
from django.db.models import CharField, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.models import PolicyVersion
from tests.test_house import sources
from ui.words import MOST_WORDS, cuts, folded, in_columns, query_words

SIGNS = "样例检测材料（天津）()〔〕、，；/· 　ＡBcabc１２3-－%_\u200b\ufeff〇𬭚𠮷⽂"
TYPED_LOOKUPS = ("icontains", "istartswith", "iregex", "iendswith")


@pytest.mark.bare
@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("检测、材料", ["检测", "材料"]),
        ("检测，材料；力学/硬度·金相", ["检测", "材料", "力学", "硬度", "金相"]),
        ("样例科技(天津)有限公司", ["样例科技", "天津", "有限公司"]),
        ("样例科技〔天津〕有限公司", ["样例科技", "天津", "有限公司"]),
        ("\u200bＳＥＭ　测试\ufeff", ["sem", "测试"]),
        ("KT－000123", ["kt-000123"]),
        ("⽂化", ["文化"]),
        ("+86 138 1234 5678", ["13812345678"]),
        ("、（）", []),
    ],
)
def test_what_is_typed_is_folded_and_split(typed, words):
    assert query_words(typed) == words


@pytest.mark.bare
@given(st.text(st.sampled_from(SIGNS), max_size=30))
def test_to_fold_or_split_again_changes_nothing(text):
    assert folded(folded(text)) == folded(text)
    assert query_words(" ".join(query_words(text))) == query_words(text)
    assert len(query_words(text)) <= MOST_WORDS


@pytest.mark.bare
def test_a_word_of_four_to_six_characters_may_be_several():
    assert list(cuts("材料检测")) == [["材料", "检测"]]
    assert list(cuts("新材料检测")) == [["新材", "料检测"], ["新材料", "检测"]]
    assert list(cuts("材料力学检测")) == [["材料力", "学检测"], ["材料", "力学", "检测"]]
    assert [list(cuts(word)) for word in ("检测", "abcd", "样例科技有限公司")] == [[], [], []]


def holding(kept, typed):
    """Whether a row that holds `kept` is found by what was typed."""
    rows = PolicyVersion.objects.annotate(kept=Value(kept, output_field=CharField()))
    return rows.filter(in_columns(typed, "kept")).exists()


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.text(st.sampled_from(SIGNS.replace("\u200b", "").replace("\ufeff", "")), min_size=1, max_size=20), st.data())
def test_what_a_row_holds_is_found_by_each_part_of_it(kept, data):
    start = data.draw(st.integers(0, len(kept) - 1))
    end = data.draw(st.integers(start + 1, len(kept)))
    assert holding(kept, kept[start:end].replace("⽂", "文")) or "⽂" in kept


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept", "typed", "found"),
    [
        ("样例科技（天津）有限公司", "样例科技(天津)", True),
        ("ＳＥＭ 形貌", "sem", True),
        ("金属材料的检测", "材料检测", True),
        ("金属材料的检测", "材料 检测", True),
        ("金属材料的分析", "材料检测", False),
        ("样例 100% 一", "100%", True),
        ("样例 1000 一", "100%", False),
        ("样例", "_", False),
    ],
)
def test_how_it_is_kept_does_not_matter(kept, typed, found):
    assert holding(kept, typed) is found


@pytest.mark.heavy
def test_no_box_looks_for_typed_words_in_another_way():
    assert [
        (path.name, said)
        for path in sources()
        if path.parts[-2:] != ("ui", "words.py")
        for said in strings_of(path.read_text(encoding="utf-8"))
        if said.rpartition("__")[2] in TYPED_LOOKUPS
    ] == []


def strings_of(source):
    """The names of arguments, and the pieces of strings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
