"""我的数据: everything of the person, nothing of anybody else, for his own hands alone."""

import datetime as dt
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.box.services import put_in
from accounts.history.sign_ins import record
from accounts.models import DataExport, Invitation, JoinRequest
from accounts.own_data import exports, tasks
from accounts.own_data.services import ask_export
from notifications.models import Notice
from records.models import Document
from records.steps import note
from tests.accounts.guarding import LOGIN, sign_in
from tests.factories import World, drive_application, drive_claim, make_document, make_user
from tests.helpers import afresh, by_owner, constrained, refused

pytestmark = pytest.mark.django_db
SECRETS = ("13911112222", "外人样例", "secret-of-another", "别人的理由", "别人的需求", "别人的文件.pdf")


@pytest.fixture
def world():
    return World()


def made(user, capture):
    """A finished copy."""
    with capture(execute=True):
        ask_export(user)
    return user.data_exports.latest("asked_at")


def opened(export):
    """The zip's data.json and the names in it."""
    with export.file.open() as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    return json.loads(archive.read("data.json")), archive


EVERYTHING = {
    "帐号",
    "同意记录",
    "单位与审核岗位",
    "登录记录",
    "消息",
    "消息设置",
    "材料",
    "材料箱",
    "单位认证",
    "审核与评审意见",
    "企业需求",
    "审核工作台的设置",
    "评审专家",
    "订单",
    "创新券申请",
    "创新券兑现",
    "服务机构入驻",
}


def test_the_copy_holds_everything_about_the_person(world, django_capture_on_commit_callbacks):
    world.applicant.phone = "13800001111"
    world.applicant.save()
    drive_application(world.make_application(), "approved", world)
    make_document(world.applicant, "合同.pdf", b"%PDF-1.4 own")
    record("in", user=world.applicant, method="密码")
    data, archive = opened(made(world.applicant, django_capture_on_commit_callbacks))
    assert set(data) == EVERYTHING
    assert data["帐号"]["手机号"] == "13800001111"
    assert data["单位与审核岗位"]["所属单位"][0]["单位"] == world.unit.name
    assert [row["动作"] for row in data["创新券申请"]] == ["submit"]
    assert data["订单"]["我下的订单"][0]["需求描述"]
    assert data["登录记录"][0]["方式"] == "密码"
    names = [row["文件名"] for row in data["材料"]]
    files = [name for name in archive.namelist() if name.startswith("files/")]
    assert len(files) == len(names)
    assert any(archive.read(name) == b"%PDF-1.4 own" for name in files)


def test_the_copy_lists_what_the_person_put_into_the_box_and_nothing_of_a_colleague(
    world, django_capture_on_commit_callbacks
):
    colleague = make_user("colleague")
    world.unit.memberships.create(user=colleague)
    put_in(world.unit, make_document(world.applicant, "执照.pdf"), "licence", by=world.applicant)
    put_in(world.unit, make_document(colleague, "别人的文件.pdf"), "account", by=colleague)
    data, _ = opened(made(world.applicant, django_capture_on_commit_callbacks))
    assert [(row["单位"], row["种类"]) for row in data["材料箱"]] == [(world.unit.name, "营业执照或法人证书")]


def test_the_copy_keeps_local_time(world, django_capture_on_commit_callbacks):
    document = make_document(world.applicant, "合同.pdf", b"%PDF-1.4 own")
    with by_owner():
        Document.objects.filter(pk=document.pk).update(created_at=dt.datetime(2026, 3, 1, 20, 5, tzinfo=dt.UTC))
    data, archive = opened(made(world.applicant, django_capture_on_commit_callbacks))
    assert data["材料"][0]["上传时间"] == "2026-03-02T04:05:00+08:00"
    dates = {entry.filename: entry.date_time for entry in archive.infolist()}
    assert dates["files/001-合同.pdf"] == (2026, 3, 2, 4, 5, 0)
    assert dates["data.json"][0] > 1980


def test_the_copy_of_a_reviewer_holds_his_own_words(world, django_capture_on_commit_callbacks):
    drive_claim(world.make_claim(), "passed", world)
    data, _ = opened(made(world.expert_1, django_capture_on_commit_callbacks))
    assert [row["意见"] for row in data["审核与评审意见"]["评审意见"]] == ["同意"]
    data, _ = opened(made(world.body, django_capture_on_commit_callbacks))
    assert {row["结果"] for row in data["审核与评审意见"]["审核意见"]} == {"通过"}


