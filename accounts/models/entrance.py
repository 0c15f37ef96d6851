"""What is kept of every way in: sign-ins, failures, locks, text messages."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class SignInEvent(models.Model):
    """One line of the login history: kept at least six months (domain.md §10), never changed.

    key: a keyed hash of the account (or of what was typed where there is no such account), 64 hexadecimal digits; it
    counts failures without keeping what a hurried person typed into the wrong box.
    """

    class Kind(models.TextChoices):
        """What happened."""

        IN = "in", "登录成功"
        FAILED = "failed", "登录失败"
        LOCKED = "locked", "暂停登录"
        UNLOCKED = "unlocked", "解除暂停"
        OUT = "out", "退出"
        PASSWORD = "password", "修改密码"
        SECURITY = "security", "安全设置变更"

    key = models.CharField("帐号摘要", max_length=64)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="sign_ins", verbose_name="用户"
    )
    kind = models.CharField("事项", max_length=10, choices=Kind)
    method = models.CharField("方式", max_length=40, blank=True)  # in words: 密码, 短信验证码, 微信, 通行密钥
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="操作人"
    )
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "登录记录"
        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["key", "-at"]),
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["-at"]),
        )

    def __str__(self) -> str:
        return self.get_kind_display()


PURPOSES = {  # what a text message was for, in words
    "login": "登录",
    "verify": "验证手机号",
    "signup": "注册",
    "reset": "找回密码",
    "phone": "更换手机号",
    "mail": "验证邮箱",
    "wechat": "绑定微信",
    "invitation": "邀请",
}


class Sending(models.Model):
    """Something short that leaves by the worker; its words are forgotten once it has left, as they may hold a code."""

    template = models.CharField("模板", max_length=40)
    params = models.JSONField("内容", default=dict, blank=True)
    at = models.DateTimeField("时间", default=timezone.now)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    sent_at = models.DateTimeField("发出时间", null=True, blank=True)
    receipt = models.CharField("网关回执", max_length=80, blank=True)
    problem = models.CharField("失败原因", max_length=200, blank=True)

    class Meta:
        abstract = True


class TextMessage(Sending):
    """One SMS: what limits count and what an administrator may look up."""

    phone = models.CharField("手机号", max_length=11)
    purpose = models.CharField("用途", max_length=20)
    address = models.GenericIPAddressField("来源地址", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "短信"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["phone", "-at"]), models.Index(fields=["address", "-at"]))

    def __str__(self) -> str:
        return f"{self.phone[:3]}****{self.phone[-4:]} {PURPOSES.get(self.purpose, self.purpose)}"


class AccountMail(Sending):
    """One mail about an account, to an address that may be nobody's yet."""

    to = models.EmailField("邮箱")

    class Meta:
        verbose_name = verbose_name_plural = "帐号邮件"
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["to"]), models.Index(fields=["-at"]))

    def __str__(self) -> str:
        return self.to
