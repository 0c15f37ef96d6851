"""创新券兑现: the claim and its papers, row by row."""

from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce, Concat, NullIf

from accounts.cases.models import submitted_exactly
from records.models import Document
from redemption.dropped import Dropped, ListName
from redemption.paid import BY_PAYMENT, Paid, Payment
from redemption.printed import PrintedForm
from redemption.querysets import ClaimQuerySet
from redemption.sums import Sums, sums_of
from redemption.terms import is_asked_for, keys_of
from redemption.workflow import ClaimWorkflow, State
from reviews.appeals.offices import office_of
from reviews.models import Office
from ui.keys import AsRead
from vouchers.models import Application

__all__ = ["Claim", "Contract", "Dropped", "Invoice", "InvoiceKind", "ListName", "Payment", "PrintedForm", "Receipt"]

ZERO = Decimal(0)
INVOICE_TWICE = "这张发票已经在本申请的列表里。"
RECEIPT_TWICE = "这张回单已经在本申请的列表里。"
CONTRACT_TWICE = "这个合同编号已经在本申请的列表里。"
INVOICE_KEY = (AsRead("code"), AsRead("invoice_number"))
PAPER_KEY = AsRead(Coalesce(NullIf("printed", Value("")), Concat("code", "invoice_number")))  # what stands on paper
HAS_PAPER_KEY = ~Q(code="") | ~Q(printed="")
RECEIPT_KEY = (AsRead("payer_account"), AsRead("serial"))
CONTRACT_KEY = AsRead("number")
WATCHED_SUMS = ("contract", "net", "gross", "receipts")
RATINGS = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}


class Claim(Paid, ClaimWorkflow):
    """One redemption of a voucher."""

    PREFIX = "DX"
    PAGES, ABOUT = "claim", "application"
    RESTS_ON = ("unit", "application__order", "application")
    BESIDE = (
        "unit__certified_as",
        "snapshot",
        "application__snapshot",
        "application__order__provider__laboratory",
        "application__policy",
        "application__account",
        "policy",
        "district",
    )

    application = models.ForeignKey(Application, models.PROTECT, related_name="claims", verbose_name="创新券")
    completed_on = models.DateField("完成日期", null=True, blank=True)
    effect = models.TextField("成效", blank=True)
    account_name = models.CharField("收款户名", max_length=120, blank=True)
    bank_name = models.CharField("开户行", max_length=120, blank=True)
    account_number = models.CharField("收款账号", max_length=30, blank=True)
    rating = models.PositiveSmallIntegerField(
        "服务评价", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    result_papers = models.ManyToManyField(Document, related_name="+", verbose_name="服务成果证明", blank=True)

    redeemed_amount = models.DecimalField(
        "申请兑现金额", max_digits=12, decimal_places=2, null=True, blank=True
    )  # yuan
    accepted_at = models.DateTimeField("市级受理时间", null=True, blank=True)
    form_number = models.CharField("申请表编号", max_length=24, unique=True, null=True, blank=True)
    form_version = models.PositiveSmallIntegerField("申请表版本", default=0)
    form_content = models.JSONField("申请表内容", null=True, blank=True)  # frozen at 形式审查通过
    form_hash = models.CharField("申请表摘要", max_length=64, blank=True)
    stamped_form = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="盖章申请表"
    )
    final_amount = models.DecimalField("核定兑现金额", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    passed_at = models.DateTimeField("专家评审通过时间", null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "兑现申请"
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="claim_state_known"),
            submitted_exactly(ClaimWorkflow, "claim", "submitted_at", "policy"),
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(state__in=sorted(ClaimWorkflow.DEAD)),
                name="claim_one_live_per_voucher",
                violation_error_message="这张创新券已有一份进行中的兑现申请。",
            ),
            models.CheckConstraint(
                condition=Q(final_amount=None)
                | Q(redeemed_amount__isnull=False, final_amount__lte=F("redeemed_amount")),
                name="claim_final_within_redeemed",
            ),
        )
        indexes = (models.Index(fields=["unit", "-created_at"]), models.Index(fields=["state", "due_on"]), *BY_PAYMENT)

    @property
    def title(self) -> str:
        """What an inbox calls the case."""
        return f"兑现：{self.application.title}"

    @property
    def unit_names(self) -> list[str]:
        """The names under which its papers may run: the claim's own first, then that of the voucher's application."""
        return list(dict.fromkeys([self.certified.name, self.application.certified.name]))

    def get_rating_display(self) -> str:
        """The rating in words: 5 分 很满意."""
        return f"{self.rating} 分 {RATINGS[self.rating]}" if self.rating else ""

    @property
    def sums(self) -> Sums:
        """What its rows come to."""
        return sums_of(self.contracts.all(), self.invoices.all(), self.receipts.all())

    @property
    def asked_amount(self) -> Decimal:
        """Yuan that the experts decide on."""
        return self.redeemed_amount or ZERO

    @property
    def terms(self) -> dict[str, Any]:
        """Money, contract and account, keys and parties of the rows: if they change, it starts at 区初审 again."""
        contracts, invoices, receipts = list(self.contracts.all()), list(self.invoices.all()), list(self.receipts.all())
        sums = sums_of(contracts, invoices, receipts)
        return {
            **{name: f"{getattr(sums, name):.2f}" for name in WATCHED_SUMS},
            "contracts": [
                [row.number, f"{row.amount:.2f}", row.document.sha256]
                for row in sorted(contracts, key=attrgetter("pk"))
            ],
            "account": [self.account_name, self.bank_name, self.account_number],
            **keys_of({"contracts": contracts, "invoices": invoices, "receipts": receipts}),
        }

    @property
    def terms_changed(self) -> bool:
        """The same; keys and parties of a list, or of rows, that the return has marked may change (ADR 0071, 0145)."""
        changed = self.changed_terms
        marks = self.last_corrections if changed else []
        return not all(is_asked_for(self, name, marks) for name in changed)

    def days_to_act(self) -> int:
        """Working days for a correction, or for the stamped form."""
        return self.rules.form_deadline_days if self.state in self.AWAITS_FORM else super().days_to_act()

    def turn_office(self) -> Office:
        """The district that handled the application, then a professional body; 复核 is for one that had no part."""
        return office_of(self)


