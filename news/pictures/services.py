"""Verbs of pictures in an article: add, describe, remove. Each leaves a line in the trail of the article."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from catalog.gallery.making import forget_made
from catalog.models.gallery import key_of
from news.models import Article, ArticlePicture
from news.permissions import check_writer
from news.pictures.naming import named_in
from news.services import hold_article
from news.tasks import make_article_picture
from records.doors import door
from records.people import Person
from records.queue import after_commit
from records.rules import RuleBroken
from records.services import keep_beside, let_go
from records.steps import write
from records.uploads import store_papers, unsaved_paper

if TYPE_CHECKING:
    from django.core.files.base import File

KINDS = ("jpg", "png")
MOST_PICTURES = 20
PURPOSE = "文章图片"
TOO_MANY = "R-NEWS", f"一篇文章最多 {MOST_PICTURES} 张图片，请先移除不用的。"


@door
def add_picture(article: Article, file: "File[Any]", *, alt: str, by: Person) -> ArticlePicture:
    """Keep a picture, which its form has judged; what everybody sees of it is made after the commit."""
    office, kept = check_writer(by), hold_article(article)
    if kept.pictures.count() >= MOST_PICTURES:
        raise RuleBroken(*TOO_MANY)
    paper = unsaved_paper(file, by=by, kinds=KINDS)
    store_papers([paper])
    last = kept.pictures.aggregate(last=Max("number"))["last"] or 0
    picture = ArticlePicture.objects.create(article=kept, number=last + 1, paper=paper, key=key_of(paper), alt=alt)
    keep_beside({paper: picture}, PURPOSE)
    after_commit(make_article_picture, picture.pk)
    write(kept, "article_picture_added", by=by, text=f"{picture.token} {alt}", office=office.name, attachments=[paper])
    return picture


@door
def describe_picture(picture: ArticlePicture, *, alt: str, by: Person) -> ArticlePicture:
    """Let other words stand for it, at once where the article is shown; the same words change nothing."""
    office, kept = check_writer(by), hold_article(picture.article)
    now = found_in(kept, picture)
    if now.alt != alt:
        now.alt = alt
        now.save(update_fields=["alt"])
        note_change(kept)
        write(kept, "article_picture_described", by=by, text=f"{now.token} {alt}", office=office.name)
    return now


@door
def remove_picture(picture: ArticlePicture, *, by: Person) -> Article:
    """Take it away with all that was made of it; RuleBroken while the text names it."""
    office, kept = check_writer(by), hold_article(picture.article)
    picture = found_in(kept, picture)
    if picture.number in named_in(kept.body):
        raise RuleBroken("R-NEWS", f"正文里还有“{picture.token}”，没有移除。请先修改文章，从正文里去掉它。")
    paper = picture.paper
    picture.delete()
    let_go(paper)
    transaction.on_commit(partial(forget_made, picture.key))
    write(kept, "article_picture_removed", by=by, text=f"{picture.token} {picture.alt}", office=office.name)
    return kept


def found_in(article: Article, picture: ArticlePicture) -> ArticlePicture:
    """The picture as it stands now, of an article that is held; RuleBroken where somebody has removed it."""
    now = article.pictures.select_related("paper").filter(pk=picture.pk).first()
    if now is None:
        raise RuleBroken("R-GONE", "这张图片刚才已经被移除，没有再改动它。")
    return now


def note_change(article: Article) -> None:
    """Say at the article that it was changed after it was shown."""
    if article.is_shown:
        article.revised_at = timezone.now()
        article.save(update_fields=["revised_at"])
