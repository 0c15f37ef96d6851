"""单位认证 is filled in by its licence, also where no register is connected; nothing typed is replaced."""

from dataclasses import replace

import pytest
from django.urls import reverse

from accounts.models import Unit
from papers.models import Reading
from records.models import Document
from tests.accounts.boxed import LICENCE, read, upload
from tests.accounts.conftest import licence, typed
from tests.accounts.guarding import sign_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db
EDIT = "/center/certification/edit/"
__all__ = ["licence", "typed"]  # fixtures


@pytest.fixture
def newcomer(client, world, settings):
    settings.READ_PAPERS = True
    person = make_user("newcomer")
    client.force_login(person)
    return person


def dropped(client, **more):
    """The licence is chosen in an empty form; the page that comes back, and the paper that waits."""
    form = client.post(EDIT, {"licence": upload(), "act": "save", **more}).context["form"]
    return form, Document.objects.get(pk=form["kept"].value())


def states(form):
    return {name: hint.says for name, hint in form.reads.items() if hint.says}


def test_a_newcomer_chooses_a_file_and_the_form_is_filled_in(client, newcomer):
    form, paper = dropped(client)
    assert set(form.errors) == {"name", "uscc"}
    page = client.post(EDIT, {"kept": paper.pk, "act": "save"})
    assert "正在读取…" in page.content.decode()
    read(paper)
    answer = client.post(EDIT, {"kept": paper.pk, "act": "read"})
    assert answer["Location"] == EDIT
    unit = Unit.objects.get(uscc=LICENCE["uscc"])
    assert (unit.name, unit.legal_representative) == (LICENCE["name"], LICENCE["legal_representative"])
    assert (unit.address, unit.founded_on.isoformat()) == (LICENCE["address"], LICENCE["founded_on"])
    assert (unit.licence, unit.licence_until.isoformat()) == (paper, LICENCE["valid_until"])
    assert unit.capital in {500, 1000, 3000}
    page = client.get(EDIT)
    assert set(states(page.context["form"]).values()) == {"agrees"}
    said = "已读取证照，填入了单位名称、统一社会信用代码、证照有效期至、注册地址、成立日期、法定代表人、注册资本，并保存为草稿。"
    assert said in page.content.decode()


def test_what_was_typed_stays_and_what_differs_is_said_at_its_field(client, newcomer):
    typed_in = {"name": "别的名称有限公司", "licence_permanent": "on", "capital": "1"}
    _, paper = dropped(client, **typed_in)
    read(paper)
    client.post(EDIT, {"kept": paper.pk, "act": "read", **typed_in})
    unit = Unit.objects.get(uscc=LICENCE["uscc"])
    assert (unit.name, unit.licence_until, unit.capital) == ("别的名称有限公司", None, 1)
    page = client.get(EDIT)
    found = states(page.context["form"])
    assert {name for name, state in found.items() if state == "differs"} == {"name", "licence_until", "capital"}
    assert f"证照上是“{LICENCE['name']}”（请核对），与填写的不一致" in page.content.decode()


@pytest.mark.parametrize(("typed", "said"), [({}, True), ({"licence_until": "2030-01-01"}, False)])
def test_a_licence_without_an_end_is_for_good(client, newcomer, typed, said):
    _, paper = dropped(client)
    read(paper)
    reading = Reading.objects.get(document=paper)
    facts = [replace(one, value="长期") if one.name == "valid_until" else one for one in reading.read.facts]
    Reading.objects.update(facts=replace(reading.read, facts=tuple(facts)).as_json())
    client.post(EDIT, {"kept": paper.pk, "act": "read", **typed})
    unit = Unit.objects.get(uscc=LICENCE["uscc"])
    assert (unit.licence_permanent, unit.licence_until is None) == (said, said)
    assert states(client.get(EDIT).context["form"])["licence_permanent"] == ("agrees" if said else "differs")


def test_while_it_is_read_the_part_asks_with_the_fields_and_tells_each(client, newcomer):
    _, paper = dropped(client)
    address = reverse("certification_read", args=[paper.pk])
    assert f'hx-get="{address}"' in client.get(address).content.decode()
    read(paper)
    part = client.get(address, {"name": "别的名称有限公司", "capital": "不详"}).content.decode()
    assert "从材料读到 7 项" in part
    assert "其中 2" in part
    assert 'id="id_uscc_read" hx-swap-oob="true"' in part


def test_a_paper_of_somebody_else_is_not_told(client, newcomer):
    _, paper = dropped(client)
    assert sign_in(make_user("other")).get(reverse("certification_read", args=[paper.pk])).status_code == 404


def test_nothing_read_changes_nothing(client, newcomer):
    _, paper = dropped(client)
    Reading.objects.update(stage="read", facts={"kind": "unknown"})
    answer = client.post(EDIT, {"kept": paper.pk, "act": "read", "name": "某样例有限公司", "uscc": LICENCE["uscc"]})
    assert answer["Location"] == EDIT
    assert "已读取证照，没有改动您填写的内容，并保存为草稿。" in client.get(EDIT).content.decode()


def test_a_portal_that_reads_no_papers_shows_nothing_of_it(client, newcomer, settings):
    settings.READ_PAPERS = False
    _, paper = dropped(client)
    page = client.post(EDIT, {"kept": paper.pk, "act": "save"})
    assert 'class="read-hint' not in page.content.decode()


def test_a_further_unit_is_filled_in_too(client, world, settings):
    settings.READ_PAPERS = True
    client.force_login(world.applicant)
    new = reverse("certification_new")
    form = client.post(new, {"licence": upload(), "act": "save"}).context["form"]
    read(form.paper)
    assert client.post(new, {"kept": form.paper.pk, "act": "read"})["Location"] == EDIT
    assert Unit.objects.get(uscc=LICENCE["uscc"]).name == LICENCE["name"]
