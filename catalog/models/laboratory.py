"""The laboratories of 京津冀 and the batches in which they are published."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse

from catalog.models.mall import Provider
from catalog.querysets import LaboratoryQuerySet
from records.models import Trailed


class LabBatch(Trailed):
    """A published batch of the 京津冀 laboratory list (第 N 批)."""

    number = models.PositiveSmallIntegerField("批次", unique=True)
    published_on = models.DateField("发布日期", null=True, blank=True)
    first_published_on = models.DateField(
        "原发布日期", null=True, blank=True, editable=False
    )  # of a batch that is hidden
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "实验室批次"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"第 {self.number} 批"

    def get_absolute_url(self) -> str:
        """The batch's public page."""
        return reverse("lab_batch", args=[self.number])


class LabType(models.TextChoices):
    """Types of open laboratories, as the manual lists them."""

    NATIONAL = "national", "国家级重点实验室"
    PROVINCIAL = "provincial", "省部级重点实验室"
    ENGINEERING = "engineering", "工程技术中心"
    ENTERPRISE = "enterprise", "企业技术中心"
    COLLABORATIVE = "collaborative", "协同创新中心"
    INDUSTRY = "industry", "省部级产业技术研究院"
    NEW_RESEARCH = "new_research", "新型研发组织"


class LabField(models.TextChoices):
    """Technical fields of laboratories."""

    ELECTRONICS = "electronics", "电子信息"
    BIOMEDICINE = "biomedicine", "生物医药"
    MATERIALS = "materials", "新材料"
    MANUFACTURING = "manufacturing", "先进制造"
    ENERGY = "energy", "新能源与节能"
    ENVIRONMENT = "environment", "资源环境"
    AGRICULTURE = "agriculture", "现代农业"
    AEROSPACE = "aerospace", "航空航天"
    SERVICES = "services", "现代服务"


class Laboratory(Trailed):
    """What is known of a provider that is an open laboratory of 京津冀."""

    class Status(models.TextChoices):
        """A removed laboratory keeps its row, so that old orders still resolve."""

        LISTED = "listed", "在册"
        PAUSED = "paused", "暂停"
        REMOVED = "removed", "退出"

    RESTS_ON = ("provider",)

    provider = models.OneToOneField(Provider, models.CASCADE, related_name="laboratory", verbose_name="机构")
    number = models.CharField("编号", max_length=20, unique=True)
    host_name = models.CharField("依托单位", max_length=120)
    host_uscc = models.CharField("依托单位统一社会信用代码", max_length=18, blank=True)
    kind = models.CharField("类型", max_length=16, choices=LabType)
    fields = ArrayField(models.CharField(max_length=16, choices=LabField), verbose_name="领域", default=list)
    instruments = models.TextField("仪器设备", blank=True)
    batch = models.ForeignKey(LabBatch, models.PROTECT, related_name="laboratories", verbose_name="批次")
    status = models.CharField("状态", max_length=10, choices=Status, default=Status.LISTED)
    search_text = models.TextField("检索文本", editable=False, blank=True)  # lower-case: institution, host, services

    objects = LaboratoryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "开放实验室"
        ordering = ("number",)

    def __str__(self) -> str:
        return str(self.provider)

    def get_absolute_url(self) -> str:
        """The laboratory's public page."""
        return reverse("lab_detail", args=[self.number])

    @property
    def is_listed(self) -> bool:
        """在册, of a published batch."""
        return self.status == self.Status.LISTED and self.batch.published_on is not None

    @property
    def pause_words(self) -> str:
        """What a buyer reads of a laboratory that is paused; "" of any other."""
        if self.status != self.Status.PAUSED:
            return ""
        return f"实验室“{self}”暂停接受新订单，恢复在册后可以再下单；已有订单照常办理。"

    @property
    def field_labels(self) -> list[str]:
        """The technical fields in Chinese."""
        return [LabField(field).label for field in self.fields]

    @property
    def field_words(self) -> str:
        """The same on one line."""
        return "、".join(self.field_labels)
