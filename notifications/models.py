"""A notice is a row of the same transaction as the event that it tells; its mail is sent after the commit."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from records.people import Person


class NoticeQuerySet(models.QuerySet["Notice"]):
    """How notices are read."""

    def visible_to(self, user: Person) -> "NoticeQuerySet":
        """A notice is its recipient's alone."""
        return self.filter(recipient=user)

    def unread(self) -> "NoticeQuerySet":
        """Not opened yet."""
        return self.filter(read_at=None)


class Notice(models.Model):
    """One message to one person."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="收件人", related_name="notices"
    )
    kind = models.CharField("类别", max_length=60)
    subject = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    url = models.CharField("链接", max_length=200, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["recipient", "-at"]),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"),
        )

    def __str__(self) -> str:
        return self.subject


class Delivery(models.Model):
    """The sending of one notice by mail; `sent_at` says that it has left, so that a second try sends nothing."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="delivery", verbose_name="消息")
    address = models.EmailField("地址")
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "邮件投递"
        indexes = (models.Index(fields=["id"], condition=models.Q(sent_at=None), name="delivery_waiting"),)

    def __str__(self) -> str:
        return self.address
