"""People, what they agreed to, and what was told them of themselves."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.querysets import CLOCK, UserManager
from records.models import Trailed
from ui.pinyin import PinyinField, SortedByName


class Duty(models.TextChoices):
    """What an administrator of the portal keeps; one person has one duty, so that nobody audits himself (domain.md §4)."""

    ACCOUNTS = "accounts", "帐号管理"
    CATALOG = "catalog", "目录管理"
    AUDIT = "audit", "审计"


class User(SortedByName, Trailed, AbstractUser):
    """A person; signs in by user name, phone number or WeChat."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=60, blank=True)
    name_key = PinyinField("拼音", person=True)
    phone = models.CharField("手机号", max_length=11, unique=True, null=True, blank=True)
    phone_verified_at = models.DateTimeField("手机号验证时间", null=True, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    email_verified_at = models.DateTimeField("邮箱验证时间", null=True, blank=True)
    phone_failed_at = models.DateTimeField("手机号停用时间", null=True, blank=True)  # the gateway takes no text for it
    email_failed_at = models.DateTimeField("邮箱退信时间", null=True, blank=True)  # its server knows no such address
    duty = models.CharField("管理职责", max_length=10, choices=Duty, blank=True)
    acting_for = models.ForeignKey(
        "accounts.Unit", models.SET_NULL, null=True, blank=True, verbose_name="当前单位", related_name="+"
    )
    mall_look = models.CharField(
        "科淘平台显示方式", max_length=5, blank=True, default="", db_default="", editable=False
    )  # one of catalog.mall.own.look.LOOKS, or none chosen yet
    deletion_asked_at = models.DateTimeField("申请注销时间", null=True, blank=True)
    deleted_at = models.DateTimeField("注销时间", null=True, blank=True)

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = verbose_name_plural = "用户"
        constraints = (
            models.CheckConstraint(
                condition=~Q(duty="audit") | Q(is_superuser=False), name="user_audits_or_administers"
            ),
        )

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The person's name."""
        return str(self)

    def get_short_name(self) -> str:
        """The person's name."""
        return str(self)

    @property
    def proved_email(self) -> str:
        """The mail address, once a code has proved that it is the person's; else empty."""
        return self.email if self.email_verified_at else ""

    @property
    def proved_phone(self) -> str:
        """The phone number, once a code has proved that it is the person's; else empty."""
        return (self.phone or "") if self.phone_verified_at else ""

    @property
    def failed_email(self) -> str:
        """The mail address that takes nothing any more, until it is proved anew; else empty."""
        proved, failed = self.email_verified_at, self.email_failed_at
        return self.email if proved and failed and failed > proved else ""

    @property
    def failed_phone(self) -> str:
        """The phone number that takes nothing any more, until it is proved anew; else empty."""
        proved, failed = self.phone_verified_at, self.phone_failed_at
        return (self.phone or "") if proved and failed and failed > proved else ""

    @property
    def is_clock(self) -> bool:
        """Whether this is the system itself."""
        return self.username == CLOCK


class Consent(models.Model):
    """That a person agreed to a version of 服务协议 and 隐私声明."""

    user = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name="用户")
    version = models.CharField("版本", max_length=20)
    at = models.DateTimeField("同意时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "同意记录"
        ordering = ("-at",)
        constraints = (models.UniqueConstraint(fields=["user", "version"], name="consent_once_per_version"),)

    def __str__(self) -> str:
        return self.version


class DataExport(models.Model):
    """A copy of everything that the portal holds of a person, made for him and kept for some days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="data_exports", verbose_name="用户")
    asked_at = models.DateTimeField("申请时间", default=timezone.now)
    done = models.PositiveIntegerField("已完成项", default=0)
    total = models.PositiveIntegerField("总项数", default=0)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)  # a worker that is at it says so again and again
    ready_at = models.DateTimeField("完成时间", null=True, blank=True)
    failed_at = models.DateTimeField("失败时间", null=True, blank=True)
    expires_at = models.DateTimeField("保留至", null=True, blank=True)
    file = models.FileField("文件", upload_to="exports", max_length=100, blank=True)
    size = models.PositiveBigIntegerField("大小（字节）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "个人数据导出"
        ordering = ("-asked_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["user"], condition=Q(ready_at=None, failed_at=None), name="data_export_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} {self.asked_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """我的数据, where it is fetched."""
        return reverse("data_home")

    @property
    def is_running(self) -> bool:
        """Whether the copy is still being made."""
        return self.ready_at is None and self.failed_at is None
