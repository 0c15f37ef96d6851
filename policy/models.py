"""政策版本 and the days the calendar package does not know: dated rules, never constants in code."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from policy.arithmetic import AmountBase, Rounding, Terms
from policy.calendar import add_months, local_date, today
from policy.figures import MONTH_DAY, beside_fields, checks_of_figures, figure, month_day
from policy.pledge import PLEDGE_TEXT, PLEDGE_VERSION
from policy.querysets import MEMORY, PolicyVersionQuerySet
from policy.rubric import rubric_field

IN_FORCE = "该政策版本已经发布并生效，不能再修改；请新建一个版本并设定新的生效日期。"
BACKDATED = "发布的版本不能从过去的日期起生效，请改为今天或以后的日期。"
FIRST_CALENDAR = dt.date(2004, 1, 1)  # the package knows no day before
MOST_AHEAD = 10  # years
FAR_AHEAD = "最多可以填写到 {}，请核对年份。"


class ContractDateRule(models.TextChoices):
    """What happens where a contract is older than its application («事前申请»)."""

    HARD = "hard", "不得早于申请日期"
    WARN = "warn", "早于申请日期时提示审核人员"
    OFF = "off", "不检查"


RATIO = "补贴比例须大于 0、不超过 1，例如一半填 0.5。"


def yuan(label: str, default: Decimal, **options: Any) -> "models.DecimalField[Any, Any]":
    """Make a column for an amount; one that ships as 0 may be 0."""
    positive = MinValueValidator(Decimal("0.01"), "请填写大于 0 的金额。")
    positive = positive if default else MinValueValidator(Decimal(0), "请填写不小于 0 的金额。")
    return models.DecimalField(
        label, max_digits=14, decimal_places=2, default=default, validators=[positive], **options
    )


def check_ahead(name: str, day: dt.date | None) -> None:
    """Raise ValidationError beside the field of this name where its day lies further ahead than anybody plans."""
    last = add_months(today(), 12 * MOST_AHEAD)
    if day and day > last:
        raise ValidationError({name: ValidationError(FAR_AHEAD.format(last), code="range")})


class PolicyVersion(models.Model):
    """The rules from one day on; every case keeps the version in force at its first submission."""

    name = models.CharField("版本名称", max_length=40, unique=True)
    effective_from = models.DateField(
        "生效日期", unique=True, help_text="从当日零时（北京时间）起适用；申请按首次提交的日期，其他事项按办理的日期"
    )
    published = models.BooleanField("已发布", default=False, help_text="未发布的版本是草稿，不适用于任何事项")

    ratio = models.DecimalField(
        "补贴比例",
        max_digits=5,
        decimal_places=4,
        default=Decimal("0.50"),
        validators=[MinValueValidator(Decimal("0.0001"), RATIO), MaxValueValidator(1, RATIO)],
        help_text="0.5 即 50 %",
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

    use_months = figure("use_months", "使用期限", 12, "个月，从复审通过起算")
    redeem_months = figure("redeem_months", "兑现期限", 3, "个月，从使用期限届满起算")
    voucher_reminder_days = figure("voucher_reminder_days", "创新券到期首次提醒", 30, "天，使用、兑现期限届满之前")
    voucher_last_reminder_days = figure(
        "voucher_last_reminder_days", "创新券到期再次提醒", 7, "天，使用、兑现期限届满之前"
    )
    voucher_task_days = figure(
        "voucher_task_days", "创新券到期列入待办", 60, "天，兑现期限届满之前，列入用户中心的待办"
    )
    contract_date_rule = models.CharField(
        "合同签订日期", max_length=10, choices=ContractDateRule, default=ContractDateRule.HARD
    )
    full_payment_required = models.BooleanField("须全额支付后兑现", default=True)

    correction_days = figure("correction_days", "补正期限", 10, "工作日，从退回起算")
    reminder_day = figure("reminder_day", "补正提醒", 7, "退回后第几个工作日提醒")
    form_deadline_days = figure("form_deadline_days", "盖章申请表上传期限", 15, "工作日，从市级受理起算")
    form_reminder_days = figure("form_reminder_days", "盖章申请表上传提醒", 5, "天，上传期限届满之前")
    promised_district = figure("promised_district", "区初审承诺时限", 5)
    promised_body = figure("promised_body", "复审承诺时限", 10)
    promised_formal = figure("promised_formal", "形式审查承诺时限", 10)
    promised_experts = figure("promised_experts", "专家评审承诺时限", 20)
    appeal_days = figure("appeal_days", "申请复核期限", 10, "工作日，从不通过或核减的决定起算")
    promised_appeal = figure("promised_appeal", "复核承诺时限", 20)

    promised_certification = figure("promised_certification", "单位认证承诺时限", 5)
    licence_reminder_days = figure("licence_reminder_days", "证照到期首次提醒", 30, "天，证照有效期届满之前")
    licence_last_reminder_days = figure("licence_last_reminder_days", "证照到期再次提醒", 7, "天，证照有效期届满之前")
    promised_admission = figure("promised_admission", "服务机构入驻承诺时限", 10)
    admission_months = figure("admission_months", "入驻有效期", 36, "个月，从入驻起算，续期的从原有效期届满起算")
    renewal_days = figure("renewal_days", "可以申请续期", 90, "天，入驻有效期届满之前")
    admission_reminder_days = figure("admission_reminder_days", "入驻到期首次提醒", 60, "天，入驻有效期届满之前")
    admission_last_reminder_days = figure(
        "admission_last_reminder_days", "入驻到期再次提醒", 15, "天，入驻有效期届满之前"
    )
    join_reply_days = figure("join_reply_days", "加入申请答复期限", 3, "工作日，从申请起算，由单位管理员答复")
    join_wait_days = figure("join_wait_days", "未同意后再次申请", 30, "天，从未同意起算；0 为可以立即再次申请")
    join_most_open = figure("join_most_open", "加入申请上限", 5, "份，每人同时等待答复的加入申请")
    invitation_days = figure("invitation_days", "邀请有效期", 14, "天，从发出起算")
    invitations_most_open = figure("invitations_most_open", "邀请上限", 20, "份，每个单位同时等待答复的邀请")
    stand_in_days = figure("stand_in_days", "代理最长天数", 60, "天，一次代理，含首尾两日")
    rest_seconds = figure("rest_seconds", "审核决定的撤回时间", 120, "秒，作出决定之后、生效之前可以撤回；0 为立即生效")
    second_amount = yuan(
        "复核签起点", Decimal(0), help_text="元，金额超过的事项，通过须由同单位另一人复核签后生效；0 为不需要复核签"
    )
    repeat_minutes = figure(
        "repeat_minutes", "重复提交提醒", 10, "分钟，同一人再次提交内容相同的订单、产品时提醒；0 为不提醒"
    )
    lease_minutes = figure("lease_minutes", "认领失效", 15, "分钟，审核人员离开办理页面之后")
    aside_days = figure("aside_days", "搁置最长天数", 10, "工作日，从搁置当日起算")
    share_most = figure("share_most", "分派上限", 50, "件，每人名下同时保留的事项")

    similar_months = figure(
        "similar_months", "类似申请核对范围", 24, "个月，提交之前；核对同一服务机构或同名项目的其他申请；0 为不核对"
    )

    wanted_days = figure("wanted_days", "需求征集期限", 30, "天，从公布之日起算；到期自动下线")
    inquiries_most_open = figure("inquiries_most_open", "待回答的咨询", 5, "个，每人同时等待服务机构回答的问题")
    question_days = figure("question_days", "询问答复期限", 5, "工作日，从询问或提出更正建议起算；企业和审核单位相同")
    due_reminder_days = figure("due_reminder_days", "审核到期提醒", 2, "工作日，审核单位承诺的日期之前")
    unopened_days = figure("unopened_days", "无人登录提醒", 5, "工作日，有待办事项而审核单位没有人登录")

    rubric = rubric_field()

    pledge_version = models.CharField("诚信承诺版本", max_length=20, default=PLEDGE_VERSION)
    pledge_text = models.TextField("诚信承诺", default=PLEDGE_TEXT)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "政策版本"
        verbose_name_plural = "政策版本"
        ordering = ["-effective_from"]
        constraints = [
            models.CheckConstraint(
                name="policy_ratio",
                condition=models.Q(ratio__gt=0, ratio__lte=1),
                violation_error_message="补贴比例须大于 0、不超过 1。",
                violation_error_code="ratio",
            ),
            models.CheckConstraint(
                name="policy_cap",
                condition=models.Q(annual_cap__gt=0),
                violation_error_message="每家企业年度上限须大于 0 元。",
                violation_error_code="annual_cap",
            ),
            models.CheckConstraint(
                name="policy_minimum",
                condition=models.Q(minimum__isnull=True) | models.Q(minimum__gt=0, minimum__lte=models.F("annual_cap")),
                violation_error_message="最低补贴金额不能超过每家企业年度上限。",
                violation_error_code="minimum",
            ),
            models.CheckConstraint(
                name="policy_second_amount",
                condition=models.Q(second_amount__gte=0),
                violation_error_message="复核签起点不能小于 0 元。",
                violation_error_code="second_amount",
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
                    violation_error_code=f"{kind}_close",
                )
                for kind in ("apply", "redeem")
            ),
            *(
                models.CheckConstraint(
                    name=f"policy_{side}",
                    condition=models.Q(**{f"{side}__regex": rf"^\Z|{MONTH_DAY}"}),
                    violation_error_message="开放期限的日子写作 03-01，一年里没有的日子不行。",
                    violation_error_code=side,
                )
                for side in ("apply_open", "apply_close", "redeem_open", "redeem_close")
            ),
            *checks_of_figures(),
        ]

    def __str__(self) -> str:
        """Name the version as the pages do."""
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; this process reads afresh what holds."""
        super().save(*args, **kwargs)
        MEMORY.forget()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete it; this process reads afresh what holds."""
        deleted = super().delete(*args, **kwargs)
        MEMORY.forget()
        return deleted

    @property
    def terms(self) -> Terms:
        """The figures for the arithmetic."""
        return Terms(self.ratio, self.annual_cap, self.minimum, self.rounding, self.full_payment_required)

    @property
    def voucher_reminders(self) -> tuple[int, int]:
        """Days before a voucher's use-by and redeem-by at which the unit is told, the nearest first."""
        return self.voucher_last_reminder_days, self.voucher_reminder_days

    @property
    def licence_reminders(self) -> tuple[int, int]:
        """Days before the last day of a licence at which the unit is told, the nearest first."""
        return self.licence_last_reminder_days, self.licence_reminder_days

    @property
    def admission_reminders(self) -> tuple[int, int]:
        """Days before the last day of an admission at which the unit is told, the nearest first."""
        return self.admission_last_reminder_days, self.admission_reminder_days

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
        check_ahead("effective_from", self.effective_from)

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Say what two figures may not be together beside the field that the code of the constraint names."""
        try:
            super().validate_constraints(exclude)
        except ValidationError as errors:
            raise ValidationError(beside_fields(errors)) from None

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; this process reads the days afresh."""
        super().save(*args, **kwargs)
        MEMORY.forget()

    def clean(self) -> None:
        """A day of a year in which the offices count."""
        check_ahead("date", self.date)
        if self.date and self.date < FIRST_CALENDAR:
            raise ValidationError(
                {"date": ValidationError(f"工作日历从 {FIRST_CALENDAR} 开始，请核对年份。", code="range")}
            )
