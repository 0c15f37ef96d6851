"""通知公告 in a browser: written, looked at, sent, read; each page at either width."""

import pytest
from django.urls import reverse

from notifications.models import Announcement
from tests.browser.test_typed import shoot
from tests.factories import World
from tten.announcing import work
from tten.announcing.addresses import address_of, desk_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "请在 12 月 20 日前提交兑现申请。\n办理说明：https://example.com/guide"


def test_an_announcement_is_written_sent_and_read(stage):
    World()
    city = stage.staff("municipal").go(reverse("announcement_new"))
    shoot(city, "announcement-new")
    city.look("起草").fill(title="年底集中兑现安排", words=WORDS, side="applicant")
    city.press("保存并核对收件单位").sees("海河样例科技有限公司", "确认后不能再修改")
    shoot(city, "announcement-draft")
    city.look("核对").page.once("dialog", lambda dialog: dialog.accept())
    city.press("确认发送").sees("已确认，正在后台发送，可以离开本页。")
    made = Announcement.objects.get()
    if made.is_at_work:
        work.carry_on(made.pk)
    city.go(desk_of(made)).sees("已发送", "操作留痕")
    shoot(city, "announcement-sent")
    city.look("结果").go(reverse("announcement_list")).sees("年底集中兑现安排")
    shoot(city, "announcement-list")
    city.look("列表")
    firm = stage.staff("applicant").go(address_of(made))
    shoot(firm, "announcement-read")
    link = firm.look("公告").page.get_by_role("link", name="https://example.com/guide", exact=True)
    assert link.get_attribute("href") == "https://example.com/guide"
