"""A notice is a row of the same transaction as the event that it tells; its mail is sent after the commit."""

import datetime as dt

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


QUEUED = dt.timedelta(minutes=2)  # for which a new mail is left to the queue that it was handed to
PAUSES = tuple(  # from a try to the next one: a mail server may be away for days
    dt.timedelta(minutes=minutes) for minutes in (5, 30, 2 * 60, 6 * 60, 12 * 60, 24 * 60, 48 * 60)
)
MOST_TRIES = len(PAUSES) + 1


def from_now_on() -> dt.datetime:
    """When a sweep may take up a mail that is written now."""
    return timezone.now() + QUEUED


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """How mails that wait are found."""

    def waiting(self) -> "DeliveryQuerySet":
        """Not sent, and not given up."""
        return self.filter(sent_at=None, tries__lt=MOST_TRIES)

    def failed(self) -> "DeliveryQuerySet":
        """Given up after the last try."""
        return self.filter(sent_at=None, tries__gte=MOST_TRIES)

    def sent(self) -> "DeliveryQuerySet":
        """Taken by the mail server."""
        return self.exclude(sent_at=None)

    def due(self) -> "DeliveryQuerySet":
        """What no queue holds any more and whose pause is over, the longest due first."""
        return self.waiting().filter(due_at__lte=timezone.now()).order_by("due_at", "pk")


class Delivery(models.Model):
    """The sending of one notice by mail; `sent_at` says that it has left, so that a second try sends nothing."""

    notice = models.OneToOneField(Notice, models.CASCADE, related_name="delivery", verbose_name="消息")
    address = models.EmailField("地址")
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("下次尝试", default=from_now_on)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    problem = models.CharField("失败原因", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "邮件投递"
        indexes = (models.Index(fields=["due_at", "id"], condition=models.Q(sent_at=None), name="delivery_due"),)

    def __str__(self) -> str:
        return self.address

    @property
    def is_waiting(self) -> bool:
        """Whether it will be tried again."""
        return self.sent_at is None and self.tries < MOST_TRIES
