"""Verbs of 政策与通知: write, attach, publish now or later, pin, take back. Each leaves a line in the trail."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from news.cleaning import plain, searched
from news.models import Article, Attachment
from news.permissions import check_writer
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken, StaleCase
from records.services import keep_with, let_go
from records.steps import write
from records.uploads import store_papers, unsaved_paper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.files.base import File

MOST_FILES = 10
PURPOSE = "文章附件"
NEVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # of a draft that was thrown away: taken back before it was there
DROPPED = "草稿已删除，没有发布过。"
NOT_A_DRAFT = "R-NEWS", "只有草稿可以删除。已经发布的请撤回；定时发布的请先取消定时。"
GONE = "R-NEWS", "这篇文章已经撤回，不能再修改或发布。需要的，请起草一篇新的。"
PAST = "R-NEWS", "发布时间已经过去，请改为以后的时间，或者选择立即发布。"
SHOWN = "R-NEWS", "这篇文章已经发布，不能再改发布时间。"
NOT_SHOWN = "R-NEWS", "这篇文章还没有发布，不需要撤回；可以直接修改。"
TOO_MANY = "R-NEWS", f"一篇文章最多 {MOST_FILES} 个附件，请先移除不需要的。"


def hold_article(article: Article, *, seen: int | None = None) -> Article:
    """Hold it; RuleBroken where it was taken back, StaleCase where it is another version than the one that was seen."""
    held = hold_row(Article.objects.all(), article.pk)
    if seen is not None and held.version != seen:
        raise StaleCase
    if held.is_withdrawn:
        raise RuleBroken(*GONE)
    return held


@door
def keep_article(article: Article | None, said: dict[str, Any], *, by: Person, seen: int | None = None) -> Article:
    """Write a new draft, or change an article; said: its fields with the cleaned text. What is shown changes at once."""
    office = check_writer(by)
    kept = hold_article(article, seen=seen) if article else Article(by=by, office=office.name)
    for name, value in said.items():
        setattr(kept, name, value)
    kept.document = searched(f"{kept.title} {kept.number}", kept.issuer, "", plain(kept.body))
    if kept.is_shown:
        kept.revised_at = timezone.now()
    kept.version += 1 if article else 0
    kept.save()
    act = ("修改已发布的文章" if kept.is_shown else "修改") if article else "起草"
    write(kept, "article_kept", by=by, text=f"{act}：{kept.title}", office=office.name)
    return kept


@door
def drop_article(article: Article, *, by: Person) -> Article:
    """Throw a draft away with its papers; the row stays for its trail, and no list has it any more."""
    office, kept = check_writer(by), hold_article(article)
    if not kept.is_draft:
        raise RuleBroken(*NOT_A_DRAFT)
    kept.shown_from, kept.withdrawn_at, kept.withdrawn_why, kept.is_pinned = NEVER, timezone.now(), DROPPED, False
    kept.save(update_fields=["shown_from", "withdrawn_at", "withdrawn_why", "is_pinned"])
    papers = [attachment.paper for attachment in kept.attachments.select_related("paper")]
    kept.attachments.all().delete()
    for paper in papers:
        let_go(paper)
    write(kept, "article_dropped", by=by, text=f"删除草稿：{kept.title}", office=office.name)
    return kept


@door
def publish(article: Article, *, at: dt.datetime | None, by: Person) -> Article:
    """Show it to everybody now, or from `at` on. RuleBroken for a time that is over, and for what is shown already."""
    office, kept, now = check_writer(by), hold_article(article), timezone.now()
    if kept.is_shown:
        raise RuleBroken(*SHOWN)
    if at is not None and at <= now:
        raise RuleBroken(*PAST)
    kept.shown_from = at or now
    kept.version += 1  # who has the draft open meanwhile would write into what everybody reads
    kept.save(update_fields=["shown_from", "version"])
    moment = f"{timezone.localtime(kept.shown_from):%Y-%m-%d %H:%M}"
    write(kept, "article_published", by=by, text=f"发布，{moment} 起对所有人可见", office=office.name)
    return kept


@door
def hold_back(article: Article, *, by: Person) -> Article:
    """Make a draft again of what still waits for its time."""
    office, kept = check_writer(by), hold_article(article)
    if not kept.is_waiting:
        raise RuleBroken(*SHOWN)
    kept.shown_from = None
    kept.save(update_fields=["shown_from"])
    write(kept, "article_held_back", by=by, text="取消定时发布，改回草稿", office=office.name)
    return kept


@door
def pin(article: Article, *, on: bool, by: Person) -> Article:
    """Let it stand first in the lists, or no longer; the second time nothing happens."""
    office, kept = check_writer(by), hold_article(article)
    if kept.is_pinned != on:
        kept.is_pinned = on
        kept.save(update_fields=["is_pinned"])
        step, text = ("article_pinned", "置顶") if on else ("article_unpinned", "取消置顶")
        write(kept, step, by=by, text=text, office=office.name)
    return kept


@door
def withdraw(article: Article, *, why: str, by: Person) -> Article:
    """Take back what is shown: its address says from now on that it was, when and why."""
    office, kept = check_writer(by), hold_article(article)
    if not kept.is_shown:
        raise RuleBroken(*NOT_SHOWN)
    kept.withdrawn_at, kept.withdrawn_why, kept.is_pinned = timezone.now(), why, False
    kept.save(update_fields=["withdrawn_at", "withdrawn_why", "is_pinned"])
    write(kept, "article_withdrawn", by=by, text=f"撤回：{why}", office=office.name)
    return kept


@door
def add_files(article: Article, files: "Sequence[File[Any]]", *, by: Person) -> Article:
    """Keep papers beside it, which its form has judged; RuleBroken for too many."""
    office, kept = check_writer(by), hold_article(article)
    if kept.attachments.count() + len(files) > MOST_FILES:
        raise RuleBroken(*TOO_MANY)
    papers = [unsaved_paper(file, by=by) for file in files]
    store_papers(papers)
    Attachment.objects.bulk_create(Attachment(article=kept, paper=paper) for paper in papers)
    for paper in papers:
        keep_with(kept, paper, PURPOSE)
    names = "、".join(paper.name for paper in papers)
    write(kept, "article_file_added", by=by, text=f"添加附件：{names}", office=office.name, attachments=papers)
    return kept


@door
def remove_file(attachment: Attachment, *, by: Person) -> Article:
    """Take a paper away from it."""
    office, kept = check_writer(by), hold_article(attachment.article)
    paper = attachment.paper
    attachment.delete()
    let_go(paper)
    write(kept, "article_file_removed", by=by, text=f"移除附件：{paper.name}", office=office.name)
    return kept
