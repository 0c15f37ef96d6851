"""A name that leaves the portal is one that Windows, macOS and Linux take; what it tells stays."""

import ast
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.filenames import MOST, safe_name
from tten.local import quality

DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("合同.pdf", "合同.pdf"),
        ("𠮷田〇.pdf", "𠮷田〇.pdf"),
        ("a:b*c?.pdf", "a_b_c_.pdf"),
        ('<"|>.xml', "____.xml"),
        ("..\\..\\evil.pdf", "_.._evil.pdf"),
        ("/etc/passwd", "_etc_passwd"),
        ("CON", "_CON"),
        ("con.pdf", "_con.pdf"),
        ("Nul .tar.pdf", "_Nul .tar.pdf"),
        ("com¹.pdf", "_com¹.pdf"),
        ("console.pdf", "console.pdf"),
        ("LPT10.pdf", "LPT10.pdf"),
        ("发票.pdf. . ", "发票.pdf"),
        (".htaccess", "htaccess"),
        ("a\tb\r\n\0.pdf", "ab.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ("\ud800a.pdf", "a.pdf"),
        ("e\u0301.pdf", "\u00e9.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("长" * 120 + ".pdf", "长" * 65 + ".pdf"),
        ("a" * 198 + ". .pdf", "a" * 196 + ".pdf"),
        ("x." + "y" * 300, "x." + "y" * 198),
    ],
)
def test_a_name_is_one_that_every_system_takes(name, safe):
    assert safe_name(name) == safe


@given(st.text(max_size=300))
def test_whatever_comes_leaves_as_a_name(name):
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= MOST
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f]', safe)
    assert not safe.endswith((".", " "))
    assert not DEVICE.fullmatch(safe)
    assert unicodedata.is_normalized("NFC", safe)
    assert safe_name(safe) == safe


@pytest.mark.heavy  # reads the sources
def test_every_download_has_a_name_of_this_function():
    calls = [
        (path, keyword)
        for path in quality.sources(*quality.APPS)
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "filename"
    ]
    assert len(calls) >= 4
    assert [str(path) for path, word in calls if not ast.unparse(word.value).startswith("safe_name(")] == []
