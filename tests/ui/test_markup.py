"""Papers are read by expat, which wants them well formed; what is not is read all the same."""

import gc
import re
from pathlib import Path

import pytest

from ui.markup import EMPTY, paper_of
from ui.printing import without_collector

pytestmark = [pytest.mark.pdf, pytest.mark.heavy]
VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"  # of HTML


def words(paper):
    return " ".join("".join(paper.etree_element.itertext()).split())


def test_a_paper_is_read_with_its_open_elements():
    paper = paper_of('<!DOCTYPE html><html><body><p>甲<br>乙 &lt;丙&gt;</p><img src="x"></body></html>', None)
    assert words(paper) == "甲乙 <丙>"
    assert [element.tag for element in paper.etree_element.iter()] == ["html", "body", "p", "br", "img"]


def test_what_is_no_xml_is_read_all_the_same():
    assert words(paper_of("<p>甲\x0b乙<p>丙", None)).replace("\x0b", "") in {"甲乙丙", "甲 乙丙"}


def test_every_open_element_of_a_paper_is_known():
    markup = "".join(path.read_text() for path in Path("templates/pdf").rglob("*.html"))
    assert {name for name in re.findall(rf"<({VOID})\b", markup) if not EMPTY.match(f"<{name}>")} == set()


@pytest.mark.parametrize("was_on", [True, False])
def test_the_collector_rests_while_a_paper_is_made_and_is_then_as_it_was(was_on):
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    with without_collector():
        assert not gc.isenabled()
    assert gc.isenabled() is was_on
    (gc.enable if before else gc.disable)()
