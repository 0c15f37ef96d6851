"""Spreadsheets that came in, and what each of their rows says, was judged to be, and has done."""

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Duty, Unit
from records.people import Person

MADE = {"Product": "products", "Laboratory": "laboratories"}  # model → the kind of list that makes its rows


class SheetImportQuerySet(models.QuerySet[Any]):
    """Who sees what came in."""

    def visible_to(self, user: Person) -> Self:
        """Whoever keeps the catalog sees all of it, a provider's people what came from their unit."""
        if user.duty == Duty.CATALOG:
            return self
        return self.filter(unit__memberships__user=user)


class SheetImport(models.Model):
    """One file: read, shown row by row, published as a whole, and undone as a whole."""

    class Kind(models.TextChoices):
        """What the list is of."""

        LABORATORIES = "laboratories", "开放实验室"
        PRODUCTS = "products", "服务产品"

    class Stage(models.TextChoices):
        """How far it is."""

        READING = "reading", "正在核对"
        REFUSED = "refused", "没有读成"
        READY = "ready", "待发布"
        PUBLISHING = "publishing", "正在发布"
        PUBLISHED = "published", "已发布"
        UNDOING = "undoing", "正在撤销"
        UNDONE = "undone", "已撤销"

    AT_WORK = (Stage.READING, Stage.PUBLISHING, Stage.UNDOING)

    kind = models.CharField("名单", max_length=12, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    acts = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )  # who has published it, or taken it back
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="单位")
    name = models.CharField("文件名", max_length=120)
    file = models.FileField("文件", upload_to="sheets", max_length=100)
    form = models.CharField("文件类型", max_length=4)  # xlsx, xls, csv: as its content says
    size = models.PositiveIntegerField("大小（字节）")
    sha256 = models.CharField("SHA-256", max_length=64)
    batch = models.PositiveSmallIntegerField("批次", null=True, blank=True)  # of the rows that name none
    published_on = models.DateField("发布日期", null=True, blank=True)  # of that batch
    made_batches = ArrayField(models.PositiveSmallIntegerField(), verbose_name="新建的批次", default=list, blank=True)
    stage = models.CharField("进度", max_length=10, choices=Stage, default=Stage.READING)
    sentence = models.TextField("原因", blank=True)  # why it was refused, or stopped
    notes = ArrayField(models.TextField(), verbose_name="读取说明", default=list, blank=True)
    done = models.PositiveIntegerField("已完成行", default=0)
    total = models.PositiveIntegerField("总行数", default=0)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    seen_at = models.DateTimeField("最近进展", null=True, blank=True)  # a worker that is at it says so again and again
    created_at = models.DateTimeField("上传时间", default=timezone.now, editable=False)
    published_at = models.DateTimeField("发布时间", null=True, blank=True)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表格导入"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its rows."""
        return reverse("sheet_rows", args=[self.pk])

    @property
    def is_at_work(self) -> bool:
        """Whether a worker has it, or is to take it."""
        return self.stage in self.AT_WORK

    def counts(self) -> dict[str, int]:
        """How many rows of each verdict, and how many of those to be written were not."""
        of = SheetRow.Verdict
        asked = {verdict: Count("pk", filter=Q(verdict=verdict)) for verdict in of.values}
        asked["left"] = Count("pk", filter=Q(outcome=SheetRow.Outcome.LEFT))
        return self.rows.aggregate(**asked)


class SheetRowQuerySet(models.QuerySet[Any]):
    """What rows have done."""

    def that_made(self, thing: models.Model) -> "SheetRow | None":
        """The row that has made this product or laboratory, which is the first line of its history; None of what was typed."""
        kind = MADE.get(type(thing).__name__)
        written = (SheetRow.Outcome.WRITTEN, SheetRow.Outcome.KEPT)
        rows = self.filter(target=thing.pk, sheet__kind=kind, verdict=SheetRow.Verdict.NEW, outcome__in=written)
        return rows.select_related("sheet__publisher", "sheet__by").first() if kind else None


class SheetRow(models.Model):
    """One row."""

    class Verdict(models.TextChoices):
        """What publishing it would do."""

        NEW = "new", "新增"
        CHANGED = "changed", "变更"
        SAME = "same", "相同"
        WRONG = "wrong", "有问题"

    class Outcome(models.TextChoices):
        """What was done."""

        WRITTEN = "written", "已写入"
        LEFT = "left", "没有写入"
        UNDONE = "undone", "已撤销"
        KEPT = "kept", "没有撤销"

    WRITES = (Verdict.NEW, Verdict.CHANGED)

    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="rows", verbose_name="表格")
    tab = models.CharField("工作表", max_length=60, blank=True)
    number = models.PositiveIntegerField("行")
    title = models.CharField("名称", max_length=200, blank=True)
    verdict = models.CharField("核对结果", max_length=8, choices=Verdict)
    words = models.TextField("说明", blank=True)  # what is wrong, or what changes
    data = models.JSONField("内容", default=dict)  # field → value that is to stand there
    before = models.JSONField("原内容", default=dict)  # field → value that stood there, of what changes
    target = models.BigIntegerField("对应记录", null=True, blank=True)
    outcome = models.CharField("办理结果", max_length=8, choices=Outcome, blank=True)
    outcome_words = models.TextField("办理说明", blank=True)

    objects = SheetRowQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "表格的行"
        ordering = ("pk",)
        indexes = (
            models.Index(fields=["sheet", "verdict", "id"], name="sheet_row_verdict"),
            models.Index(fields=["target"], condition=Q(verdict="new"), name="sheet_row_made"),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.title}"

    @property
    def place(self) -> str:
        """Where it stands in the file."""
        return f"{self.tab} {self.number}".strip()
