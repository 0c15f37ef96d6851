"""How a reviewer has set up his lists stands in the copy of his data."""

import pytest

from reviews.models import ListColumns, Phrase, SavedView
from tests.accounts.test_my_data import made, opened

pytestmark = pytest.mark.django_db


def test_the_copy_of_a_reviewer_holds_how_he_has_set_up_his_lists(world, django_capture_on_commit_callbacks):
    SavedView.objects.create(user=world.body, name="大额", page="turn_list", query="amount=10-")
    SavedView.objects.create(user=world.district, name="别人的视图", page="turn_list")
    ListColumns.objects.create(user=world.body, page="turn_done_list", columns=["amount", "number"])
    Phrase.objects.create(owner=world.body, title="缺合同", text="请补充合同。")
    data, _ = opened(made(world.body, django_capture_on_commit_callbacks))
    kept = data["审核工作台的设置"]
    assert [(row["名称"], row["列表"], row["条件"]) for row in kept["我的视图"]] == [("大额", "待办", "amount=10-")]
    assert kept["列表的列"] == [{"列表": "已办", "列": ["编号", "金额"]}]
    assert [row["内容"] for row in kept["常用语"]] == ["请补充合同。"]
