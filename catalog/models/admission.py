"""服务机构入驻: a unit applies to become a 创新券服务机构, with its scope and its qualifications."""

import datetime as dt
from functools import cached_property

from django.db import models
from django.db.models import F, Q

from accounts.cases.models import submitted_exactly
from catalog.models.mall import Category, Provider, Region
from catalog.querysets import AdmissionQuerySet
from catalog.workflow import AdmissionWorkflow, State
from policy.calendar import add_months, today
from records.models import Document
from reviews.models import Office
from reviews.offices import platform_office
from ui.keys import AsRead

A_DAY = dt.timedelta(days=1)


class Admission(AdmissionWorkflow):
    """One admission of a unit, with its dates; a renewal is another one that continues it."""

    PREFIX = "JG"
    PAGES = "admission"
    RESTS_ON = BESIDE = ("unit",)

    provider = models.ForeignKey(
        Provider, models.PROTECT, null=True, blank=True, related_name="admissions", verbose_name="服务机构"
    )  # from 已入驻 on
    summary = models.TextField("机构简介", blank=True)
    region = models.CharField("地区", max_length=10, choices=Region, default=Region.TIANJIN)
    city = models.CharField("城市", max_length=20, blank=True)
    address = models.CharField("服务地址", max_length=200, blank=True)
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=11, blank=True)
    scope = models.ManyToManyField(Category, related_name="+", verbose_name="服务范围", blank=True)
    pledged_at = models.DateTimeField("承诺时间", null=True, blank=True)
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)

    objects = AdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "服务机构入驻"
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="admission_state_known"),
            submitted_exactly(AdmissionWorkflow, "admission", "submitted_at"),
            models.UniqueConstraint(
                fields=["unit"],
                condition=Q(state__in=sorted(AdmissionWorkflow.UNDER_WAY)),
                name="admission_one_under_way",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(AdmissionWorkflow.IN_FORCE))
                | Q(valid_from__isnull=False, valid_until__isnull=False),
                name="admission_in_force_has_dates",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="admission_ends_after_it_begins",
            ),
        )
        indexes = (models.Index(fields=["state", "valid_until"]), models.Index(fields=["unit", "-created_at"]))

    @property
    def title(self) -> str:
        """What an inbox calls the case."""
        return f"服务机构入驻：{self.unit.name}"

    @property
    def is_in_force(self) -> bool:
        """Admitted, its last day not past."""
        return self.state == State.ADMITTED and self.last_day >= today()

    @property
    def days_left(self) -> int:
        """Days until its last day; 0 on the day itself."""
        return (self.last_day - today()).days

    @property
    def may_renew(self) -> bool:
        """Whether a new admission may be started that continues this one."""
        return self.state == State.ADMITTED and self.days_left <= self.rules.renewal_days

    @property
    def renewal_words(self) -> str:
        """From when a new admission may be started, in words."""
        return f"到期前 {self.rules.renewal_days} 天起可以申请续期"

    @property
    def last_day(self) -> dt.date:
        """Of an admission that has been in force; raises ValueError for one that has no dates yet."""
        if self.valid_until is None:
            raise ValueError(f"{self} has not been admitted")
        return self.valid_until

    def begin(self) -> None:
        """Set the first and the last day."""
        self.valid_from, self.valid_until = self.term()

    def term(self) -> tuple[dt.date, dt.date]:
        """First and last day of an admission of today; a renewal loses none of the days that it continues."""
        earlier = type(self).objects.in_force().filter(unit=self.unit).exclude(pk=self.pk).first()
        begins = earlier.last_day + A_DAY if earlier else today()
        return today(), add_months(begins, self.rules.admission_months) - A_DAY

    def turn_office(self) -> Office:
        """The platform admits."""
        return platform_office()

    @cached_property
    def certificates(self) -> list["Qualification"]:
        """Its certificates with their papers, read once for a page."""
        return list(self.qualifications.select_related("document"))


class QualificationKind(models.TextChoices):
    """资质."""

    CMA = "cma", "CMA"
    CNAS = "cnas", "CNAS"
    HIGH_TECH = "high_tech", "高新技术企业"
    OTHER = "other", "其他"


class Qualification(models.Model):
    """One certificate of an admission."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="qualifications", verbose_name="服务机构入驻")
    kind = models.CharField("资质类型", max_length=12, choices=QualificationKind)
    name = models.CharField("资质名称", max_length=60, blank=True)  # of 其他
    number = models.CharField("证书编号", max_length=60)
    valid_from = models.DateField("有效期自")
    valid_until = models.DateField("有效期至", null=True, blank=True)
    permanent = models.BooleanField("长期有效", default=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="证书文件")

    class Meta:
        verbose_name = verbose_name_plural = "资质"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint("admission", "kind", AsRead("number"), name="qualification_once_per_admission"),
            models.CheckConstraint(
                condition=Q(permanent=True, valid_until=None) | Q(permanent=False, valid_until__isnull=False),
                name="qualification_has_an_end_or_none",
                violation_error_message="资质有到期日或长期有效，两者填一项。",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="qualification_ends_after_it_begins",
                violation_error_message="资质的到期日应等于或晚于发证日期。",
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(name=""),
                name="qualification_other_has_a_name",
                violation_error_message="其他类型的资质须写明名称。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.number}"

    @property
    def label(self) -> str:
        """What the certificate is called."""
        return self.name if self.kind == QualificationKind.OTHER else self.get_kind_display()

    @property
    def has_ended(self) -> bool:
        """Whether its last day is past."""
        return self.valid_until is not None and self.valid_until < today()

    @property
    def validity(self) -> str:
        """Its dates in words."""
        until = f"{self.valid_until:%Y-%m-%d}" if self.valid_until else "长期"
        return f"{self.valid_from:%Y-%m-%d} 至 {until}" + ("（已过期）" if self.has_ended else "")
