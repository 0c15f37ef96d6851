"""材料箱: a paper is kept once, its people see it, and no case loses what it took from it."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.box import services
from accounts.box.services import keep_paper, put_in, take_out, taken_up
from accounts.models import BoxPaper
from accounts.own_data.deletion import empty_boxes, forget_traces
from accounts.permissions import READ_ONLY
from papers.models import Reading
from papers.services import facts_of
from records.models import RemovedPaper
from records.retention import remove_papers
from records.services import attach
from records.uploads import store_upload
from tests.accounts.boxed import ACCOUNT, CONTRACT, LICENCE, account, boxed, content_of, read, soon, upload
from tests.accounts.guarding import sign_in
from tests.factories import make_unit, make_user
from tests.helpers import afresh, constrained, refused

pytestmark = pytest.mark.django_db
LIST, ADD = "/center/box/", "/center/box/add/"


@pytest.fixture
def mine(client, world):
    client.force_login(world.applicant)
    return client


def edit(client, paper, **typed):
    whole = {"kind": paper.kind, "name": paper.called, "seen": paper.version}
    return client.post(reverse("box_edit", args=[paper.pk]), {**whole, **typed})


def page(client, paper):
    return client.get(reverse("box_edit", args=[paper.pk]))


def test_a_paper_is_put_in_read_and_its_facts_fill_the_empty_boxes(mine, world, settings):
    settings.READ_PAPERS = True
    answer = mine.post(ADD, {"kind": "contract", "file": upload("contract", "合同扫描.pdf")})
    paper = BoxPaper.objects.get()
    assert answer["Location"] == paper.get_absolute_url()
    waiting = page(mine, paper)
    assert waiting.context["offering"].is_reading
    assert "正在读取…" in waiting.content.decode()
    read(paper.document)
    hint = page(mine, paper).context["form"].reads["name"]
    assert (hint.says, hint.value, hint.sureness) == ("offered", CONTRACT["name"], "请核对")
    edit(mine, paper, name="", act="read")
    kept = afresh(paper)
    assert (kept.name, kept.valid_from.isoformat(), kept.valid_until) == (CONTRACT["name"], CONTRACT["signed_on"], None)


def test_nothing_that_was_typed_is_overwritten_and_a_difference_is_said_at_its_field(mine, world, settings):
    settings.READ_PAPERS = True
    paper = boxed(world.unit, world.applicant)
    read(paper.document)
    answer = edit(mine, paper, valid_until="2030-01-02", act="read")
    assert answer["Location"] == paper.get_absolute_url()
    kept = afresh(paper)
    assert (kept.valid_from.isoformat(), kept.valid_until.isoformat()) == (LICENCE["valid_from"], "2030-01-02")
    reads = page(mine, paper).context["form"].reads
    assert {name: hint.says for name, hint in reads.items()} == {
        "valid_from": "agrees",
        "valid_until": "differs",
        "permanent": "",
    }
    assert reads["valid_until"].sureness == "已核验"


def test_while_it_is_read_the_part_of_the_page_asks_again_and_then_tells_each_field(mine, world, settings):
    settings.READ_PAPERS = True
    paper = boxed(world.unit, world.applicant, "account")
    address = reverse("box_read", args=[paper.pk])
    assert f'hx-get="{address}"' in page(mine, paper).content.decode()
    assert 'hx-trigger="every 3s"' in mine.get(address).content.decode()
    read(paper.document)
    part = mine.get(address, {"kind": "account", "account_name": "别的名称"}).content.decode()
    assert "hx-trigger" not in part
    assert "从材料读到 3 项" in part
    assert f'value="{ACCOUNT["account_number"]}"' in part
    assert "与填写的不一致" in part
    assert afresh(paper).account_name == ""


def test_a_paper_that_says_nothing_is_no_obstacle(mine, world, settings):
    settings.READ_PAPERS = True
    paper = boxed(world.unit, world.applicant, "contract", name="某合同")
    Reading.objects.update(stage="unreadable", sentence="打不开，请照材料填写。")
    assert "这份材料打不开" in page(mine, paper).content.decode()
    Reading.objects.update(stage="read", sentence="", facts={"kind": "unknown"})
    assert "没有从材料读到可以填入的内容" in page(mine, paper).content.decode()
    assert edit(mine, paper, act="read").status_code == 302


def test_the_account_is_masked_in_the_list_and_a_near_end_is_marked(mine, world):
    account(world.unit, world.applicant)
    boxed(world.unit, world.applicant, name="快到期的执照", valid_until=soon())
    boxed(world.unit, world.applicant, name="过期的执照", valid_until=soon(-1))
    shown = mine.get(LIST).content.decode()
    assert "**** 1234" in shown
    assert "6222000000001234" not in shown
    assert (shown.count("快到期</span>"), shown.count("已过期</span>")) == (1, 1)
    found = {
        term: [row.called for row in mine.get(f"{LIST}?term={term}").context["page"]] for term in ("soon", "ended")
    }
    assert found == {"soon": ["快到期的执照"], "ended": ["过期的执照"]}
    for term, count in (("dated", 2), ("unknown", 1), ("permanent", 0)):
        assert len(mine.get(f"{LIST}?term={term}").context["page"]) == count
    assert [row.kind for row in mine.get(f"{LIST}?kind=account&q={world.unit.name}").context["page"]] == ["account"]
    assert "没有符合条件的材料" in mine.get(f"{LIST}?q=没有").content.decode()


def test_an_end_before_the_beginning_and_two_ends_are_refused_in_words(mine, world):
    paper = boxed(world.unit, world.applicant)
    turned = edit(mine, paper, valid_from="2026-03-01", valid_until="2026-02-01").context["form"].errors
    both = edit(mine, paper, valid_until="2036-02-01", permanent="on").context["form"].errors
    assert turned == {"valid_until": ["有效期至不能早于有效期自，请照材料核对。"]}
    assert both == {"valid_until": ["填写了有效期至，又勾选了“长期有效”，请照材料只保留一项。"]}


def test_a_proof_of_an_account_asks_for_it_and_another_kind_forgets_it(mine, world):
    paper = boxed(world.unit, world.applicant, name="开户证明")
    assert set(edit(mine, paper, kind="account").context["form"].errors) == {
        "account_name",
        "bank_name",
        "account_number",
    }
    proof = account(world.unit, world.applicant)
    edit(mine, proof, kind="other")
    assert (afresh(proof).kind, afresh(proof).account_number) == ("other", "")


def test_replacing_lets_the_old_file_go_and_a_case_keeps_its_own(mine, world, time_machine):
    paper = boxed(world.unit, world.applicant, "contract")
    old = paper.document
    application = world.make_application()
    [taken] = taken_up(world.unit, [paper], by=world.applicant)
    attach(application, [taken], "合同草案")
    type(application).objects.filter(pk=application.pk).update(contract_draft=taken)
    edit(mine, paper, name="新合同", file=upload("licence", "新.pdf"))
    paper = afresh(paper)
    assert (paper.document.name, afresh(old).dropped_at is None) == ("新.pdf", False)
    take_out(paper, by=world.applicant)
    time_machine.move_to(timezone.now() + dt.timedelta(days=2))
    assert remove_papers() == 2
    assert set(RemovedPaper.objects.values_list("paper", flat=True)) == {old.pk, paper.document_id}
    with afresh(taken).file.open() as file:
        assert file.read() == content_of("contract")


def test_what_was_read_counts_for_the_copy(world, settings):
    settings.READ_PAPERS = True
    paper = boxed(world.unit, world.applicant, "contract")
    read(paper.document)
    [taken] = taken_up(world.unit, [paper], by=world.applicant)
    assert facts_of(taken) == facts_of(paper.document)
    assert (taken.case_id, taken.sha256, taken.created_by) == (None, paper.document.sha256, world.applicant)
    attach(world.make_application(), [taken], "合同草案")
    assert Reading.objects.filter(document=taken).count() == 1


def test_removing_asks_once(mine, world):
    paper = boxed(world.unit, world.applicant, name="旧合同")
    address = reverse("box_remove", args=[paper.pk])
    assert "从材料箱移除？" in mine.get(address).content.decode()
    assert mine.post(address, {"seen": paper.version})["Location"] == LIST
    assert not BoxPaper.objects.exists()
    assert afresh(paper.document).dropped_at is not None


def test_two_people_do_not_overwrite_each_other(mine, world):
    paper = boxed(world.unit, world.applicant, name="甲合同")
    keep_paper(paper, by=world.applicant)
    stale = edit(mine, BoxPaper(pk=paper.pk, kind="licence", name="乙合同", version=0))
    assert stale.status_code == 200
    assert "已被同事修改" in stale.context["form"].non_field_errors()[0]
    take_out(afresh(paper), by=world.applicant)
    with refused("R-STALE", match="刚刚已被移出材料箱"):
        keep_paper(paper, by=world.applicant)


def test_a_stranger_finds_nothing(client, world):
    paper = boxed(world.unit, world.applicant)
    for person in (world.stranger, world.district, world.platform, world.municipal):
        browser = sign_in(person)
        for name in ("box_edit", "box_read", "box_remove"):
            assert browser.get(reverse(name, args=[paper.pk])).status_code == 404
        assert browser.post(reverse("box_remove", args=[paper.pk])).status_code == 404
        assert browser.get(reverse("paper", args=[paper.document_id])).status_code == 404
    assert list(sign_in(world.stranger).get(LIST).context["page"]) == []
    with refused("R-PERM"):
        take_out(paper, by=world.stranger)
    with refused("R-PERM"):
        taken_up(world.unit, [paper], by=world.stranger)
    assert taken_up(world.other_unit, [paper], by=world.stranger) == []


def test_a_reader_looks_and_changes_nothing(world):
    paper, reader = boxed(world.unit, world.applicant), sign_in(world.reader)
    shown = reader.get(LIST).content.decode()
    assert paper.called in shown
    assert "放入材料" not in shown
    assert "您的角色是“只读”" in page(reader, paper).content.decode()
    assert reader.get(reverse("paper", args=[paper.document_id])).status_code == 200
    assert READ_ONLY in reader.get(ADD).content.decode()
    assert READ_ONLY in edit(reader, paper).content.decode()
    assert READ_ONLY in reader.get(reverse("box_remove", args=[paper.pk])).content.decode()
    with refused("R-ROLE"):
        put_in(world.unit, paper.document, "other", by=world.reader)


def test_a_full_box_says_so_and_the_file_waits(mine, world, monkeypatch):
    first = boxed(world.unit, world.applicant)
    monkeypatch.setattr(services, "MOST", 1)
    answer = mine.post(ADD, {"kind": "other", "file": upload()})
    assert "材料箱最多放" in answer.context["form"].non_field_errors()[0]
    waits = answer.context["form"].waiting[0]
    take_out(first, by=world.applicant)
    mine.post(ADD, {"kind": "other", "paper_kept": str(waits.pk)})
    assert BoxPaper.objects.get().document == waits


def test_a_form_that_is_wrong_keeps_its_file(mine, world):
    assert set(mine.post(ADD).context["form"].errors) == {"kind", "file"}
    answer = mine.post(ADD, {"kind": "", "file": upload()})
    assert set(answer.context["form"].errors) == {"kind"}
    assert [paper.name for paper in answer.context["form"].waiting] == ["材料.pdf"]
    paper = boxed(world.unit, world.applicant)
    waits = edit(mine, paper, name="", file=upload("contract", "新.pdf")).context["form"].waiting[0]
    edit(mine, paper, paper_kept=str(waits.pk))
    assert afresh(paper).document == waits


def test_who_has_no_unit_is_told_where_to_begin(client, world):
    client.force_login(make_user("alone"))
    assert "您还没有加入单位" in client.get(LIST).content.decode()
    assert client.get(ADD).status_code == 409


def test_another_unit_of_the_person_has_a_box_of_its_own(mine, world):
    boxed(world.unit, world.applicant, name="甲单位的执照")
    other = make_unit(world.applicant, "91120222MA00000312", "另一样例公司")
    type(world.applicant).objects.filter(pk=world.applicant.pk).update(acting_for=other)
    assert list(mine.get(LIST).context["page"]) == []
    assert mine.post(ADD, {"kind": "other", "file": upload(), "acting": world.unit.number}).status_code == 409


def test_the_database_holds_what_the_form_does(world):
    plain = BoxPaper.objects.filter(pk=boxed(world.unit, world.applicant).pk)
    paper = BoxPaper.objects.filter(pk=account(world.unit, world.applicant).pk)
    with constrained("box_paper_kind_known"):
        plain.update(kind="letter")
    with constrained("box_paper_account_of_an_account"):
        paper.update(kind="contract")
    with constrained("box_paper_ends_or_does_not"):
        paper.update(permanent=True, valid_until=soon())
    with constrained("box_paper_ends_after_it_begins"):
        paper.update(valid_from=soon(2), valid_until=soon(1))


def test_papers_of_the_box_end_or_do_not(world):
    document = store_upload(upload(), by=world.applicant)
    paper = put_in(world.unit, document, "licence", by=world.applicant)
    assert (paper.term, paper.is_over, paper.is_ending) == ("", False, False)
    paper.permanent = True
    assert (paper.term, paper.words) == ("长期", "营业执照或法人证书：材料")
    paper.permanent, paper.valid_until = False, soon(-1)
    assert paper.words == f"营业执照或法人证书：材料，已于 {soon(-1)} 到期"


def test_the_box_goes_with_the_last_member_of_its_unit(world):
    person, colleague = make_user("sole"), make_user("colleague")
    unit = make_unit(person, "91120222MA00000312", "独行样例公司")
    paper = boxed(unit, person)
    empty_boxes([unit.pk])
    assert BoxPaper.objects.get() == paper
    unit.memberships.create(user=colleague)
    unit.memberships.filter(user=person).delete()
    empty_boxes([unit.pk])
    assert BoxPaper.objects.get() == paper
    forget_traces(colleague)
    assert not BoxPaper.objects.exists()
    assert afresh(paper.document).dropped_at is not None
