"""What the demo's portal has published under 政策与通知."""

import tomllib
from pathlib import Path
from typing import Any

from news.cleaning import cleaned
from news.models import Article
from news.services import keep_article, pin, publish
from tten.demo.cases import DemoCast

TEXTS = Path(__file__).with_suffix(".toml")
CITY = "天津市科学技术局"


def tell_news(cast: DemoCast) -> None:
    """Publish them, each on its day; a reading explains the document before it."""
    document = None
    for row in tomllib.loads(TEXTS.read_text())["article"]:
        with cast.began(row["days"]) as cast.traveller:
            article = told(cast, row, document)
        document = article if article.sort == Article.Sort.POLICY else document


def told(cast: DemoCast, row: dict[str, Any], document: Article | None) -> Article:
    """Write and publish one in the name of 市科技局."""
    said = {name: row[name] for name in ("sort", "title")}
    said |= {"number": row.get("number", ""), "issuer": CITY, "body": cleaned(row["body"])}
    if row["sort"] == Article.Sort.READING and document:
        said["explains_id"] = document.pk
    article = publish(keep_article(None, said, by=cast.people["municipal"]), at=None, by=cast.people["municipal"])
    return pin(article, on=True, by=cast.people["municipal"]) if row.get("pinned") else article
