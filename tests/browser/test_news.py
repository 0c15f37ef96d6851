"""政策与通知 in a browser: written in the editor, published, read, taken back; each page at either width."""

import pytest
from django.urls import reverse

from news.models import Article
from tests.browser.test_typed import shoot
from tests.factories import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BOX = "[role=textbox].ProseMirror"
PASTED = '<p class="MsoNormal"><b>一、总则</b></p><table><tr><td style="color:red">环节</td></tr></table><h1>附则</h1>'
PASTE = """(html) => {
  const brought = new DataTransfer();
  brought.setData("text/html", html);
  document.querySelector("[role=textbox].ProseMirror").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: brought, bubbles: true }));
}"""


def test_an_article_is_written_published_read_and_taken_back(stage):
    World()
    city = stage.staff("municipal").go(reverse("article_new"))
    city.page.wait_for_selector(BOX)
    shoot(city, "article-new")
    city.look("起草").fill(sort="notice", title="年底集中兑现安排")
    city.page.click(BOX)
    city.page.keyboard.type("请尽早提交。")
    city.page.keyboard.press("Enter")
    city.page.evaluate(PASTE, PASTED)
    city.press("保存并核对").sees("操作留痕")
    assert city.page.inner_html(".article-text").strip() == (
        "<p>请尽早提交。</p><p><strong>一、总则</strong></p><table><tbody><tr><td><p>环节</p></td></tr></tbody></table><h2>附则</h2>"
    )
    shoot(city, "article-draft")
    city.look("核对").page.once("dialog", lambda dialog: dialog.accept())
    city.press("发布").sees("已发布，所有人都能看到。")
    made = Article.objects.get()
    reader = stage.enter("visitor").go(reverse("article_list")).sees("年底集中兑现安排")
    shoot(reader, "article-list")
    reader.look("列表").go(made.get_absolute_url()).sees("一、总则")
    shoot(reader, "article-read")
    reader.look("正文")
    city.page.click("summary:has-text('撤回')")
    city.fill(why="内容有误，以新发布的为准。").page.once("dialog", lambda dialog: dialog.accept())
    city.page.get_by_role("button", name="撤回", exact=True).click()
    city.sees("已撤回，打开原网址的人会看到撤回时间和原因。")
    shoot(city, "article-withdrawn")
    city.look("撤回").sees("本文已于", "内容有误，以新发布的为准。")
