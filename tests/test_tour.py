"""tests/tour.py, which the browser walks, leaves out no page: an address that gives one and is not on the way fails here."""

import pytest
from django.contrib import admin
from django.urls import get_resolver, resolve

from tests.factories import World
from tests.test_house import address_of, patterns
from tests.tour import tour
from tests.tour_of_keepers import administration
from tests.watch import NO_PAGES
from tten.local import wechat

pytestmark = pytest.mark.django_db
ELSEWHERE = {  # a browser looks at it in another test
    "gallery": "tests/browser/test_pages.py, the one test in which DEBUG is on",
    "mfa_reauthenticate_webauthn": "tests/browser/test_guard.py: it needs a true passkey",
}


@pytest.fixture
def stub(settings, tmp_path):
    settings.DEMO = True
    settings.SMS_FILE = settings.DEMO_MAIL_FILE = tmp_path / "texts.log"
    with wechat.Server() as server:
        for name, value in wechat.environment(server.url).items():
            setattr(settings, name, value)
        yield server.memory


def visited(stops):
    return {resolve(page.partition("?")[0]).view_name for _, page in stops if page != "/nowhere/"}


def test_the_tour_goes_to_every_page_of_the_portal(client, stub):
    world = World()
    left = {entry.name: entry for entry in patterns(get_resolver())}
    for name in visited(tour(world, stub)) | set(NO_PAGES) | set(ELSEWHERE):
        left.pop(name, None)
    client.force_login(world.applicant)
    assert [name for name, entry in left.items() if client.get(address_of(entry)).status_code != 405] == []


def test_the_tour_goes_to_every_page_of_the_administration():
    names = {
        f"{app}_{model}_{pattern}"
        for app, model in ((table.opts.app_label, table.opts.model_name) for table in admin.site._registry.values())
        for pattern in ("changelist", "change")
    }
    assert {f"admin:{name}" for name in names} - visited(administration(World())) == set()
