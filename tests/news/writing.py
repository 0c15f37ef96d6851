"""Short words that the tests of 政策与通知 share."""

from news import services
from news.cleaning import cleaned
from news.pictures.services import add_picture
from news.tasks import make_article_picture
from tests.catalog.gallery.photos import upload
from tests.helpers import afresh

SAID = {
    "sort": "notice",
    "title": "关于年底集中兑现安排的通知",
    "number": "津科样函〔2026〕3 号",
    "issuer": "天津市科学技术局",
    "dated": None,
    "explains_id": None,
    "body": "<p>请各申请单位尽早提交。</p>",
}
ALT = "兑现申请流程图：提交、形式审查、专家评审"
NAMED = "<p>流程如下：</p><p>[图片1]</p>"
TYPED = {name: SAID[name] for name in ("sort", "title", "number", "issuer", "body")}


def drafted(world, **said):
    """A draft of the city's."""
    more = {"body": cleaned(said.pop("body"))} if "body" in said else {}
    return services.keep_article(None, SAID | said | more, by=world.municipal)


def shown(world, **said):
    """One that everybody reads."""
    return services.publish(drafted(world, **said), at=None, by=world.municipal)


def withdrawn(world, **said):
    return services.withdraw(shown(world, **said), why="内容有误，以新发布的为准。", by=world.municipal)


def steps(article):
    return list(article.events.order_by("sequence").values_list("step", flat=True))


def added(article, world, alt=ALT, **how):
    """A picture of the article whose sizes are made."""
    picture = add_picture(article, upload("流程.jpg", **how), alt=alt, by=world.municipal)
    make_article_picture(picture.pk)
    return afresh(picture)


def with_picture(world, make=shown):
    """An article of this kind whose text names its picture."""
    article = drafted(world)
    picture = added(article, world)
    services.keep_article(article, SAID | {"body": cleaned(NAMED)}, by=world.municipal)
    if make is not drafted:
        services.publish(article, at=None, by=world.municipal)
    if make is withdrawn:
        services.withdraw(article, why="内容有误。", by=world.municipal)
    return afresh(article), picture
