"""What the portal knows of its backups: each one that was tried, and until when the log is kept."""

from django.db import models
from django.urls import reverse
from django.utils import timezone


class Backup(models.Model):
    """One backup, or what was found wrong with the last ones; nothing is restored from these rows."""

    began_at = models.DateTimeField("开始时间", default=timezone.now)
    ended_at = models.DateTimeField("完成时间", default=timezone.now, db_index=True)
    name = models.CharField("名称", max_length=30, blank=True)  # of the folder; empty where none was made
    size = models.BigIntegerField("数据库字节数", default=0)
    papers = models.BigIntegerField("材料数", default=0)
    copied = models.BigIntegerField("新复制的材料字节数", default=0)
    trouble = models.TextField("问题", blank=True)  # why there is none, in a sentence
    is_alarm = models.BooleanField("提醒", default=False)  # nothing was tried: the clock found that something is old

    class Meta:
        verbose_name = verbose_name_plural = "备份记录"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.ended_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The list of all."""
        return reverse("admin:backups_backup_changelist")

    @property
    def is_whole(self) -> bool:
        """Whether it was made and checked."""
        return not self.trouble


class KeptLog(models.Model):
    """Until when every commit is kept outside the database; one row."""

    until = models.DateTimeField("日志保存到")

    class Meta:
        verbose_name = verbose_name_plural = "日志保存"

    def __str__(self) -> str:
        return f"{timezone.localtime(self.until):%Y-%m-%d %H:%M:%S}"
