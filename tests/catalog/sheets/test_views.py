"""The pages of 表格导入, as the curator and a provider use them."""

import datetime as dt
import io
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from catalog.models import Laboratory, LabShelf, Product, SheetImport
from catalog.sheets import tasks, work
from catalog.sheets.columns import heads_in
from catalog.sheets.kinds import KINDS
from catalog.sheets.reading import Unreadable, read_sheet
from notifications.models import Notice
from tests.catalog.sheets.test_products import HEADS as PRODUCT_HEADS
from tests.catalog.sheets.test_products import ONE as PRODUCT
from tests.catalog.sheets.ugly import BOTH, HEADS, ONE, TWO, table
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
LIST = "/center/sheets/"
NEW = f"{LIST}new/laboratories/"
TYPED = {"batch": "3", "published_on": "2026-11-24"}


@pytest.fixture
def curator(client, world):
    client.force_login(world.curator)
    return world.curator


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Send a form, and let the worker do what follows."""

    def sent(url, data=None, name="名单.xlsx", content=None):
        files = {"file": SimpleUploadedFile(name, content)} if content is not None else {}
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, (data or {}) | files)

    return sent


def test_from_the_upload_to_the_list_and_back(client, curator, post):
    assert client.get(NEW).context["form"]["batch"].value() == 1
    page = client.get(post(NEW, TYPED, content=BOTH["merged downwards"])["Location"])
    assert [row.verdict for row in page.context["page"]] == ["new", "new"]
    text = page.content.decode()
    assert "发布后新增 2 行、变更 0 行" in text
    assert not Laboratory.objects.exists()
    sheet = page.context["sheet"]
    post(reverse("sheet_publish", args=[sheet.pk]))
    assert LabShelf.objects.listed().count() == 2
    text = client.get(sheet.get_absolute_url()).content.decode()
    assert text.count("已写入") == 2
    undo = reverse("sheet_undo", args=[sheet.pk])
    assert undo in text
    assert "新增的 2 行删除" in client.get(undo).content.decode()
    post(undo)
    assert (Laboratory.objects.count(), afresh(sheet).stage) == (0, "undone")
    assert client.get(undo)["Location"] == sheet.get_absolute_url()


def test_rows_are_chosen_by_verdict(client, curator, post):
    wrong = (*ONE[:2], "123", *ONE[3:])
    sheet = post(NEW, TYPED, content=table(HEADS, ONE, wrong))["Location"]
    page = client.get(sheet, {"show": "wrong"})
    assert [row.number for row in page.context["page"]] == [3]
    assert [(tab["label"], tab["count"]) for tab in page.context["tabs"]] == [
        ("全部", 2),
        ("新增", 1),
        ("变更", 0),
        ("相同", 0),
        ("有问题", 1),
    ]
    assert "有问题的 1 行不写入" in page.content.decode()
    assert "没有这样的行" in client.get(sheet, {"show": "same"}).content.decode()


def test_a_file_that_is_none_is_told_on_the_form(client, curator, post):
    response = post(NEW, TYPED, name="照片.jpg", content=b"\xff\xd8\xff\0")
    assert "“照片.jpg”不是表格，此处只接收 xlsx、xls 或 csv" in response.content.decode()
    assert response.context["form"]["batch"].value() == "3"
    assert "请上传表格。" in post(NEW, TYPED).content.decode()
    assert "请填写批次。" in post(NEW, content=BOTH["plain"]).content.decode()
    assert "新的批次请填写发布日期" in post(NEW, {"batch": "3"}, content=BOTH["plain"]).content.decode()
    assert not SheetImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("样图.png", b"\x89PNG\r\n\x1a\n\0", "“样图.png”不是表格，此处只接收 xlsx、xls 或 csv"),
        ("说明.txt", "检测能力说明，请查收。".encode(), "“说明.txt”不是表格，此处只接收 xlsx、xls 或 csv"),
        ("名单.xls", b"<html><table><tr><td>1", "“名单.xls”是网页格式（HTML 或 XML），不是表格"),
        ("名单.pdf", b"%PDF-1.7 ...", "“名单.pdf”不是表格"),
    ],
)
def test_what_is_no_table_is_refused_when_it_comes(curator, post, name, content, said):
    assert said in post(NEW, TYPED, name=name, content=content).content.decode()
    assert not SheetImport.objects.exists()


def test_a_row_leads_to_what_it_has_made(client, curator, post):
    sheet = post(NEW, TYPED, content=table(HEADS, ONE))["Location"]
    assert not client.get(sheet).context["page"].object_list[0].url
    post(f"{sheet}publish/")
    (row,) = client.get(sheet).context["page"]
    assert row.url == reverse("curator_laboratories_row", args=[Laboratory.objects.get().number])
    assert f'<a href="{row.url}">{ONE[0]}</a>' in client.get(sheet).content.decode()


def test_the_end_of_each_work_is_told_once(client, curator, post):
    sheet = client.get(post(NEW, TYPED, content=table(HEADS, ONE, (*TWO[:2], "123", *TWO[3:])))["Location"]).context[
        "sheet"
    ]
    post(reverse("sheet_publish", args=[sheet.pk]))
    post(reverse("sheet_undo", args=[sheet.pk]))
    told = list(Notice.objects.filter(recipient=curator, kind="sheet_ended").order_by("pk"))
    assert [notice.subject for notice in told] == [f"表格“名单.xlsx”{word}" for word in ("待发布", "已发布", "已撤销")]
    assert "已核对 2 行：新增 1、变更 0、相同 0、有问题 1" in told[0].body
    assert {notice.url for notice in told} == {sheet.get_absolute_url()}
    work.become(sheet, "undone")
    assert Notice.objects.filter(kind="sheet_ended").count() == 3


def test_a_file_goes_after_its_days_and_its_rows_stay(client, curator, post, settings):
    sheet = client.get(post(NEW, TYPED, content=table(HEADS, ONE))["Location"]).context["sheet"]
    stray = sheet.file.storage.save("sheets/stray.xlsx", ContentFile(b"x"))
    tasks.tidy_sheets()
    assert (sheet.file.storage.exists(sheet.file.name), sheet.file.storage.exists(stray)) == (True, True)
    old = timezone.now() - dt.timedelta(days=settings.SHEET_DAYS + 1)
    os.utime(settings.MEDIA_ROOT / stray, (old.timestamp(),) * 2)
    SheetImport.objects.update(created_at=old)
    assert work.tidy() == 2
    assert (afresh(sheet).file.name, afresh(sheet).rows.count(), work.tidy()) == ("", 1, 0)
    assert not sheet.file.storage.exists(sheet.file.name)
    post(reverse("sheet_publish", args=[sheet.pk]))
    assert afresh(sheet).stage == "published"
    assert client.get(sheet.get_absolute_url()).status_code == 200


def test_a_large_file_is_told(client, curator, post, monkeypatch):
    monkeypatch.setattr("catalog.sheets.forms.MAX_SIZE", 1024 * 1024)
    assert "超过 1 MB" in post(NEW, TYPED, content=b"a,b\n" * 300_000).content.decode()


def test_so_many_files_a_day_and_no_more(client, curator, post, settings):
    settings.UPLOADS_A_DAY = 1
    post(NEW, TYPED, content=BOTH["plain"])
    assert "您今天已经导入了 1 个表格" in post(NEW, TYPED, content=BOTH["plain"]).content.decode()
    assert SheetImport.objects.count() == 1


def test_a_list_that_cannot_be_read_says_why(client, curator, post):
    page = client.get(post(NEW, TYPED, content=table(("甲", "乙"), ("丙", "丁")))["Location"])
    assert "“名单.xlsx”里没有找到列名" in page.content.decode()
    assert "重新上传" in page.content.decode()


def test_a_batch_that_was_published_keeps_its_day(client, curator, post):
    sheet = client.get(post(NEW, TYPED, content=table(HEADS, ONE))["Location"]).context["sheet"]
    post(reverse("sheet_publish", args=[sheet.pk]))
    response = post(NEW, TYPED | {"published_on": "2026-11-25"}, content=BOTH["plain"])
    assert "第 3 批已于 2026-11-24 发布" in response.content.decode()


def test_a_provider_brings_products_in_and_nothing_else(client, world, testing, post):
    client.force_login(world.provider_member)
    assert LIST in client.get("/provider/products/").content.decode()
    page = client.get(LIST)
    assert page.context["kinds"] == [("products", "服务产品")]
    new = f"{LIST}new/products/"
    sheet = post(new, content=table(PRODUCT_HEADS, PRODUCT))["Location"]
    post(f"{sheet}publish/")
    assert Product.objects.get(name=PRODUCT[0]).provider == world.provider
    assert client.get(NEW).status_code == 404
    assert client.get(f"{LIST}new/nothing/").status_code == 404
    assert client.get(LIST).context["page"].paginator.count == 1


def test_nobody_else_sees_anything_of_it(client, curator, world, post):
    sheet = post(NEW, TYPED, content=BOTH["plain"])["Location"]
    for person in (world.stranger, world.provider_member, world.platform):
        client.force_login(person)
        assert [client.get(f"{sheet}{page}").status_code for page in ("", "undo/", "progress/")] == [404] * 3
        assert client.post(f"{sheet}publish/").status_code == 404
    client.force_login(world.stranger)
    assert [client.get(page).status_code for page in (LIST, NEW, f"{LIST}template/products/")] == [404] * 3


def test_the_page_waits_while_a_worker_is_at_it(client, curator, post, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        sheet = client.post(NEW, TYPED | {"file": SimpleUploadedFile("a.xlsx", BOTH["plain"])})["Location"]
    text = client.get(sheet).content.decode()
    assert "正在核对" in text
    assert 'hx-trigger="every 2s"' in text
    assert "HX-Refresh" not in client.get(f"{sheet}progress/").headers
    SheetImport.objects.update(stage="ready")
    assert client.get(f"{sheet}progress/").headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("kind", KINDS)
def test_the_template_has_the_columns_that_are_read(client, curator, kind):
    response = client.get(f"{LIST}template/{kind}/")
    columns = KINDS[kind].columns
    assert response.headers["Content-Disposition"].startswith("attachment")
    with pytest.raises(Unreadable, match="列名下面没有数据"):
        read_sheet(io.BytesIO(response.content), "xlsx", columns)
    heads = heads_in(1, [column.title for column in columns], columns)
    assert (list(heads.places), heads.unused) == ([column.name for column in columns], [])


def test_every_list_costs_the_same(client, curator, post, django_assert_max_num_queries):
    rows = [(f"第{number}样例实验室", *ONE[1:]) for number in range(45)]
    for many in (2, 45):
        sheet = post(NEW, TYPED, content=table(HEADS, *rows[:many]))["Location"]
        with django_assert_max_num_queries(10):
            client.get(sheet)
        with django_assert_max_num_queries(10):
            client.get(LIST)
