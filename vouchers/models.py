"""创新券申请, and the ledger of each unit's quota."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.cases.models import submitted_exactly
from accounts.models import Unit
from catalog.models import Provider
from orders.models import Order
from policy.calendar import cycle_of
from policy.models import PolicyVersion
from records.models import Document
from reviews.appeals.offices import appeal_office_of
from reviews.models import Office
from reviews.offices import body_of, district_office_of
from vouchers.querysets import PROJECT_KEY, ApplicationQuerySet, QuotaAccountQuerySet
from vouchers.workflow import ApplicationWorkflow, State

ZERO = Decimal(0)


class QuotaAccount(models.Model):
    """What a credit code has of one cycle, in yuan. The sums are kept by a database trigger from the entries alone."""

    class Pool(models.TextChoices):
        """Whether 京津冀 shares the municipal cap is the policy's choice."""

        MUNICIPAL = "municipal", "市级"
        REGIONAL = "regional", "京津冀"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="quota_accounts", verbose_name="单位")
    uscc = models.CharField("统一社会信用代码", max_length=18, blank=True)  # certified when the account was opened
    cycle = models.PositiveSmallIntegerField("年度")
    pool = models.CharField("额度", max_length=10, choices=Pool, default=Pool.MUNICIPAL)
    cap = models.DecimalField("年度上限", max_digits=12, decimal_places=2)
    reserved = models.DecimalField("申请中", max_digits=12, decimal_places=2, default=ZERO)
    approved = models.DecimalField("已批准", max_digits=12, decimal_places=2, default=ZERO)
    used = models.DecimalField("已兑现", max_digits=12, decimal_places=2, default=ZERO)

    objects = QuotaAccountQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度额度"
        ordering = ("-cycle", "unit")
        constraints = (
            models.UniqueConstraint(fields=["unit", "cycle", "pool"], name="quota_one_account_per_cycle"),
            models.UniqueConstraint(
                fields=["uscc", "cycle", "pool"], condition=~Q(uscc=""), name="quota_one_account_per_code"
            ),
            models.CheckConstraint(
                condition=Q(cap__gte=F("reserved") + F("approved") + F("used")), name="quota_within_cap"
            ),
            models.CheckConstraint(
                condition=Q(reserved__gte=0, approved__gte=0, used__gte=0), name="quota_never_negative"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} {self.cycle}"

    @property
    def free(self) -> Decimal:
        """Yuan not yet reserved, approved or used."""
        return self.cap - self.reserved - self.approved - self.used


def pool_of(provider: Provider, rules: PolicyVersion) -> str:
    """Which cap an order with the provider counts against."""
    regional = provider.as_laboratory is not None and not rules.jjj_shares_cap
    return QuotaAccount.Pool.REGIONAL if regional else QuotaAccount.Pool.MUNICIPAL


class Voucher(NamedTuple):
    """What 复审通过 gives an application."""

    number: str
    amount: Decimal  # yuan
    approved_at: dt.datetime
    use_by: dt.date
    redeem_by: dt.date


class Application(ApplicationWorkflow):
    """One application for a voucher on one order."""

    PREFIX = "SQ"
    PAGES = "application"
    RESTS_ON = ("unit", "order")
    BESIDE = ("unit__certified_as", "snapshot", "order__provider__laboratory", "policy", "account", "district")

    order = models.ForeignKey(Order, models.PROTECT, related_name="applications", verbose_name="订单")
    project_name = models.CharField("项目名称", max_length=100, blank=True)
    content = models.TextField("服务内容及与研发活动的关系", blank=True)
    contract_amount = models.DecimalField("预计合同金额", max_digits=12, decimal_places=2, null=True)  # yuan
    applied_amount = models.DecimalField("申请补贴金额", max_digits=12, decimal_places=2, null=True)  # yuan
    planned_from = models.DateField("计划开始日期", null=True)
    planned_to = models.DateField("计划结束日期", null=True)
    declares_unrelated = models.BooleanField("与服务机构无隶属、共建、产权纽带等关联关系", default=False)
    declares_no_other_funds = models.BooleanField("该项目未获得其他财政科技资金支持", default=False)
    declares_not_statutory = models.BooleanField("该项目不属于法定、强制性检验检测", default=False)
    contract_draft = models.ForeignKey(
        Document, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="合同草案"
    )
    contact = models.CharField("联系人", max_length=60, blank=True)
    phone = models.CharField("联系电话", max_length=11, blank=True)
    pledged_at = models.DateTimeField("承诺时间", null=True, blank=True)
    pledge_version = models.CharField("承诺书版本", max_length=20, blank=True)

    account = models.ForeignKey(QuotaAccount, models.PROTECT, null=True, blank=True, related_name="applications")
    approved_amount = models.DecimalField("批准金额", max_digits=12, decimal_places=2, null=True, blank=True)  # yuan
    approved_at = models.DateTimeField("复审通过时间", null=True, blank=True)
    voucher_number = models.CharField("创新券编号", max_length=24, unique=True, null=True, blank=True)
    use_by = models.DateField("使用截止日期", null=True, blank=True)
    redeem_by = models.DateField("兑现截止日期", null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "创新券申请"
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="application_state_known"),
            models.UniqueConstraint(
                fields=["order"],
                condition=~Q(state__in=sorted(ApplicationWorkflow.DEAD)),
                name="application_one_live_per_order",
                violation_error_message="这个订单已有一份进行中的创新券申请。",
            ),
            models.CheckConstraint(
                condition=Q(approved_amount=None)
                | Q(applied_amount__isnull=False, approved_amount__lte=F("applied_amount")),
                name="application_approved_within_applied",
            ),
            submitted_exactly(ApplicationWorkflow, "application", "submitted_at", "policy"),
        )
        indexes = (
            models.Index(fields=["unit", "-created_at"]),
            models.Index(fields=["state", "due_on"]),
            models.Index(PROJECT_KEY, name="application_project_key"),
        )

    @property
    def title(self) -> str:
        """What an inbox calls the case."""
        return self.project_name or self.order.product_name

    @property
    def asked_amount(self) -> Decimal:
        """Yuan that the reviewers decide on."""
        return self.applied_amount or ZERO

    @property
    def service(self) -> tuple[str, tuple[str, ...]]:
        """Category of the ordered product; number, voucher, product, provider and order."""
        order = self.order
        return order.category_name, (
            *(self.number, self.voucher_number or ""),
            *(order.product_name, order.provider.name, order.number),
        )

    @property
    def planned_amount(self) -> Decimal:
        """Yuan of the contract as it is planned."""
        return self.contract_amount or ZERO

    @property
    def cycle(self) -> int:
        """The year in which it counts; of a draft the one in which it would."""
        return self.account.cycle if self.account else cycle_of(self.handed_in_at)

    @property
    def pool(self) -> str:
        """Which cap it counts against, by the policy in force at submission."""
        if self.order.provider.as_laboratory is None:  # the policy need not be read
            return QuotaAccount.Pool.MUNICIPAL
        return pool_of(self.order.provider, self.rules)

    @property
    def terms(self) -> dict[str, str]:
        """Money and contract as they stand: if they change, a mended case starts at 区初审 again."""
        draft = self.contract_draft.sha256 if self.contract_draft else ""
        return {"contract": f"{self.planned_amount:.2f}", "applied": f"{self.asked_amount:.2f}", "draft": draft}

    @property
    def is_voucher(self) -> bool:
        """Whether it is a voucher that can be redeemed."""
        return bool(self.state == State.APPROVED)

    @property
    def voucher_cut(self) -> bool:
        """Whether less was approved than was asked for."""
        return self.approved_amount is not None and self.approved_amount < self.asked_amount

    @property
    def voucher(self) -> Voucher:
        """The voucher that it became; raises ValueError for an application that was not approved."""
        given = self.voucher_number, self.approved_amount, self.approved_at, self.use_by, self.redeem_by
        number, amount, approved_at, use_by, redeem_by = given
        if number is None or amount is None or approved_at is None or use_by is None or redeem_by is None:
            raise ValueError(f"{self} is no voucher")
        return Voucher(number, amount, approved_at, use_by, redeem_by)

    def turn_office(self) -> Office:
        """The handling district, then a professional body; 复核 is for an office that had no part."""
        if self.state == State.APPEAL:
            return appeal_office_of(self)
        return body_of(self) if self.state == State.BODY else district_office_of(self)