class InvoiceKind(models.TextChoices):
    """Kinds of invoices and what their keys look like (domain.md §6.2)."""

    PAPER_SPECIAL = "paper_special", "纸质专用发票"
    PAPER_PLAIN = "paper_plain", "纸质普通发票"
    ROLL = "roll", "卷式发票"
    ELECTRONIC_SPECIAL = "electronic_special", "电子专用发票"
    ELECTRONIC_PLAIN = "electronic_plain", "电子普通发票"
    DIGITAL_SPECIAL = "digital_special", "数电专用发票"
    DIGITAL_PLAIN = "digital_plain", "数电普通发票"
    PRINTED_SPECIAL = "printed_special", "数电纸质专用发票"
    PRINTED_PLAIN = "printed_plain", "数电纸质普通发票"
    BLOCKCHAIN = "blockchain", "区块链电子发票"
    VEHICLE = "vehicle", "机动车销售统一发票"
    TOLL = "toll", "通行费电子发票"
    OTHER = "other", "其他发票"


PRINTED = frozenset({InvoiceKind.PRINTED_SPECIAL, InvoiceKind.PRINTED_PLAIN})


class Invoice(models.Model):
    """One invoice; its key is used once over all units and years while its claim lives."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="invoices", verbose_name="兑现申请")
    kind = models.CharField("发票类型", max_length=20, choices=InvoiceKind)
    code = models.CharField("发票代码", max_length=12, blank=True)
    invoice_number = models.CharField("发票号码", max_length=20)
    printed = models.CharField(
        "票面印制的代码和号码", max_length=20, blank=True
    )  # of a 数电纸质发票: code and number in one
    kind_reason = models.CharField("其他发票的说明", max_length=100, blank=True)
    issued_on = models.DateField("开票日期")
    seller = models.CharField("销售方名称", max_length=120)
    seller_tax_id = models.CharField("销售方税号", max_length=20)
    buyer = models.CharField("购买方名称", max_length=120)
    net = models.DecimalField("不含税金额", max_digits=12, decimal_places=2)  # yuan
    tax = models.DecimalField("税额", max_digits=12, decimal_places=2)  # yuan
    gross = models.DecimalField("价税合计", max_digits=12, decimal_places=2)  # yuan
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="发票文件")
    live = models.BooleanField("占用", default=False, editable=False)  # handed in, and the claim not dead

    class Meta:
        verbose_name = verbose_name_plural = "发票"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(*INVOICE_KEY, condition=Q(live=True), name="invoice_used_once"),
            models.UniqueConstraint(PAPER_KEY, condition=Q(live=True) & HAS_PAPER_KEY, name="invoice_paper_used_once"),
            models.UniqueConstraint(
                "claim", *INVOICE_KEY, name="invoice_once_per_claim", violation_error_message=INVOICE_TWICE
            ),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("tax")),
                name="invoice_sums_up",
                violation_error_message="价税合计应等于不含税金额加税额。",
            ),
            models.CheckConstraint(
                condition=Q(gross__gt=0), name="invoice_above_zero", violation_error_message="发票的价税合计须大于 0。"
            ),
            models.CheckConstraint(
                condition=~Q(kind=InvoiceKind.OTHER) | ~Q(kind_reason=""),
                name="invoice_other_has_a_reason",
                violation_error_message="其他类型的发票须写明是什么发票。",
            ),
        )
        indexes = (models.Index(PAPER_KEY, name="invoice_number_as_read"),)

    def __str__(self) -> str:
        return f"{self.code} {self.invoice_number}".strip()

    @property
    def kind_words(self) -> str:
        """The kind, and of one that is not listed what it is."""
        words = self.get_kind_display()
        return f"{words}（{self.kind_reason}）" if self.kind_reason else words


class Receipt(models.Model):
    """One bank receipt (银行回单)."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="receipts", verbose_name="兑现申请")
    paid_on = models.DateField("付款日期")
    payer = models.CharField("付款人", max_length=120)
    payer_account = models.CharField("付款账号", max_length=30)
    payee = models.CharField("收款人", max_length=120)
    payee_account = models.CharField("收款账号", max_length=30)
    amount = models.DecimalField("金额", max_digits=12, decimal_places=2)  # yuan
    serial = models.CharField("流水号", max_length=60)
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="回单文件")
    live = models.BooleanField("占用", default=False, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "银行回单"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(*RECEIPT_KEY, condition=Q(live=True), name="receipt_used_once"),
            models.UniqueConstraint(
                "claim", *RECEIPT_KEY, name="receipt_once_per_claim", violation_error_message=RECEIPT_TWICE
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="receipt_above_zero", violation_error_message="银行回单的金额须大于 0。"
            ),
        )

    def __str__(self) -> str:
        return self.serial


class Contract(models.Model):
    """One contract with the provider."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="contracts", verbose_name="兑现申请")
    name = models.CharField("合同名称", max_length=120)
    number = models.CharField("合同编号", max_length=60)
    party_a = models.CharField("甲方", max_length=120)
    party_b = models.CharField("乙方", max_length=120)
    signed_on = models.DateField("签订日期")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    amount = models.DecimalField("合同金额", max_digits=12, decimal_places=2)  # yuan
    document = models.ForeignKey(Document, models.PROTECT, related_name="+", verbose_name="合同文件")

    class Meta:
        verbose_name = verbose_name_plural = "合同"
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(amount__gt=0), name="contract_above_zero", violation_error_message="合同的金额须大于 0。"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="contract_ends_after_it_starts",
                violation_error_message="合同的结束日期应等于或晚于开始日期。",
            ),
            models.UniqueConstraint(
                "claim", CONTRACT_KEY, name="contract_once_per_claim", violation_error_message=CONTRACT_TWICE
            ),
        )

    def __str__(self) -> str:
        return self.name
