"""People, and the units that they act for."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.querysets import CLOCK, UnitQuerySet, UserManager
from accounts.workflow import State, UnitWorkflow
from records.models import Document
from records.rules import RuleBroken
from reviews.models import District, Office


class User(AbstractUser):
    """A person; signs in by user name or phone number."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=60, blank=True)
    phone = models.CharField("手机号", max_length=11, unique=True, null=True, blank=True)
    email = models.EmailField("电子邮箱", blank=True)

    objects = UserManager()  # type: ignore[misc]

    class Meta:
        verbose_name = verbose_name_plural = "用户"

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The person's name."""
        return str(self)

    def get_short_name(self) -> str:
        """The person's name."""
        return str(self)

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


class UnitKind(models.TextChoices):
    """单位类型; public institutions may provide services but not apply (domain.md §3)."""

    ENTERPRISE = "enterprise", "企业"
    INSTITUTION = "institution", "事业单位"
    PRIVATE_NONPROFIT = "nonprofit", "民办非企业单位"
    OTHER = "other", "其他法人"


class Honour(models.TextChoices):
    """企业资质."""

    HIGH_TECH = "high_tech", "高新技术企业"
    TECH_SME = "tech_sme", "科技型中小企业"
    SPECIALISED = "specialised", "专精特新"
    EAGLE = "eagle", "雏鹰"
    GAZELLE = "gazelle", "瞪羚"
    LEADER = "leader", "领军"


class Unit(UnitWorkflow):
    """A legal person on the site; its own certification is the case."""

    PREFIX = "RZ"

    name = models.CharField("单位名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    kind = models.CharField("单位类型", max_length=12, choices=UnitKind, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, verbose_name="所属区", related_name="units")
    address = models.CharField("注册地址", max_length=200, blank=True)
    founded_on = models.DateField("成立日期", null=True)
    legal_representative = models.CharField("法定代表人", max_length=60, blank=True)
    capital = models.DecimalField("注册资本（万元）", max_digits=14, decimal_places=2, null=True, blank=True)
    industry = models.CharField("所属行业", max_length=60, blank=True)
    honours = ArrayField(
        models.CharField(max_length=12, choices=Honour), verbose_name="企业资质", default=list, blank=True
    )
    staff_count = models.PositiveIntegerField("从业人数", null=True, blank=True)
    revenue = models.DecimalField("上年销售收入（万元）", max_digits=14, decimal_places=2, null=True, blank=True)
    research_spend = models.DecimalField("上年研发投入（万元）", max_digits=14, decimal_places=2, null=True, blank=True)
    handler_name = models.CharField("经办人", max_length=60, blank=True)
    handler_phone = models.CharField("手机", max_length=11, blank=True)
    licence = models.ForeignKey(
        Document, models.PROTECT, null=True, verbose_name="营业执照或法人证书", related_name="+"
    )
    members: Any = models.ManyToManyField(settings.AUTH_USER_MODEL, through="UnitMember", related_name="units")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位"
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["uscc"], condition=~Q(state="rejected"), name="unit_one_per_credit_code",
                violation_error_message="该统一社会信用代码的单位已在本站登记。",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="unit_state_known"),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The unit's certification page."""
        return reverse("certification_detail", args=[self.number])

    @property
    def title(self) -> str:
        """What an inbox calls the case."""
        return f"单位认证：{self.name}"

    @property
    def unit_name(self) -> str:
        """Whose case it is."""
        return self.name

    @property
    def is_certified(self) -> bool:
        """Whether the unit may apply."""
        return self.state == State.CERTIFIED

    @property
    def is_frozen(self) -> bool:
        """Whether the unit may start nothing new."""
        return self.state == State.FROZEN

    def turn_office(self) -> Office:
        """The platform reviews certifications."""
        office = Office.objects.filter(kind=Office.Kind.PLATFORM, is_active=True).order_by("pk").first()
        if office is None:
            raise RuleBroken("R-OFFICE", "平台审核单位尚未设置，暂时不能提交，请联系技术支持 23532900-817。")
        return office

    def promised_days(self) -> int:
        """Working days promised for a certification: a setting of the portal, since the policy names none."""
        return settings.CERTIFICATION_DAYS

    def has_member(self, user: Any) -> bool:
        """Whether the person belongs to the unit."""
        return self.memberships.filter(user=user).exists()


class UnitMember(models.Model):
    """A person's place in a unit."""

    class Role(models.TextChoices):
        """What the person may do there."""

        ADMIN = "admin", "管理员"
        HANDLER = "handler", "经办人"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="memberships", verbose_name="单位")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="unit_memberships", verbose_name="人员"
    )
    role = models.CharField("角色", max_length=10, choices=Role, default=Role.HANDLER)
    since = models.DateTimeField("加入时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "单位成员"
        constraints = (models.UniqueConstraint(fields=["unit", "user"], name="unit_member_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.unit}"
