"""A list of laboratories: shown row by row, written when it is published, taken back as a whole."""

import datetime as dt

import pytest

from catalog.desk.pages import history_of
from catalog.models import LabBatch, Laboratory, Provider, SheetRow
from catalog.sheets.services import publish_import, undo_import
from records.steps import write
from tests.catalog.sheets.conftest import DAY
from tests.catalog.sheets.ugly import CODE, HEADS, ONE, TWO
from tests.factories import make_laboratory, make_product
from tests.helpers import afresh, refused

pytestmark = pytest.mark.django_db


def verdicts(sheet):
    return [row.verdict for row in sheet.rows.all()]


def words(sheet):
    return [row.words for row in sheet.rows.all()]


def test_nothing_is_written_before_it_is_published(bring, carry_out):
    sheet = bring(ONE, TWO)
    assert (sheet.stage, verdicts(sheet), Laboratory.objects.count()) == ("ready", ["new", "new"], 0)
    assert not LabBatch.objects.filter(number=3).exists()
    sheet = carry_out(publish_import, sheet)
    assert (sheet.stage, sheet.done, sheet.total) == ("published", 2, 2)
    first, second = Laboratory.objects.order_by("number")
    assert (str(first), first.number, first.host_uscc, first.kind) == (ONE[0], "JJJ00001", CODE, "national")
    assert (first.fields, first.batch.number, first.batch.published_on) == (["materials", "manufacturing"], 3, DAY)
    assert (second.provider.region, second.provider.phone, second.number) == ("hebei", "13800000000", "JJJ00002")
    assert "甲样例实验室" in first.search_text


def test_the_same_list_again_changes_nothing(bring, carry_out):
    carry_out(publish_import, bring(ONE, TWO))
    again = bring(ONE, TWO)
    assert verdicts(again) == ["same", "same"]
    with refused("R-SHEET", "没有需要写入的行"):
        publish_import(again, by=again.by)


def test_what_changes_is_shown_and_taken_back(bring, carry_out):
    carry_out(publish_import, bring(ONE, TWO))
    other = (*ONE[:4], "工程技术中心", "电子信息", "022-11112222", ONE[7])
    sheet = bring(other, TWO)
    assert verdicts(sheet) == ["changed", "same"]
    assert words(sheet)[0].split("\n") == [
        "类型：国家级重点实验室 → 工程技术中心",
        "领域：新材料、先进制造 → 电子信息",
        "联系电话：022-60000001 → 022-11112222",
    ]
    sheet = carry_out(publish_import, sheet)
    laboratory = Laboratory.objects.get(number="JJJ00001")
    assert (laboratory.kind, laboratory.fields) == ("engineering", ["electronics"])
    assert "电子信息" in laboratory.search_text
    carry_out(undo_import, sheet)
    laboratory = afresh(laboratory)
    assert (laboratory.kind, laboratory.provider.phone) == ("national", "022-60000001")
    assert "新材料" in laboratory.search_text


def test_the_whole_batch_is_taken_back(bring, carry_out):
    sheet = carry_out(undo_import, carry_out(publish_import, bring(ONE, TWO)))
    assert (sheet.stage, Laboratory.objects.count(), Provider.objects.filter(name=ONE[0]).count()) == ("undone", 0, 0)
    assert not LabBatch.objects.filter(number=3).exists()
    assert [row.outcome for row in sheet.rows.all()] == ["undone", "undone"]


def test_a_laboratory_with_services_leaves_the_list_and_keeps_its_row(bring, carry_out):
    sheet = carry_out(publish_import, bring(ONE, TWO))
    kept = Laboratory.objects.get(number="JJJ00001")
    make_product(kept.provider)
    sheet = carry_out(undo_import, sheet)
    assert (afresh(kept).status, Laboratory.objects.count()) == ("removed", 1)
    row = sheet.rows.get(outcome="kept")
    assert "没有删除" in row.outcome_words
    assert LabBatch.objects.filter(number=3).exists()


def test_a_laboratory_that_somebody_has_worked_with_is_kept(bring, carry_out, world):
    sheet = carry_out(publish_import, bring(ONE, TWO, ("丙样例实验室", *TWO[1:])))
    first, second, third = Laboratory.objects.order_by("number")
    write(first, "lab_paused", by=world.curator)
    write(second.provider, "row_changed", by=world.curator)
    Laboratory.objects.filter(pk=second.pk).update(status="removed")
    sheet = carry_out(undo_import, sheet)
    assert list(Laboratory.objects.values_list("pk", "status")) == [(first.pk, "removed"), (second.pk, "removed")]
    assert not Provider.objects.filter(pk=third.provider_id).exists()
    assert [line["what"] for line in history_of(first)] == ["退出名录", "暂停在册", "新增"]
    assert history_of(second)[0]["what"] == "新增"


def test_what_somebody_has_changed_meanwhile_stays(bring, carry_out):
    carry_out(publish_import, bring(ONE, TWO))
    sheet = bring((*ONE[:6], "022-10000001", ONE[7]), (*TWO[:6], "022-10000002", TWO[7]))
    Provider.objects.filter(name=ONE[0]).update(phone="022-10000009")
    sheet = carry_out(publish_import, sheet)
    assert [row.outcome for row in sheet.rows.all()] == ["left", "written"]
    assert "核对之后有人改过“联系电话”" in sheet.rows.first().outcome_words
    Provider.objects.filter(name=TWO[0]).update(phone="022-10000008")
    sheet = carry_out(undo_import, sheet)
    assert "发布之后又有人改过“联系电话”" in sheet.rows.get(outcome="kept").outcome_words
    assert set(Provider.objects.filter(laboratory__isnull=False).values_list("phone", flat=True)) == {
        "022-10000009",
        "022-10000008",
    }


