"""What is known of a legal person: the columns that a unit and each of its snapshots share."""

import datetime as dt
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q
from django.utils import timezone

from policy.calendar import today
from policy.models import PolicyVersion
from records.models import Document
from reviews.models import District


def licence_soon() -> dt.date:
    """The last day of a licence that ends soon: as far ahead as its unit is first reminded."""
    return today() + dt.timedelta(days=PolicyVersion.objects.remembered().licence_reminder_days)


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


class UnitFacts(models.Model):
    """Every field of domain.md §6.1 单位认证, and how long the licence lasts."""

    name = models.CharField("单位名称", max_length=120)
    uscc = models.CharField("统一社会信用代码", max_length=18)
    kind = models.CharField("单位类型", max_length=12, choices=UnitKind, blank=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, verbose_name="所属区", related_name="+")
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
    licence_until = models.DateField("证照有效期至", null=True, blank=True)
    licence_permanent = models.BooleanField("证照长期有效", default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def licence_term(self) -> str:
        """长期, the last day, or "" where nobody has said."""
        if self.licence_permanent:
            return "长期"
        return f"{self.licence_until:%Y-%m-%d}" if self.licence_until else ""

    @property
    def is_licence_over(self) -> bool:
        """Whether the licence's last day has passed."""
        return self.licence_until is not None and self.licence_until < today()

    @property
    def is_licence_ending(self) -> bool:
        """Whether the licence ends soon, and has not ended."""
        return self.licence_until is not None and today() <= self.licence_until <= licence_soon()


FACTS = tuple(field.name for field in UnitFacts._meta.local_fields)


class UnitSnapshot(UnitFacts):
    """A unit as it stood when it was certified, or after a small change since; a database trigger refuses any change.

    Cases point here from their first submission on, so that they keep what was certified then. The hash is made by the
    database when the row is written.
    """

    class Occasion(models.TextChoices):
        """Why the row was written."""

        CERTIFIED = "certified", "认证通过"
        UPDATED = "updated", "更新资料"

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="snapshots", verbose_name="单位")
    number = models.PositiveSmallIntegerField("序号")
    occasion = models.CharField("事由", max_length=10, choices=Occasion, default=Occasion.CERTIFIED)
    at = models.DateTimeField("时间", default=timezone.now)
    hash = models.CharField("摘要", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "单位认证记录"
        ordering = ("unit", "number")
        constraints = (
            models.UniqueConstraint(fields=["unit", "number"], name="unit_snapshot_once_per_number"),
            models.CheckConstraint(
                condition=Q(occasion__in=("certified", "updated")), name="unit_snapshot_occasion_known"
            ),
        )

    def holds(self) -> bool:
        """Whether the row is what was written: its hash, computed once more."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT hash = accounts_snapshot_digest(row) FROM accounts_unitsnapshot row WHERE id = %s", [self.pk]
            )
            found: Any = cursor.fetchone()
        return bool(found and found[0])
