"""What an application shows to those who read it."""

from typing import Any

from accounts.certification.snapshots import standing_warnings
from reviews.dossiers import dossier_of
from reviews.progress import next_words_of
from vouchers.checks import tie_warnings
from vouchers.ledger import account_of, held, others
from vouchers.models import Application
from vouchers.pages import sections_of
from vouchers.workflow import State


@dossier_of(Application)
def tell_application(application: Application, user: Any) -> dict[str, Any]:
    """Applicant, order, answers, papers, the quota; to reviewers also the signs of a tie to the provider."""
    own = application.has_member(user)
    told = {
        "sections": [*sections_of(application), *quota_section(application)],
        "documents": [application.contract_draft] if application.contract_draft else [],
        "warnings": [] if own else [*standing_warnings(application.unit), *tie_warnings(application)],
    }
    if application.state == State.BODY:
        told |= {"limit": application.applied_amount, "limit_label": "核定补贴金额"}
    return told


@next_words_of(Application)
def next_words(application: Application, own: bool) -> str:
    """What comes next where the common words do not say it all."""
    if application.state == State.APPROVED and own:
        return f"请在 {application.use_by} 前完成服务，在 {application.redeem_by} 前申请兑现。"
    if application.state in Application.DEAD and own and application.order.is_alive:
        return "可以在【创新券申请】里对同一个订单重新申请。"
    return ""


def quota_section(application: Application) -> list[tuple[str, list[tuple[str, Any, str]]]]:
    """What the unit's other cases hold of the year's quota."""
    account = application.account or account_of(application.unit, pool=application.pool)
    if account is None:
        return []
    other = others(account, held(application))
    rows = [
        ("年度", str(account.cycle), ""),
        ("年度上限", account.cap, "money"),
        ("其他申请占用", other.reserved, "money"),
        ("其他已批准", other.approved, "money"),
        ("其他已兑现", other.used, "money"),
        ("目前可用", account.free, "money"),
    ]
    return [("年度额度", rows)]