class LedgerEntry(models.Model):
    """One signed entry, in yuan; a database trigger refuses UPDATE and DELETE and carries it to the account."""

    class Kind(models.TextChoices):
        """What happened (domain.md §3)."""

        RESERVE = "reserve", "提交申请"
        CHANGE = "change", "修改后重新提交"
        RELEASE = "release", "申请结束，额度退回"
        APPROVE = "approve", "复审通过"
        GIVE_BACK = "give_back", "创新券作废或逾期"
        USE = "use", "专家评审通过"
        RECOVER = "recover", "追回资金"
        APPEAL = "appeal", "申请复核，保留额度"
        REVIEW = "review", "复核决定"
        RESTORE = "restore", "复核期间恢复创新券"

    account = models.ForeignKey(QuotaAccount, models.PROTECT, related_name="entries", verbose_name="年度额度")
    application = models.ForeignKey(Application, models.PROTECT, related_name="entries", verbose_name="申请")
    kind = models.CharField("事项", max_length=10, choices=Kind)
    reserved = models.DecimalField("申请中", max_digits=12, decimal_places=2, default=ZERO)
    approved = models.DecimalField("已批准", max_digits=12, decimal_places=2, default=ZERO)
    used = models.DecimalField("已兑现", max_digits=12, decimal_places=2, default=ZERO)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="操作人")
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        verbose_name = verbose_name_plural = "额度流水"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.application} {self.get_kind_display()}"
