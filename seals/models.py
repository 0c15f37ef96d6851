"""The tree as it is kept: leaves and nodes, which are only added, what was signed of it, and what 核对 has found."""

from django.db import models
from django.urls import reverse
from django.utils import timezone


class Leaf(models.Model):
    """A line of trail, ledger or opinions with its place in the tree; a database trigger refuses every change."""

    class Kind(models.IntegerChoices):
        """Of which table the line is."""

        TRAIL = 1, "操作留痕"
        LEDGER = 2, "额度流水"
        OPINION = 3, "审核意见"
        TAKEOVER = 4, "接管记录"

    number = models.BigIntegerField("序号", primary_key=True)  # from 0, without gaps
    kind = models.PositiveSmallIntegerField("类别", choices=Kind)
    line = models.BigIntegerField("记录编号")
    hash = models.BinaryField("摘要")  # of RFC 6962, 32 bytes, over the content that `seals/content.py` writes

    class Meta:
        verbose_name = verbose_name_plural = "封存的记录"
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["kind", "line"], name="leaf_one_per_line"),)

    def __str__(self) -> str:
        return f"{self.number}"


class Node(models.Model):
    """The hash over 2 ** level leaves, from level 8 on, so that a proof needs no more than some hundred leaves."""

    level = models.PositiveSmallIntegerField("层")
    index = models.BigIntegerField("位置")
    hash = models.BinaryField("摘要")

    class Meta:
        verbose_name = verbose_name_plural = "封存的节点"
        constraints = (models.UniqueConstraint(fields=["level", "index"], name="node_one_per_place"),)

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """What was signed of the tree: how many leaves, which root, when; `text` is the signed note of C2SP."""

    size = models.BigIntegerField("记录数")
    root = models.BinaryField("根摘要")
    at = models.DateTimeField("时间", default=timezone.now, db_index=True)
    seen = models.JSONField("最大编号", default=dict)  # kind → the highest key that was in the tree then
    text = models.TextField("签名文本")

    class Meta:
        verbose_name = verbose_name_plural = "检查点"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.size}（{timezone.localtime(self.at):%Y-%m-%d %H:%M}）"


class Stamp(models.Model):
    """What a time stamping authority has said of a checkpoint's text (RFC 3161): that it was there at this time."""

    checkpoint = models.OneToOneField(Checkpoint, models.PROTECT, related_name="stamp", verbose_name="检查点")
    at = models.DateTimeField("时间戳的时间")  # the authority's clock
    authority = models.CharField("签发者", max_length=200)  # as its certificate names it
    asked_at = models.DateTimeField("请求时间", default=timezone.now)  # our clock
    reply = models.BinaryField("时间戳")  # TimeStampResp, DER, with the certificate of whoever signed

    class Meta:
        verbose_name = verbose_name_plural = "时间戳"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}（{self.authority}）"


class Takeover(models.Model):
    """From here on another server writes: a line of the tree, so that nobody moves it (ADR 0225)."""

    at = models.DateTimeField("时间", default=timezone.now)
    system = models.CharField("数据库标识", max_length=40)  # of PostgreSQL: the same of a primary and its replicas
    timeline = models.PositiveIntegerField("时间线")  # a number that each promotion makes one greater
    position = models.CharField("日志位置", max_length=40)  # up to which the old server's log was received
    lost = models.BigIntegerField("丢失的封存记录", default=0)  # lines that were signed, and that this server never got
    size = models.BigIntegerField("此前的记录数")  # of the tree, with all that the old server had sent
    root = models.BinaryField("此前的根摘要")
    numbers = models.JSONField(
        "序列的起点", default=dict
    )  # sequence → the last number that the old server may have given
    why = models.CharField("原因", max_length=500)

    class Meta:
        verbose_name = verbose_name_plural = "接管记录"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}（时间线 {self.timeline}）"


class Audit(models.Model):
    """One 核对: when, over how much, and what did not hold."""

    began_at = models.DateTimeField("开始时间", default=timezone.now)
    ended_at = models.DateTimeField("完成时间", default=timezone.now, db_index=True)
    lines = models.BigIntegerField("记录数", default=0)  # leaves that were held against their rows
    papers = models.BigIntegerField("材料数", default=0)  # files that were read
    findings = models.JSONField("不符之处", default=list)  # sentences, the first broken line of each check first

    class Meta:
        verbose_name = verbose_name_plural = "核对记录"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{timezone.localtime(self.ended_at):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        """The page that shows the latest one."""
        return reverse("seal_page")

    @property
    def is_whole(self) -> bool:
        """Whether everything held."""
        return not self.findings