def plant(world):
    """What could leak: another person at the same unit, on the same case, with the same papers' purpose."""
    other = make_user("secret-of-another", name="外人样例", phone="13911112222")
    world.unit.memberships.create(user=other, role="handler")
    JoinRequest.objects.create(unit=world.unit, user=make_user("third"), words="别人的理由")
    Notice.objects.create(recipient=other, kind="x", subject="别人的理由", body="外人样例")
    record("in", user=other, method="secret-of-another")
    note(world.unit, "look", by=other, text="别人的理由")
    Invitation.objects.create(unit=world.unit, phone="13911112222", unit_role="handler", by=world.applicant)
    make_document(other, "别人的文件.pdf", b"secret-of-another")
    application = drive_application(world.make_application(), "approved", world)
    order = application.order
    type(order).objects.filter(pk=order.pk).update(contact="外人样例", phone="13911112222")
    theirs = world.make_order()
    type(order).objects.filter(pk=theirs.pk).update(buyer=other, requirement="别人的需求")


def test_nothing_of_anybody_else_is_inside(world, django_capture_on_commit_callbacks):
    plant(world)
    export = made(world.applicant, django_capture_on_commit_callbacks)
    _, archive = opened(export)
    whole = "".join(archive.namelist()) + "".join(
        archive.read(name).decode(errors="ignore") for name in archive.namelist()
    )
    assert [secret for secret in SECRETS if secret in whole] == []


def test_a_paper_s_name_leads_out_of_no_folder(world, django_capture_on_commit_callbacks):
    for name in ("../../etc/passwd", "..\\..\\x.pdf", "/abs/олд.pdf", ".."):
        make_document(world.stranger, name)
    _, archive = opened(made(world.stranger, django_capture_on_commit_callbacks))
    inside = [name.removeprefix("files/") for name in archive.namelist() if name.startswith("files/")]
    assert [name for name in inside if "/" in name or "\\" in name] == []


def test_a_missing_file_is_named_and_the_rest_comes(world, django_capture_on_commit_callbacks):
    lost = make_document(world.stranger, "丢失.pdf")
    lost.file.storage.delete(lost.file.name)
    make_document(world.stranger, "还在.pdf")
    _, archive = opened(made(world.stranger, django_capture_on_commit_callbacks))
    names = archive.namelist()
    assert [any(name.endswith(end) for name in names) for end in ("丢失.pdf.txt", "还在.pdf")] == [True, True]


def test_a_copy_whose_file_is_lost_says_so(world, django_capture_on_commit_callbacks):
    export = made(world.applicant, django_capture_on_commit_callbacks)
    export.file.storage.delete(export.file.name)
    answer = download(sign_in(world.applicant), export)
    assert (answer.status_code, "现在打不开" in answer.content.decode()) == (409, True)


def test_progress_is_counted(world, django_capture_on_commit_callbacks):
    export = made(world.applicant, django_capture_on_commit_callbacks)
    assert export.done == export.total > len(exports.collectors())
    assert export.expires_at - export.ready_at == dt.timedelta(days=7)


def test_one_copy_at_a_time(world):
    ask_export(world.applicant)
    with refused("R-EXPORT"):
        ask_export(world.applicant)
    with constrained("data_export_one_at_a_time"):
        DataExport.objects.create(user=world.applicant)
    ask_export(world.stranger)


def test_the_page_counts_and_works_without_script(world):
    client = sign_in(world.applicant)
    assert client.post(reverse("data_export_start")).url == reverse("data_home")
    DataExport.objects.update(done=3, total=12)
    for address in ("data_home", "data_export_progress"):
        page = client.get(reverse(address)).content.decode()
        assert ("3 / 12" in page, 'hx-trigger="every 3s"' in page, "刷新" in page) == (True, True, True)
    assert client.post(reverse("data_export_start")).status_code == 409


def test_the_list_stops_asking_when_it_is_done(world, django_capture_on_commit_callbacks):
    made(world.applicant, django_capture_on_commit_callbacks)
    page = sign_in(world.applicant).get(reverse("data_export_progress")).content.decode()
    assert ("hx-trigger" in page, "下载" in page) == (False, True)


