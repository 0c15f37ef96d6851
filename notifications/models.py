"""A notice is a row of the same transaction as the event that it tells; it leaves by its channels after the commit."""

import datetime as dt

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from notifications.announcements import Announcement
from records.people import Person

__all__ = ["Announcement", "Channel", "Delivery", "Notice"]


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
    case_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, verbose_name="事项类别", related_name="+"
    )
    case_id = models.BigIntegerField("事项", null=True, blank=True)  # the case of whose move it tells, with its type
    at = models.DateTimeField("时间", default=timezone.now)
    read_at = models.DateTimeField("阅读时间", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["recipient", "-at"]),
            models.Index(fields=["recipient"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["case_type", "case_id", "-at"], condition=~models.Q(case_id=None), name="notice_of_case"
            ),
        )

    def __str__(self) -> str:
        return self.subject

    @property
    def delivered_at(self) -> dt.datetime | None:
        """When it reached its recipient: taken by a channel or opened in the portal, whichever was earlier.

        Reads the deliveries that were fetched with it.
        """
        moments = [self.read_at, *(row.sent_at for row in self.deliveries.all())]
        return min((moment for moment in moments if moment), default=None)


PAUSES = tuple(  # from a try to the next one: two days in all, then the next channel has it
    dt.timedelta(minutes=minutes) for minutes in (5, 30, 2 * 60, 5 * 60, 9 * 60, 12 * 60, 19 * 60 + 25)
)
MOST_TRIES = len(PAUSES) + 1
LEASE = dt.timedelta(minutes=5)  # for which a worker has what it took; afterwards its worker is held to be dead


class Channel(models.TextChoices):
    """How a message leaves, beside standing in the portal."""

    MAIL = "mail", "邮件"
    SMS = "sms", "短信"
    WECHAT = "wechat", "微信"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """How messages that wait are found: the table is the queue."""

    def waiting(self) -> "DeliveryQuerySet":
        """Neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def unreached(self) -> "DeliveryQuerySet":
        """The last ways of messages that nobody has got: each way has failed, and they were not opened in the portal."""
        others = self.model._default_manager.filter(notice=models.OuterRef("notice"))
        later = others.filter(models.Q(failed_at=None) | models.Q(pk__gt=models.OuterRef("pk")))
        return self.failed().filter(~models.Exists(later), notice__read_at=None)

    def failed(self) -> "DeliveryQuerySet":
        """Undeliverable on this channel."""
        return self.exclude(failed_at=None)

    def sent(self) -> "DeliveryQuerySet":
        """Taken by the channel."""
        return self.exclude(sent_at=None)

    def over(self, channel: str) -> "DeliveryQuerySet":
        """What waits on the channel and is not, or no longer, in the hands of a worker; the longest due first."""
        return self.waiting().filter(channel=channel, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def due(self, channel: str) -> "DeliveryQuerySet":
        """What may be sent now: it has a try left, and has certainly not left before."""
        return self.over(channel).filter(begun_at=None, tries__lt=MOST_TRIES)

    def cut_short(self, channel: str) -> "DeliveryQuerySet":
        """What a worker had begun to send when it died, and what has cost its last one."""
        return self.over(channel).filter(models.Q(tries__gte=MOST_TRIES) | ~models.Q(begun_at=None))


class Delivery(models.Model):
    """The sending of one notice on one channel: once, whatever dies.

    begun_at is kept before the first word that the other side may take for the message, and cleared only where it is
    certain that nothing was taken: a row that has it is never sent again.
    """

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="deliveries", verbose_name="消息")
    channel = models.CharField("方式", max_length=10, choices=Channel, default=Channel.MAIL)
    address = models.CharField("地址", max_length=254)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("下次尝试", default=timezone.now)
    begun_at = models.DateTimeField("交出时间", null=True, blank=True)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    failed_at = models.DateTimeField("停止时间", null=True, blank=True)
    problem = models.CharField("失败原因", max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息投递"
        constraints = (
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_a_channel"),
            models.CheckConstraint(
                condition=models.Q(sent_at=None) | models.Q(failed_at=None), name="delivery_sent_or_failed"
            ),
        )
        indexes = (
            models.Index(
                fields=["channel", "due_at", "id"],
                condition=models.Q(sent_at=None, failed_at=None),
                name="delivery_due",
            ),
            models.Index(fields=["-due_at", "-id"], condition=models.Q(sent_at=None), name="delivery_unsent"),
        )

    def __str__(self) -> str:
        return self.address

    @property
    def is_waiting(self) -> bool:
        """Whether it will be tried again."""
        return self.sent_at is None and self.failed_at is None


class MessageSettings(models.Model):
    """What a person has chosen in 消息设置; without a row everything stands as notifications/matters.py says."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="用户", related_name="message_settings"
    )
    chosen = models.JSONField("选择", default=dict, blank=True)  # Matter.key → whether it is wanted, where not as usual
    quiet_from = models.PositiveSmallIntegerField("免打扰开始", null=True, blank=True)  # hour of the evening
    quiet_until = models.PositiveSmallIntegerField("免打扰结束", null=True, blank=True)  # hour of the morning
    digested_at = models.DateTimeField("上次汇总时间", null=True, blank=True)  # of the digest that was last looked at

    class Meta:
        verbose_name = verbose_name_plural = "消息设置"

    def __str__(self) -> str:
        return str(self.person)
