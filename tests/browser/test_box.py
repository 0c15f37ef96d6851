"""A paper tells its form while one types; what is in the box is chosen in the place of a file, by the keyboard, too."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from papers import work
from papers.models import Reading
from tests.accounts.boxed import LICENCE, account, boxed, content_of
from tests.factories import World, drive_application, make_user
from tests.helpers import afresh

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def late(settings, monkeypatch):
    """A worker that has not come to the paper yet."""
    settings.READ_PAPERS = True
    monkeypatch.setattr("papers.tasks.read.delay", lambda *_: None)


def test_a_licence_tells_each_field_what_stands_on_it_and_changes_nothing_by_itself(stage, late, tmp_path):
    World()
    make_user("newcomer")
    paper = tmp_path / "营业执照.pdf"
    paper.write_bytes(content_of("licence"))
    firm = stage.staff("newcomer").go("/center/certification/edit/").fill(licence=paper).press("保存")
    firm.sees("正在读取…")
    page = firm.page
    page.locator("[name=name]").fill("别的名称有限公司")
    work.read_paper(Reading.objects.latest("created_at").document_id)
    expect(page.locator("#id_name_read")).to_contain_text("与填写的不一致")
    expect(page.locator("[name=name]")).to_have_value("别的名称有限公司")
    page.locator("#id_uscc_read button").click()
    expect(page.locator("[name=uscc]")).to_have_value(LICENCE["uscc"])
    firm.look("82-licence-read").press("填入空白的 6 项并保存")
    expect(page.locator("[name=legal_representative]")).to_have_value(LICENCE["legal_representative"])
    expect(page.locator("[name=name]")).to_have_value("别的名称有限公司")


def test_a_contract_is_chosen_from_the_box_by_the_keyboard(stage):
    world = World()
    boxed(world.unit, world.applicant, "contract", name="年度检测合同")
    account(world.unit, world.applicant)
    application = world.make_application()
    firm = stage.staff("applicant").go("/center/box/").look("83-box")
    earlier, paper = drive_application(world.make_application(), "district", world), world.unit.box.first()
    copy = reverse("application_copy", args=[application.number]) + f"?from={earlier.number}"
    remove = reverse("box_remove", args=[paper.pk])
    for number, address in enumerate((reverse("box_add"), paper.get_absolute_url(), remove, copy), start=84):
        firm.go(address).look(f"{number}-box")
    firm.go(f"/vouchers/applications/{application.number}/edit/")
    choice = firm.page.get_by_label("从材料箱选择合同草案")
    choice.focus()
    firm.page.keyboard.press("ArrowDown")
    firm.press("保存").sees("已上传的合同草案")
    assert afresh(application).contract_draft.name == "contract.pdf"
