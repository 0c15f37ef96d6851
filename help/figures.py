"""The figures that the texts of the manual name in braces: of the policy in force, of the settings, of the checks; none is written out."""

import re
from collections.abc import Mapping
from functools import partial

from django.conf import settings

from accounts.sms.services import PER_PHONE
from policy.arithmetic import percent, yuan
from policy.calendar import window_sentence
from policy.figures import RANGES
from policy.models import PolicyVersion
from records.uploads import MAX_CASE, MAX_SIZE, MEGABYTE
from reviews.panel import LEAST_EXPERTS

NAMED = re.compile(r"\{([a-z_]+)\}")
MINUTE = 60  # seconds


def figures_of(policy: PolicyVersion) -> dict[str, str]:
    """Name → what stands in its place."""
    return {
        **{name: str(getattr(policy, name)) for name in RANGES},
        "ratio": percent(policy.ratio),
        "cap": yuan(policy.annual_cap),
        "minimum": minimum_words(policy),
        "amount_base": policy.get_amount_base_display(),
        "rounding": policy.get_rounding_display(),
        "contract_date": f"合同签订日期{policy.get_contract_date_rule_display()}",
        "apply_window": window_sentence(policy, "apply"),
        "redeem_window": window_sentence(policy, "redeem"),
        "jjj": "与市内服务共用年度上限" if policy.jjj_shares_cap else "另计年度上限",
        "paid": "须全额对公支付后才能兑现" if policy.full_payment_required else "按已支付的部分兑现",
        **settings_figures(),
    }


def minimum_words(policy: PolicyVersion) -> str:
    """From which amount on an application is taken."""
    return f"补贴低于 {yuan(policy.minimum)} 的不受理" if policy.minimum else "不设最低补贴金额"


def settings_figures() -> dict[str, str]:
    """What rests with whoever runs the portal."""
    texts = "、".join(f"{limit.span} {limit.most} 条" for limit in PER_PHONE)
    return {
        "file_mb": str(MAX_SIZE // MEGABYTE),
        "case_mb": str(MAX_CASE // MEGABYTE),
        "lock_tries": str(settings.LOCK_TRIES),
        "lock_minutes": str(settings.LOCK_MINUTES),
        "code_minutes": str(settings.CODE_MINUTES),
        "text_limits": texts,
        "idle_minutes": str(settings.STAFF_IDLE_SECONDS // MINUTE),
        "deletion_days": str(settings.DELETION_DAYS),
        "least_experts": str(LEAST_EXPERTS),
        "sheet_days": str(settings.SHEET_DAYS),
        "policy_phone": settings.POLICY_PHONE,
        "support_phone": settings.SUPPORT_PHONE,
    }


def put_in(text: str, figures: Mapping[str, str]) -> str:
    """The text with each figure in its place; KeyError for a name that nothing stands for."""
    return NAMED.sub(partial(_value, figures), text)


def _value(figures: Mapping[str, str], found: "re.Match[str]") -> str:
    return figures[found[1]]
