"""How the text of an article names its pictures, and what a page draws in their place.

The text holds words alone, `[图片1]` in a paragraph of its own: no address and no markup of a picture can be typed or pasted into it.
"""

import re
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.models.gallery import fitted
from news.cleaning import NAMED
from news.models import Article, ArticlePicture
from records.pictures.sizes import LARGE, PAGE

ALONE = re.compile(rf"<p>(?:\s|&nbsp;)*{NAMED.pattern}(?:\s|&nbsp;)*</p>")
UNKNOWN = "正文里写了“[图片{}]”，但这篇文章没有这张图片。请先在文章页上传，或者从正文里去掉它。"
NOT_ALONE = "“[图片{}]”要单独成一段，前后不能有别的字，否则图片显示不出来。请在它前后各按一次回车。"


def named_in(body: str) -> list[int]:
    """The numbers of the pictures that the text names, each once."""
    return list(dict.fromkeys(int(number) for number in NAMED.findall(body)))


def objection_to(body: str, numbers: Iterable[int]) -> str:
    """What is wrong with the pictures that the text names, where the article has these; "" where nothing is."""
    known = set(numbers)
    for number in named_in(body):
        if number not in known:
            return UNKNOWN.format(number)
    left = NAMED.search(ALONE.sub("", body))
    return NOT_ALONE.format(left[1]) if left else ""


def text_of(article: Article, pictures: Iterable[ArticlePicture] | None = None, *, desk: bool = False) -> SafeString:
    """The cleaned text with its pictures, which are asked for where none are given and the text names some.

    desk: says where one is still to come, which readers are not shown.
    """
    if not NAMED.search(article.body):
        return SafeString(article.body)
    known = {picture.number: picture for picture in pictures or article.pictures.all()}
    return SafeString(ALONE.sub(lambda found: drawn(int(found[1]), known, desk=desk), article.body))


def drawn(number: int, known: Mapping[int, ArticlePicture], *, desk: bool) -> str:
    """The picture of this number; nothing for readers while there is none."""
    picture = known.get(number)
    if picture is not None and picture.made_at:
        width, height = fitted(picture.width, picture.height, PAGE)
        return format_html(
            '<figure class="article-picture"><a href="{}"><img src="{}" width="{}" height="{}" alt="{}" loading="lazy"></a></figure>',
            address_of(picture, LARGE),
            address_of(picture, PAGE),
            width,
            height,
            picture.alt,
        )
    if not desk:
        return ""
    standing = picture.get_trouble_display() if picture else "已经移除"
    return format_html('<p class="article-picture-wait">图片{}：{}</p>', number, standing or "正在生成，几秒后刷新可见")


def address_of(picture: ArticlePicture, size: str) -> str:
    """Where a browser takes it from."""
    return reverse("article_picture", args=[size, picture.key])