def test_made_twice_is_made_once(world, django_capture_on_commit_callbacks):
    export = made(world.applicant, django_capture_on_commit_callbacks)
    tasks.export_data(export.pk)
    assert (exports.make_export(export.pk), exports.make_export(0)) == (False, False)
    assert DataExport.objects.get().file.name == export.file.name
    told = Notice.objects.get(recipient=world.applicant, kind="copy_ready")
    assert (told.url, "保留 7 天" in told.body, exports.give_up(export.pk)) == (reverse("data_home"), True, False)


def test_a_worker_that_breaks_down_says_so(world, monkeypatch):
    export = DataExport.objects.create(user=world.applicant)
    monkeypatch.setitem(exports.ACCOUNT, "帐号", lambda _user: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exports.make_export(export.pk)
    export.refresh_from_db()
    assert export.failed_at
    assert "没有完成" in sign_in(world.applicant).get(reverse("data_home")).content.decode()


def download(client, export):
    return client.get(reverse("data_export_download", args=[export.pk]))


def test_the_person_downloads_it_after_a_proof(world, django_capture_on_commit_callbacks, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    export = made(world.applicant, django_capture_on_commit_callbacks)
    client = sign_in(world.applicant)
    answer = download(client, export)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200,
        "application/zip",
        "private, no-store",
    )
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).testzip() is None
    time_machine.shift(301)
    proof = download(client, export)
    assert proof.url.startswith(reverse("account_reauthenticate"))
    assert client.post(proof.url, LOGIN).url == reverse("data_export_download", args=[export.pk])


@pytest.mark.parametrize("role", ["stranger", "administrator", "municipal", "platform"])
def test_nobody_else_finds_it(world, django_capture_on_commit_callbacks, role):
    export = made(world.applicant, django_capture_on_commit_callbacks)
    assert download(sign_in(world.people[role]), export).status_code == 404


def test_one_that_is_not_ready_is_not_found(world):
    export = DataExport.objects.create(user=world.applicant)
    assert download(sign_in(world.applicant), export).status_code == 404


def test_it_goes_after_seven_days(world, django_capture_on_commit_callbacks):
    export = made(world.applicant, django_capture_on_commit_callbacks)
    storage, name = export.file.storage, export.file.name
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tidy_data()
    assert storage.exists(name)
    DataExport.objects.update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert download(sign_in(world.applicant), export).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        tasks.tidy_data()
        tasks.tidy_data()
    assert (storage.exists(name), DataExport.objects.exists()) == (False, False)


def waiting(user, **facts):
    return DataExport.objects.create(user=user, asked_at=timezone.now() - dt.timedelta(minutes=10), **facts)


def test_one_that_no_worker_heard_of_is_made_by_the_sweep(world):
    """The broker was away when it was asked for."""
    lost = waiting(world.applicant)
    tasks.sweep_exports()
    lost.refresh_from_db()
    assert (lost.ready_at is not None, lost.tries) == (True, 1)


def test_one_whose_worker_died_is_made_again_and_one_that_goes_on_is_left(world):
    died = waiting(world.applicant, tries=1, seen_at=timezone.now() - dt.timedelta(minutes=3), done=3, total=9)
    goes_on = waiting(world.stranger, tries=1, seen_at=timezone.now())
    fresh = DataExport.objects.create(user=world.district)
    tasks.sweep_exports()
    assert [bool(row.ready_at) for row in map(afresh, (died, goes_on, fresh))] == [True, False, False]
    assert not exports.make_export(goes_on.pk)


def test_one_that_has_cost_three_workers_is_given_up_and_may_be_asked_for_again(world):
    lost = waiting(world.applicant, tries=3, seen_at=timezone.now() - dt.timedelta(minutes=3))
    tasks.sweep_exports()
    assert afresh(lost).failed_at
    assert Notice.objects.filter(recipient=world.applicant, kind="copy_failed").count() == 1
    ask_export(world.applicant)


@pytest.mark.bare
def test_the_privacy_page_names_the_rights(client):
    page = client.get(reverse("privacy_page")).content.decode()
    assert ("我的数据" in page, "注销" in page) == (True, True)
