"""提交回执: what was handed in, when and by whom, kept for good."""

import datetime as dt

from django.db import models
from django.urls import reverse
from django.utils import timezone

from records.models import Event


class SubmissionReceipt(models.Model):
    """The receipt of one submission, one for each round; it hangs on the line of the trail that the submission wrote."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="receipt", verbose_name="提交")
    number = models.CharField("回执编号", max_length=40, unique=True)
    digest = models.CharField("内容校验码", max_length=64)  # SHA-256 over `content`
    content = models.JSONField("提交内容")  # as reviews.receipts.content_of writes it
    title = models.CharField("事项", max_length=200)
    kind = models.CharField("类别", max_length=40)
    unit = models.CharField("提交单位", max_length=200)
    following = models.TextField("接下来")

    class Meta:
        verbose_name = verbose_name_plural = "提交回执"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The receipt as a paper."""
        return reverse("receipt_print", args=[self.number])

    @property
    def files(self) -> list[dict[str, str]]:
        """[{name, sha256; received where that was another}] of the papers handed in."""
        files: list[dict[str, str]] = self.content["files"]
        return files

    @property
    def at(self) -> dt.datetime:
        """When it was handed in."""
        return self.event.at

    @property
    def in_words(self) -> str:
        """The receipt as a message holds it."""
        files = [f"{number}. {file_words(file)}" for number, file in enumerate(self.files, start=1)]
        lines = [
            f"提交回执 {self.number}",
            f"提交时间：{timezone.localtime(self.at):%Y-%m-%d %H:%M:%S}",
            f"内容校验码（SHA-256）：{self.digest}",
            *(["附件及校验码：", *files] if files else ["附件：无"]),
            f"接下来：{self.following}",
        ]
        return "\n".join(lines)


def file_words(file: dict[str, str]) -> str:
    """A paper with its hash; with that of what came, where a photograph's position was taken out."""
    came = f"；收到时 {file['received']}" if "received" in file else ""
    return f"{file['name']}（{file['sha256']}{came}）"
