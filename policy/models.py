"""政策版本 and the days the calendar package does not know: dated rules, never constants in code."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models

from policy.arithmetic import AmountBase, Rounding, Terms
from policy.calendar import add_months, local_date, today
from policy.pledge import PLEDGE_TEXT, PLEDGE_VERSION
from policy.querysets import PolicyVersionQuerySet

IN_FORCE = "该政策版本已经发布并生效，不能再修改；请新建一个版本并设定新的生效日期。"
IN_FORCE = "该政策版本已经发布并生效，不能再修改；请新建一个版本并设定新的生效日期。"
BACKDATED = "发布的版本不能从过去的日期起生效，请改为今天或以后的日期。"
MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z"


class ContractDateRule(models.TextChoices):
    """What happens where a contract is older than its application («事前申请»)."""

    HARD = "hard", "不得早于申请日期"
    WARN = "warn", "早于申请日期时提示审核人员"
    OFF = "off", "不检查"


def month_day(label: str) -> "models.CharField[str, str]":
    """Make a column for a day that returns every year; empty leaves that side open."""
    message = "请按“月-日”填写，例如 03-01。"
    return models.CharField(
        label, max_length=5, blank=True, validators=[RegexValidator(MONTH_DAY, message)], help_text="月-日；不填为不限"
    )


def days(label: str, default: int, *, unit: str = "工作日") -> "models.PositiveSmallIntegerField[int, int]":
    """Make a column for a length of time."""
    return models.PositiveSmallIntegerField(label, default=default, validators=[MinValueValidator(1)], help_text=unit)


def yuan(label: str, default: Decimal, **options: Any) -> "models.DecimalField[Any, Any]":
    """Make a column for an amount."""
    return models.DecimalField(label, max_digits=14, decimal_places=2, default=default, **options)


class PolicyVersion(models.Model):
    """The rules from one day on; every case keeps the version in force at its first submission."""

    name = models.CharField("版本名称", max_length=40, unique=True)
    effective_from = models.DateField("生效日期", unique=True, help_text="从当日零时（北京时间）起适用于首次提交的申请")
    published = models.BooleanField("已发布", default=False, help_text="未发布的版本是草稿，不适用于任何申请")

    ratio = models.DecimalField(
        "补贴比例", max_digits=5, decimal_places=4, default=Decimal("0.50"), help_text="0.5 即 50 %"
    )
    annual_cap = yuan("每家企业年度上限", Decimal("150000.00"), help_text="元")
    minimum = yuan("最低补贴金额", Decimal("1000.00"), null=True, blank=True, help_text="元；不填为不设")
    rounding = models.CharField("取整方式", max_length=20, choices=Rounding, default=Rounding.FLOOR_YUAN)
    amount_base = models.CharField("计算口径", max_length=10, choices=AmountBase, default=AmountBase.GROSS)
    jjj_shares_cap = models.BooleanField("京津冀与市内服务共用年度上限", default=True)

    apply_open = month_day("申请开始日")
    apply_close = month_day("申请截止日")
    redeem_open = month_day("兑现开始日")
    redeem_close = month_day("兑现截止日")

    use_months = days("使用期限", 12, unit="个月，从复审通过起算")
    redeem_months = days("兑现期限", 3, unit="个月，从使用期限届满起算")
    contract_date_rule = models.CharField(
        "合同签订日期", max_length=10, choices=ContractDateRule, default=ContractDateRule.HARD
    )
    full_payment_required = models.BooleanField("须全额支付后兑现", default=True)

    correction_days = days("补正期限", 10, unit="工作日，从退回起算")
    reminder_day = days("补正提醒", 7, unit="退回后第几个工作日提醒")
    form_deadline_days = days("盖章申请表上传期限", 15, unit="工作日，从市级受理起算")
    promised_district = days("区初审承诺时限", 5)
    promised_body = days("复审承诺时限", 10)
    promised_formal = days("形式审查承诺时限", 10)
    promised_experts = days("专家评审承诺时限", 20)

    pledge_version = models.CharField("诚信承诺版本", max_length=20, default=PLEDGE_VERSION)
    pledge_text = models.TextField("诚信承诺", default=PLEDGE_TEXT)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "政策版本"
        verbose_name_plural = "政策版本"
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(name="policy_ratio", condition=models.Q(ratio__gt=0, ratio__lte=1)),
            models.CheckConstraint(name="policy_cap", condition=models.Q(annual_cap__gt=0)),
            models.CheckConstraint(
                name="policy_minimum",
                condition=models.Q(minimum__isnull=True) | models.Q(minimum__gt=0, minimum__lte=models.F("annual_cap")),
            ),
            models.CheckConstraint(name="policy_rounding", condition=models.Q(rounding__in=Rounding.values)),
            models.CheckConstraint(name="policy_amount_base", condition=models.Q(amount_base__in=AmountBase.values)),
            models.CheckConstraint(
                name="policy_contract_date", condition=models.Q(contract_date_rule__in=ContractDateRule.values)
            ),
            *(
                models.CheckConstraint(
                    name=f"policy_{kind}_window",
                    condition=models.Q(**{f"{kind}_open": ""})
                    | models.Q(**{f"{kind}_close": ""})
                    | models.Q(**{f"{kind}_open__lte": models.F(f"{kind}_close")}),
                    violation_error_message="截止日不能早于开始日。",
                )
                for kind in ("apply", "redeem")
            ),
            *(
                models.CheckConstraint(
                    name=f"policy_{side}", condition=models.Q(**{f"{side}__regex": rf"^\Z|{MONTH_DAY}"})
                )
                for side in ("apply_open", "apply_close", "redeem_open", "redeem_close")
            ),
            models.CheckConstraint(
                name="policy_reminder",
                condition=models.Q(reminder_day__lt=models.F("correction_days")),
                violation_error_message="补正提醒须早于补正期限。",
            ),
            *(
                models.CheckConstraint(name=f"policy_{name}", condition=models.Q(**{f"{name}__gt": 0}))
                for name in (
                    "use_months",
                    "redeem_months",
                    "reminder_day",
                    "form_deadline_days",
                    "promised_district",
                    "promised_body",
                    "promised_formal",
                    "promised_experts",
                )
            ),
        ]

    def __str__(self) -> str:
        """Name the version as the pages do."""
        return self.name

    @property
    def terms(self) -> Terms:
        """The figures for the arithmetic."""
        return Terms(self.ratio, self.annual_cap, self.minimum, self.rounding, self.full_payment_required)

    @property
    def is_in_force(self) -> bool:
        """Cases may rely on it: published, and its day has come."""
        return self.published and self.effective_from <= today()

    def clean(self) -> None:
        """Refuse to change a version that cases may already rely on, and to publish one into the past."""
        before = PolicyVersion.objects.filter(pk=self.pk).first()
        if before is not None and before.is_in_force:
            raise ValidationError(IN_FORCE, code="in_force")
        if self.published and self.effective_from and self.effective_from < today():
            raise ValidationError({"effective_from": ValidationError(BACKDATED, code="backdated")})

    def deadlines(self, approved_at: dt.date | dt.datetime) -> tuple[dt.date, dt.date]:
        """Give use-by and redeem-by of a voucher approved at this time, both days included."""
        use_by = add_months(local_date(approved_at), self.use_months)
        return use_by, add_months(local_date(approved_at), self.use_months + self.redeem_months)


class CalendarDay(models.Model):
    """One day the calendar package does not know, or knows wrongly; it wins over the package."""

    date = models.DateField("日期", unique=True)
    is_working = models.BooleanField("工作日", default=False, help_text="勾选为调休上班，不勾选为放假")
    note = models.CharField("说明", max_length=80, blank=True)

    class Meta:
        verbose_name = "工作日历"
        verbose_name_plural = "工作日历"
        ordering = ["-date"]

    def __str__(self) -> str:
        """Say day and kind."""
        return f"{self.date:%Y-%m-%d} {'上班' if self.is_working else '放假'}"
