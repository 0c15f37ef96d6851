"""The scripts of all pages, joined to one file, do what they do one by one."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.stage import NARROW
from tests.factories import World
from ui.bundles import module_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STATIC = Path(settings.BASE_DIR) / "static"


def test_a_page_with_the_joined_scripts_asks_for_no_other_and_acts(stage):
    World()
    person = stage.enter("visitor")
    text = module_of("js/tten.js", lambda name: (STATIC / name).read_text())
    asked = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.page.route("**/js/tten.js", lambda route: route.fulfill(body=text, content_type="text/javascript"))
    person.page.set_viewport_size(NARROW)
    person.go("/mall/")
    assert [url.rpartition("/")[2] for url in asked if "/static/js/" in url] == ["tten.js"]
    folds = person.page.locator("details.folds").first
    expect(folds).to_have_class(re.compile("folds-ready"))
    assert not folds.evaluate("node => node.open")
