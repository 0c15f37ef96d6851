"""外部核验 in a browser: a firm looks itself up, the desks read what others say, and the city sees what is connected."""

import os
from pathlib import Path

import pytest

from redemption.services import verify_again
from registers.tasks import sweep_questions
from tests.browser.stage import NARROW, WIDE
from tests.factories import World, drive_application, drive_claim, drive_unit, make_unit, make_user
from tests.registers.conftest import stub
from tests.registers.stub import ACTIVE, HIT, billed
from tests.reviews.desk import open_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
__all__ = ["stub"]  # a fixture
CODE, EDIT = "91120222MA00000312", "/center/certification/edit/"
FACTS = {"name": "雍阳样例（武清）工贸有限公司", "legal_representative": "殷样例", "address": "武清区样例路 8 号"}


@pytest.fixture
def world(stub):
    stub.always = {"enterprise": ACTIVE | {"facts": FACTS}}
    return World()


def shoot(person, name):
    """Look at the page at both widths; keep pictures where somebody asks for them."""
    folder = os.environ.get("SHOTS")
    for size in (WIDE, NARROW):
        person.page.set_viewport_size(size)
        if folder:
            person.page.screenshot(path=Path(folder) / f"{name}-{size['width']}.png", full_page=True)
    person.look(name)


def test_a_firm_looks_itself_up_and_reads_what_differs(stage, world):
    make_user("newcomer")
    person = stage.staff("newcomer").go(EDIT)
    person.fill(uscc=CODE, legal_representative="贾样例").press("查询登记信息")
    person.sees("已查到登记信息，填入了单位名称、注册地址，并保存为草稿。", "不一致，请对照证照核对")
    shoot(person, "121-certification-looked-up")


def test_the_platform_reads_it_before_it_decides(stage, world, stub):
    stub.always |= {"credit": HIT}
    unit = drive_unit(make_unit(make_user("leader"), CODE, "雍阳别名有限公司"), "pending", world)
    sweep_questions()
    person = stage.staff("platform").go(open_turn(unit).get_absolute_url())
    person.sees("单位名称与企业登记信息不一致", "信用信息显示该单位有失信记录")
    shoot(person, "122-certification-turn")
    own = stage.staff("leader").go(unit.get_absolute_url())
    own.sees("登记信息核验")
    shoot(own, "123-certification-own")


def test_the_desks_of_money_read_credit_and_invoices(stage, world, stub):
    stub.always |= {"invoice": billed("不一致")}
    application = drive_application(world.make_application(), "district", world)
    claim = drive_claim(world.make_claim(), "district", world)
    sweep_questions()
    person = stage.staff("district").go(open_turn(application).get_absolute_url()).sees("信用信息：无失信记录")
    shoot(person, "124-application-turn")
    person.go(open_turn(claim).get_absolute_url()).sees("税务查验结果是“不一致”")
    shoot(person, "125-claim-turn")
    stub.answers = [billed("稍后重试")]
    verify_again(claim, by=world.district)
    sweep_questions()
    person.go(claim.get_absolute_url()).sees("待查验，请稍后重试")
    shoot(person, "126-claim-page")
    person.press("重新查验发票").sees("已提出查验 1 张发票")
    city = stage.staff("municipal").go("/desk/registers/").sees("发票查验")
    shoot(city, "127-registers")
