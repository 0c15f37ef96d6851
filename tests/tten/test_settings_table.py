"""docs/settings.md and the READMEs' tables of accounts say what the code says."""

import pytest
from django.conf import settings

from tten.demo.accounts import DEMO_ACCOUNTS, PASSWORD
from tten.settings_table import drawing


@pytest.mark.heavy
def test_the_settings_page_is_fresh():
    assert (settings.BASE_DIR / "docs" / "settings.md").read_text() == drawing()


@pytest.mark.heavy
def test_every_setting_says_what_it_is_for():
    assert [line for line in drawing().splitlines() if line.endswith("|  |")] == []


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_names_every_demo_account(name):
    text = (settings.BASE_DIR / name).read_text()
    rows = [f"| `{a.username}` | {a.phone} | {a.role} | {a.what} |" for a in DEMO_ACCOUNTS]
    assert [row for row in (*rows, f"`{PASSWORD}`") if row not in text] == []
