"""What was typed into a form that could not be taken, because the person had to say first who he is."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone

HOURS = 24  # for which it is kept


def random_key() -> str:
    """A key that nobody guesses."""
    return secrets.token_urlsafe(32)


class KeptForm(models.Model):
    """The fields of one POST, for its person in the same browser; never sent by itself, gone after HOURS."""

    key = models.CharField("随机编号", max_length=64, unique=True, default=random_key)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="kept_forms", verbose_name="用户")
    browser = models.CharField("浏览器摘要", max_length=64)
    path = models.TextField("提交地址")
    back = models.TextField("事项页面")
    fields = models.JSONField("填写的内容")  # [[name, value], …] in their order
    files = models.JSONField("所选附件的名称")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "保留的填写内容"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["user", "-at"]), models.Index(fields=["at"]))

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.path}"

    @staticmethod
    def oldest() -> dt.datetime:
        """What was kept before this moment is gone."""
        return timezone.now() - dt.timedelta(hours=HOURS)


class FormDraft(models.Model):
    """What one person has typed into one form and not sent yet, as it was saved last; nobody's work but his own."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name="用户")
    form = models.CharField("表单", max_length=200)  # its address, and the number of the case that several write
    fields = models.JSONField("填写的内容")  # [[name, value], …]
    at = models.DateTimeField("保存时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "自动保存的内容"
        ordering = ("-at", "-pk")
        constraints = (models.UniqueConstraint(fields=["form", "user"], name="draft_one_per_person_and_form"),)
        indexes = (models.Index(fields=["at"]),)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M} {self.form}"
