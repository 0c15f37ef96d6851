"""Addresses in plain words become links, and nothing else does."""

import pytest

from ui.templatetags.addresses import with_links

pytestmark = pytest.mark.bare


def link(address):
    return f'<a href="{address}" rel="nofollow noopener">{address}</a>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("没有网址。", "没有网址。"),
        ("说明：https://example.com/a。请看", f"说明：{link('https://example.com/a')}。请看"),
        ("见https://example.com/a?b=1, 谢谢", f"见{link('https://example.com/a?b=1')}, 谢谢"),
        ("(http://example.com/)", f"({link('http://example.com/')})"),
        (
            "https://a.example.com和https://b.example.com",
            f"{link('https://a.example.com')}和{link('https://b.example.com')}",
        ),
        ("<b>粗</b> javascript:alert(1)", "&lt;b&gt;粗&lt;/b&gt; javascript:alert(1)"),
        ('https://e.example"onclick="x', f"{link('https://e.example')}&quot;onclick=&quot;x"),
    ],
)
def test_addresses_between_chinese_characters_and_signs(text, shown):
    assert with_links(text) == shown
