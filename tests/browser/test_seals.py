"""防篡改 in a browser: what was signed, what 核对 has found, and the proof of one case."""

import json

import inclusion
import pytest

from seals import signing
from seals.auditing import audit
from seals.models import Audit
from tests.browser.test_registers import shoot
from tests.factories import World, drive_application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/desk/seals/"


def test_who_audits_reads_what_was_sealed_and_proves_a_case(stage, settings, tmp_path):
    settings.SEALING = settings.SEALING | {"folder": str(tmp_path / "seals"), "origin": "tten/test"}
    world = World()
    case = drive_application(world.make_application(), "approved", world)
    public = signing.make_key()
    audit(with_papers=False)
    person = stage.staff("auditor").go(PAGE)
    person.sees("全部相符", "最近的检查点", public)
    person.fill(number=case.number).press("查找")
    shoot(person, "168-seals-whole")
    with person.page.expect_download() as coming:
        person.page.get_by_role("link", name=f"下载 {case.number} 的证明").click()
    proof = json.loads(coming.value.path().read_text())
    assert len(inclusion.check(proof, public)) == len(proof["lines"]) > case.events.count()
    finding = "操作留痕 12（封存第 7 条）：封存之后被改动。"
    Audit.objects.create(
        findings=[finding, f"操作留痕 12（创新券申请 {case.number}，第 3 条）：内容、次序与摘要不符。"], lines=20
    )
    person.go(PAGE).sees(finding, "请保留现场", "以前的核对")
    shoot(person, "169-seals-broken")
