"""材料箱: papers that a unit keeps once, with their dates, to be used in each of its forms."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models.facts import licence_soon
from accounts.models.units import Unit
from accounts.querysets import BoxPaperQuerySet
from policy.calendar import today
from records.models import Document
from records.people import Person
from ui.templatetags.ui import mask_account


class BoxManager(models.Manager["BoxPaper"]):
    """The papers, each with its document: no page shows one without."""

    def get_queryset(self) -> BoxPaperQuerySet:
        """All of them."""
        return BoxPaperQuerySet(self.model, using=self._db).select_related("document")

    def visible_to(self, user: Person) -> BoxPaperQuerySet:
        """Those that the person sees."""
        return self.get_queryset().visible_to(user)


class BoxPaper(models.Model):
    """One paper of a unit's box. A case that takes it up gets a copy: nothing done here reaches a case (ADR 0131)."""

    class Kind(models.TextChoices):
        """What kind of paper it is; by it the forms know which of them fit."""

        LICENCE = "licence", "营业执照或法人证书"
        ACCOUNT = "account", "银行账户证明"
        CONTRACT = "contract", "合同"
        RESULT = "result", "服务成果证明"
        CERTIFICATE = "certificate", "资质证书"
        OTHER = "other", "其他材料"

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="box", verbose_name="单位")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    name = models.CharField("名称", max_length=100, blank=True)  # "" until somebody has named it, or it was read
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="文件")
    valid_from = models.DateField("有效期自", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    permanent = models.BooleanField("长期有效", default=False)
    account_name = models.CharField("户名", max_length=120, blank=True)
    bank_name = models.CharField("开户行", max_length=120, blank=True)
    account_number = models.CharField("账号", max_length=30, blank=True)
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="放入人")
    added_at = models.DateTimeField("放入时间", default=timezone.now)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    objects = BoxManager()

    class Meta:
        verbose_name = verbose_name_plural = "材料箱的材料"
        ordering = ("-added_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=("licence", "account", "contract", "result", "certificate", "other")),
                name="box_paper_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(permanent=False) | Q(valid_until=None),
                name="box_paper_ends_or_does_not",
                violation_error_message="长期有效的材料没有到期日；有到期日的，不是长期有效。",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="box_paper_ends_after_it_begins",
                violation_error_message="材料的有效期至不能早于有效期自。",
            ),
            models.CheckConstraint(
                condition=Q(kind="account") | Q(account_name="", bank_name="", account_number=""),
                name="box_paper_account_of_an_account",
                violation_error_message="只有银行账户证明才有户名、开户行和账号。",
            ),
        )
        indexes = (models.Index(fields=["unit", "-added_at"], name="box_paper_of_unit"),)

    def __str__(self) -> str:
        return self.called

    def get_absolute_url(self) -> str:
        """Where it is looked at and kept."""
        return reverse("box_edit", args=[self.pk])

    @property
    def called(self) -> str:
        """Its name, or that of its file."""
        return self.name or self.document.name

    @property
    def term(self) -> str:
        """长期, the last day, or "" where nobody has said."""
        if self.permanent:
            return "长期"
        return f"{self.valid_until:%Y-%m-%d}" if self.valid_until else ""

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return self.valid_until is not None and self.valid_until < today()

    @property
    def is_ending(self) -> bool:
        """Whether it ends as soon as a licence is first reminded of, and has not ended."""
        return self.valid_until is not None and today() <= self.valid_until <= licence_soon()

    @property
    def account_told(self) -> str:
        """The account in one line, its number masked; "" of a paper that is no proof of one."""
        parts = (self.account_name, self.bank_name, mask_account(self.account_number) if self.account_number else "")
        return "，".join(filter(None, parts))

    @property
    def words(self) -> str:
        """The paper as a form offers it: what it is, its name, until when."""
        until = f"，{'已于' if self.is_over else '有效期至'} {self.term}{' 到期' if self.is_over else ''}"
        return f"{self.get_kind_display()}：{self.called}{until if self.valid_until else ''}"
