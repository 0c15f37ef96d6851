"""Short words that the tests of 政策与通知 share."""

from news import services
from news.cleaning import cleaned

SAID = {
    "sort": "notice",
    "title": "关于年底集中兑现安排的通知",
    "number": "津科样函〔2026〕3 号",
    "issuer": "天津市科学技术局",
    "dated": None,
    "explains_id": None,
    "body": "<p>请各申请单位尽早提交。</p>",
}
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
