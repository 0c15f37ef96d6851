"""The whole figures of a policy version: how far each may go, which must be smaller than which, and what a form says."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

DAYS, MONTHS, PIECES = (1, 365), (1, 120), (1, 1000)
RANGES = {  # field → least and most; the database holds them, too
    "use_months": MONTHS,
    "redeem_months": MONTHS,
    "correction_days": DAYS,
    "reminder_day": DAYS,
    "form_deadline_days": DAYS,
    "form_reminder_days": DAYS,
    "appeal_days": DAYS,
    "voucher_reminder_days": DAYS,
    "voucher_last_reminder_days": DAYS,
    "voucher_task_days": DAYS,
    "promised_district": DAYS,
    "promised_body": DAYS,
    "promised_formal": DAYS,
    "promised_experts": DAYS,
    "promised_appeal": DAYS,
    "promised_certification": DAYS,
    "promised_admission": DAYS,
    "licence_reminder_days": DAYS,
    "licence_last_reminder_days": DAYS,
    "admission_months": MONTHS,
    "renewal_days": DAYS,
    "admission_reminder_days": DAYS,
    "admission_last_reminder_days": DAYS,
    "join_reply_days": DAYS,
    "join_wait_days": (0, 365),  # 0: at once
    "join_most_open": PIECES,
    "invitation_days": DAYS,
    "invitations_most_open": PIECES,
    "stand_in_days": DAYS,
    "rest_seconds": (0, 600),  # 0: at once
    "repeat_minutes": (0, 1440),  # 0: nobody is asked
    "lease_minutes": (1, 1440),
    "aside_days": DAYS,
    "share_most": PIECES,
    "similar_months": (0, 120),  # 0: nothing is looked for
    "question_days": DAYS,
    "wanted_days": DAYS,
    "inquiries_most_open": PIECES,
    "due_reminder_days": DAYS,
    "unopened_days": DAYS,
}
MONTH = 28  # days, the shortest
MONTH_DAY = r"^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z"
ORDER = {  # name of the constraint → what holds, the sentence where it does not, and the field beside which it stands
    "reminder": (models.Q(reminder_day__lt=models.F("correction_days")), "补正提醒须早于补正期限。", "reminder_day"),
    "form_reminder": (
        models.Q(form_reminder_days__lt=models.F("form_deadline_days")),
        "盖章申请表的提醒天数须少于上传期限，否则一受理就会提醒。",
        "form_reminder_days",
    ),
    "voucher_reminders": (
        models.Q(voucher_last_reminder_days__lt=models.F("voucher_reminder_days")),
        "创新券的再次提醒须晚于首次提醒，到期前的天数要更少。",
        "voucher_last_reminder_days",
    ),
    "licence_reminders": (
        models.Q(licence_last_reminder_days__lt=models.F("licence_reminder_days")),
        "证照的再次提醒须晚于首次提醒，到期前的天数要更少。",
        "licence_last_reminder_days",
    ),
    "admission_reminders": (
        models.Q(admission_last_reminder_days__lt=models.F("admission_reminder_days")),
        "入驻的再次提醒须晚于首次提醒，到期前的天数要更少。",
        "admission_last_reminder_days",
    ),
    "admission_reminded_in_time": (
        models.Q(admission_reminder_days__lte=models.F("renewal_days")),
        "入驻的首次提醒不能早于可以申请续期的日子，到期前的天数不能超过续期的天数。",
        "admission_reminder_days",
    ),
    "renewal": (
        models.Q(renewal_days__lt=models.F("admission_months") * MONTH),
        "可以申请续期的天数须短于入驻有效期。",
        "renewal_days",
    ),
}


def figure(name: str, label: str, default: int, unit: str = "工作日") -> "models.PositiveSmallIntegerField[int, int]":
    """Make the column of this name: a whole figure within its range, with its unit under the field."""
    least, most = RANGES[name]
    words = f"请填写 {least} 至 {most} 之间的整数。"
    validators = [MinValueValidator(least, words), MaxValueValidator(most, words)]
    return models.PositiveSmallIntegerField(label, default=default, validators=validators, help_text=unit)


def month_day(label: str) -> "models.CharField[str, str]":
    """Make a column for a day that returns every year; empty leaves that side open."""
    message = "请按“月-日”填写，例如 03-01。"
    return models.CharField(
        label, max_length=5, blank=True, validators=[RegexValidator(MONTH_DAY, message)], help_text="月-日；不填为不限"
    )


def checks_of_figures() -> list[models.CheckConstraint]:
    """What the database holds of them: their ranges, all in one (a form asks once for each), and their order."""
    limits = models.Q(**{f"{name}__range": limits for name, limits in RANGES.items()})
    orders = [
        models.CheckConstraint(
            name=f"policy_{name}", condition=condition, violation_error_message=sentence, violation_error_code=field
        )
        for name, (condition, sentence, field) in ORDER.items()
    ]
    said = "有的天数或个数超出了允许的范围，请按各项的提示填写。"
    return [
        models.CheckConstraint(name="policy_figures", condition=limits, violation_error_message=said),
        *orders,
    ]


def beside_fields(errors: ValidationError) -> dict[str, list[ValidationError]]:
    """The errors of the constraints by the field that each names by its code; what names none stays at the top."""
    found: dict[str, list[ValidationError]] = {}
    for listed in errors.error_dict.values():
        for error in listed:
            named = error.code in RANGES or error.code in {"minimum", "second_amount", "apply_close", "redeem_close"}
            found.setdefault(str(error.code) if named else NON_FIELD_ERRORS, []).append(error)
    return found