def test_a_new_laboratory_that_came_in_meanwhile_is_not_listed_twice(bring, carry_out):
    first, second = bring(ONE), bring(ONE, TWO)
    carry_out(publish_import, first)
    second = carry_out(publish_import, second)
    assert [row.outcome for row in second.rows.all()] == ["left", "written"]
    assert Laboratory.objects.count() == 2


def test_the_same_laboratory_twice_in_a_list_is_told(bring):
    twin = ("甲样例 实验室", *ONE[1:])
    sheet = bring(ONE, twin, TWO)
    assert verdicts(sheet) == ["new", "wrong", "new"]
    assert words(sheet)[1] == "与工作表“名单”第 2 行是同一家实验室（依托单位代码和名称都相同），请只留一行。"


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        (2, "911201040000000191", "校验位不符"),
        (2, 911201040000000194, "数字格式"),
        (3, "上海", "不在可选的范围内，请改为其中之一：北京、天津、河北"),
        (6, "abc<", "电话应为 11 位手机号，或带区号的号码"),
        (4, "", "新增时请填写“类型”"),
        (5, "炼金", "领域写的是“炼金”"),
        (7, "去年", "看不出是哪一天"),
        (0, "", "请填写实验室名称"),
    ],
)
def test_a_wrong_cell_is_told_at_its_row_and_hinders_no_other(bring, column, cell, sentence):
    row = [*ONE]
    row[column] = cell
    sheet = bring(row, TWO)
    assert verdicts(sheet) == ["wrong", "new"]
    assert sentence in words(sheet)[0]


def test_a_row_with_several_faults_tells_all_of_them(bring):
    row = ("丙样例实验室", "丙样例大学", CODE, "上海", "", "炼金", 45000000001, "去年")
    (words_of_row,) = words(bring(row))
    told = ("“发布日期”写的是“去年”", "地区写的是“上海”", "领域写的是“炼金”", "新增时请填写“类型”")
    assert [sentence in words_of_row for sentence in told] == [True] * 4
    rounded = [*ONE]
    rounded[2], rounded[3] = 911201040000000194, "上海"
    (words_of_row,) = words(bring(rounded))
    assert [line[:10] for line in words_of_row.split("\n")] == ["“依托单位统一社会信", "地区写的是“上海”，"]


NUMBERED = ("编号", *HEADS, "批次")


def test_a_number_finds_its_laboratory_and_a_count_of_rows_is_none(bring):
    known = make_laboratory(number="JJJ00077", host_uscc=CODE, host_name=ONE[1])
    renamed = ("JJJ00077", *ONE, "")
    sheet = bring(renamed, ("2", *TWO, ""), heads=NUMBERED)
    assert verdicts(sheet) == ["changed", "new"]
    assert sheet.rows.first().target == known.pk
    assert f"实验室名称：{known} → {ONE[0]}" in words(sheet)[0]
    assert "平台上没有编号 JJJ99999" in words(bring(("JJJ99999", *ONE, ""), heads=NUMBERED))[0]


def test_a_batch_has_one_day(bring):
    LabBatch.objects.create(number=2, published_on=dt.date(2025, 1, 1))
    rows = [("", *ONE, "第二批"), ("", *TWO[:7], "2025-01-01", "2"), ("", "丙样例实验室", *TWO[1:7], "", "9")]
    sheet = bring(*rows, heads=NUMBERED)
    assert verdicts(sheet) == ["wrong", "new", "wrong"]
    assert words(sheet)[0] == "第 2 批已于 2025-01-01 发布，表里写的是 2026-11-24，请改为同一天或留空。"
    assert words(sheet)[2] == "第 9 批还没有发布日期，请填写“发布日期”。"


def test_a_laboratory_with_its_own_desk_keeps_its_own_words(bring, world):
    known = make_laboratory(host_uscc=CODE, host_name=ONE[1], kind="national", fields=["materials", "manufacturing"])
    Provider.objects.filter(pk=known.provider_id).update(name=ONE[0], region="tianjin", unit=world.unit)
    assert verdicts(bring((*ONE[:7], ""))) == ["same"]


def test_only_who_keeps_the_catalog_publishes(bring, world):
    sheet = bring(ONE)
    with refused("R-PERM"):
        publish_import(sheet, by=world.provider_member)
    assert SheetRow.objects.filter(outcome="").count() == 1


def test_who_has_lost_his_duty_meanwhile_writes_nothing(bring, world, django_capture_on_commit_callbacks):
    sheet = bring(ONE)
    with django_capture_on_commit_callbacks() as callbacks:
        publish_import(sheet, by=world.curator)
    type(world.curator).objects.filter(pk=world.curator.pk).update(duty="")
    for callback in callbacks:
        callback()
    sheet = afresh(sheet)
    assert "没有继续" in sheet.sentence
    assert Laboratory.objects.count() == 0


def test_what_would_write_nothing_or_wrote_nothing_is_refused(bring, carry_out, world):
    first = carry_out(publish_import, bring(ONE))
    with refused("R-SHEET", "不能发布"):
        publish_import(first, by=world.curator)
    again = bring(ONE)
    assert verdicts(again) == ["same"]
    with refused("R-SHEET", "没有需要写入的行"):
        publish_import(again, by=world.curator)
    with refused("R-SHEET", "没有可以撤销的内容"):
        undo_import(again, by=world.curator)
    assert (afresh(again).stage, afresh(first).stage) == ("ready", "published")
