"""A list of laboratories comes in, is published and taken back, by a curator at a browser."""

import datetime as dt

import pytest

from catalog.models import Laboratory, LabShelf
from tests.catalog.sheets import ugly
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_list_comes_in_and_goes_back(stage):
    World()
    wrong = ("丙样例实验室", *ugly.ONE[1:2], 911201040000000194, *ugly.ONE[3:])
    file = stage.paper("第三批名单.xlsx", ugly.table(ugly.HEADS, ugly.ONE, ugly.TWO, wrong))
    curator = stage.staff("curator").go("/center/")
    curator.page.get_by_role("link", name="表格导入").first.click()
    curator.sees("还没有导入过表格").look("表格导入")
    curator.press("导入开放实验室", role="link").look("导入开放实验室")
    curator.fill(file=file, batch=3, published_on=dt.date(2026, 11, 24).isoformat()).press("上传并核对")
    curator.sees("发布后新增 2 行、变更 0 行。有问题的 1 行不写入", "只保留前 15 位").look("核对")
    assert not Laboratory.objects.exists()
    curator.press("发布 2 行").sees("已写入").look("发布之后")
    assert LabShelf.objects.listed().count() == 2
    curator.go("/labs/").sees("甲样例实验室", "乙样例实验室")
    curator.page.go_back()
    curator.press("撤销整批", role="link").look("撤销整批")
    curator.press("确认撤销").sees("已撤销")
    assert not Laboratory.objects.exists()
