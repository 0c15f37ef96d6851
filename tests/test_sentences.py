"""A sentence stands in the code once: whoever says it, too, takes it from there."""

import ast
import re

import pytest

from tests.chinese import LEAST, SIGN, literals, python_texts, sentences, template_texts, template_words
from tests.test_house import sources

pytestmark = pytest.mark.heavy  # reads the sources

ONE_PLACE = {"R-CERT": 1, "R-FROZEN": 2}  # reason code → its refusals: the own unit is frozen, or the provider


def test_no_sentence_stands_in_python_twice():
    assert {words: places for words, places in sentences(python_texts()).items() if len(places) > 1} == {}


def test_no_sentence_stands_in_python_and_in_a_template():
    python, shown = sentences(python_texts()), sentences(template_texts())
    assert {words: python[words] + shown[words] for words in python.keys() & shown.keys()} == {}


def refusals():
    """(place, code, sentence) of every refusal that is written out, where it is raised, marked, or named."""
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text())):
            parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
            if len(parts) == 2 and isinstance(parts[0], ast.Constant) and str(parts[0].value).startswith("R-"):
                said = [text for part in parts[1:] for _, text in literals(part)]
                yield f"{path}:{node.lineno}", parts[0].value, "".join(said)


def test_no_two_refusals_of_one_code_share_a_clause():
    """A sentence for each act, which differ by a word or two, is one sentence that takes the act."""
    found = {}
    for place, code, sentence in refusals():
        for clause in re.split(r"[，。；：！？]", sentence):
            if len(SIGN.findall(clause)) >= LEAST:
                found.setdefault((code, clause), []).append(place)
    assert {clause: places for clause, places in found.items() if len(places) > 1} == {}


@pytest.mark.parametrize(("code", "most"), ONE_PLACE.items())
def test_the_refusals_of_many_pages_are_written_once(code, most):
    assert len([place for place, found, _ in refusals() if found == code]) == most


def test_the_reader_finds_sentences_wherever_they_stand():
    tree = ast.parse('"""文档说明不算在内的一句话。"""\na = f"甲{x}乙" "丙丁戊己庚辛。"')
    assert [text for _, text in literals(tree)] == ["甲{}乙丙丁戊己庚辛。"]
    page = '{# 注释 #}<p>请<b>稍后</b>{{ when }}再试。</p>{% include "a.html" with text="引号里的话。" only %}'
    assert template_words(page) == ["引号里的话。", "请稍后{}再试。"]
