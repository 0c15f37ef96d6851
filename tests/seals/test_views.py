"""防篡改 on the screen, and its addresses for programs."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from seals.models import Audit
from tests.factories import World, drive_application

pytestmark = pytest.mark.django_db
PAGE = "/desk/seals/"


@pytest.fixture
def world():
    world = World()
    world.case = drive_application(world.make_application(), "approved", world)
    return world


def test_who_reads_the_page(client, world):
    found = set()
    for name, user in world.people.items():
        client.force_login(user)
        found |= {name} if user.is_active and client.get(PAGE).status_code == 200 else set()
    assert found == {"auditor", "administrator", "municipal"}


def test_the_page_before_anything_was_sealed(client, world, log):
    client.force_login(world.auditor)
    page = client.get(PAGE).content.decode()
    assert "还没有检查点" in page
    assert "还没有核对过" in page
    assert client.get(reverse("seal_checkpoint")).status_code == 404


def test_the_page_shows_the_latest_checkpoint_and_what_was_found(client, world, log, time_machine):
    checkpoint = log()
    Audit.objects.create(lines=7, papers=2)
    client.force_login(world.municipal)
    page = client.get(PAGE).content.decode()
    assert checkpoint.text.splitlines()[2] in page
    assert "7 条封存的记录、2 份材料，全部相符" in page
    assert "下载" not in page
    Audit.objects.create(lines=7, papers=2, findings=["第 3 条不符"])
    page = client.get(PAGE).content.decode()
    assert "第 3 条不符" in page
    assert "以前的核对" in page
    time_machine.move_to(timezone.now() + dt.timedelta(hours=1))
    client.force_login(world.municipal)
    assert "封存已经停止" in client.get(PAGE).content.decode()


def test_an_auditor_finds_the_proof_of_a_case(client, world, log):
    log()
    client.force_login(world.auditor)
    assert (
        reverse("seal_proof", args=[world.case.number])
        in client.get(PAGE, {"number": world.case.number.lower()}).content.decode()
    )
    assert "没有这个编号的事项" in client.get(PAGE, {"number": "SQ1"}).content.decode()
    world.unit.memberships.create(user=world.auditor)
    assert "没有这个编号的事项" in client.get(PAGE, {"number": world.case.number}).content.decode()
    assert client.get(reverse("seal_proof", args=[world.case.number])).status_code == 404


def test_nobody_else_reads_a_proof(client, world, log):
    log()
    for name in ("applicant", "municipal", "administrator", "district"):
        client.force_login(getattr(world, name))
        assert client.get(reverse("seal_proof", args=[world.case.number])).status_code == 404


def test_programs_read_checkpoint_and_proof_without_login(client, world, log):
    size = log().size
    answer = client.get(reverse("seal_checkpoint"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/plain; charset=utf-8")
    assert client.get(reverse("seal_consistency", args=[2, size])).content
    assert client.get(reverse("seal_consistency", args=[size, size])).content == b""
    for old, new in ((2, size + 1), (3, 2), (1, 10**30)):
        assert client.get(reverse("seal_consistency", args=[old, new])).status_code == 404
