"""Why a case is refused: the codes of domain.md §5.6 with their sentences."""

from django.db import models


class Reason(models.TextChoices):
    """Reason code of a refusal."""

    QUAL = "R-QUAL", "单位不符合申请条件"
    REL = "R-REL", "与服务机构存在关联关系"
    DUP = "R-DUP", "重复资助或发票已被使用"
    SCOPE = "R-SCOPE", "服务内容不属于支持范围"
    DATE = "R-DATE", "日期不在规定期限内"
    PARTY = "R-PARTY", "单位名称不一致"
    SEAL = "R-SEAL", "合同未签章、缺页或扫描不清"
    SUM = "R-SUM", "合计与合同金额不符"
    PAID = "R-PAID", "未全额对公支付"
    RESULT = "R-RESULT", "缺少服务成果证明"
    FORM = "R-FORM", "申请表版本不一致、未签字或未盖章"
    DESC = "R-DESC", "研发相关性说明不充分"
    LATE = "R-LATE", "超过规定时限"


# A redemption refused for one of these ends the voucher too (domain.md §5.4): fraud, related parties, double funding.
GRAVE = frozenset({Reason.REL, Reason.DUP})
