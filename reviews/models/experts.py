"""专家库: what an expert knows and where he works, and the ties that he has declared."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from ui.names import as_compared


class Specialty(models.TextChoices):
    """领域 (domain.md §8)."""

    ELECTRONICS = "electronics", "电子信息"
    BIOMEDICINE = "biomedicine", "生物医药"
    MATERIALS = "materials", "新材料"
    MANUFACTURING = "manufacturing", "先进制造"
    ENERGY = "energy", "新能源与节能"
    ENVIRONMENT = "environment", "资源环境"
    AGRICULTURE = "agriculture", "现代农业"
    AEROSPACE = "aerospace", "航空航天"
    SERVICES = "services", "现代服务"


class ExpertProfile(models.Model):
    """What one person of the pool says of himself; that he is financial stands at his place in the office."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="专家", related_name="expert_profile"
    )
    specialties = ArrayField(models.CharField(max_length=16, choices=Specialty), default=list, verbose_name="领域")
    employer = models.CharField("工作单位", max_length=120)
    employer_key = models.CharField("比对用名称", max_length=120, editable=False, db_index=True)
    employer_uscc = models.CharField("工作单位统一社会信用代码", max_length=18, blank=True, db_index=True)
    title = models.CharField("职称或职务", max_length=40, blank=True)
    is_resting = models.BooleanField("暂不接受评审邀请", default=False)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "专家资料"
        default_permissions = ()
        constraints = (models.CheckConstraint(condition=~Q(employer_key=""), name="expert_profile_has_an_employer"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.employer}"

    def get_absolute_url(self) -> str:
        """Where the expert keeps it."""
        return reverse("expert_mine")

    @property
    def specialty_words(self) -> str:
        """The fields in words."""
        return "、".join(Specialty(name).label for name in self.specialties)


class ExpertTie(models.Model):
    """An institution that the expert has declared to be near: he hears no case of which it is a side, until the tie ends."""

    class Kind(models.TextChoices):
        """What ties them."""

        EMPLOYED = "employed", "曾任职或兼职"
        ADVISES = "advises", "担任顾问或有合作"
        OWNS = "owns", "持有股份或收益"
        KIN = "kin", "近亲属任职或持股"
        OTHER = "other", "其他利害关系"

    expert = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="专家", related_name="declared_ties"
    )
    name = models.CharField("单位名称", max_length=120)
    key = models.CharField("比对用名称", max_length=120, editable=False, db_index=True)
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True, db_index=True)
    kind = models.CharField("关系", max_length=10, choices=Kind)
    declared_at = models.DateTimeField("声明时间", default=timezone.now)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "利害关系"
        default_permissions = ()
        ordering = ("-declared_at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["expert", "key"], condition=Q(ended_at=None), name="expert_tie_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("declared_at")), name="expert_tie_ends_after_it_begins"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}（{self.get_kind_display()}）"

    def get_absolute_url(self) -> str:
        """Where the expert keeps it."""
        return reverse("expert_mine")


def key_of(name: str) -> str:
    """By what two names of an institution are compared, as a column keeps it."""
    return as_compared(name)[:120]
