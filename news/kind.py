"""What the trail calls the acts on an article."""

from news.models import Article
from records.kinds import Kind, kind_of


@kind_of(Article)
class ArticleKind(Kind):
    """政策与通知."""

    page = "article_detail"
    steps = {
        "article_kept": "保存文章",
        "article_published": "发布文章",
        "article_held_back": "取消定时发布",
        "article_pinned": "置顶文章",
        "article_unpinned": "取消置顶",
        "article_dropped": "删除文章草稿",
        "article_withdrawn": "撤回文章",
        "article_file_added": "添加附件",
        "article_file_removed": "移除附件",
        "article_picture_added": "添加图片",
        "article_picture_described": "修改图片说明",
        "article_picture_removed": "移除图片",
    }
