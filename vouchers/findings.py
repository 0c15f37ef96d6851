"""What the machine has checked in an application, for the desk and before it is handed in: each line names what was compared.

Nothing here stops anybody; what does stands in the conditions of the workflow and in the ledger (domain.md §3, §5.3).
"""

from collections.abc import Iterator

from orders.workflow import State as OrderState
from policy.arithmetic import ceiling, percent, yuan
from policy.calendar import add_months, is_open, local_date, window_sentence
from policy.models import PolicyVersion
from reviews.kinds import Lines
from vouchers.models import Application

TYPED = "比较的是申请表填写的数据。"
BEFORE = "创新券应当在服务开始前申请。服务已经开始或完成的，请核对是否符合支持条件。"
SHOWN = 3  # similar applications that are named


def line(tone: str, text: str, detail: str = "") -> dict[str, str]:
    """One line for components/checks.html."""
    return {"tone": tone, "text": text, "detail": detail}


def findings_of(application: Application, *, own: bool = False) -> Lines:
    """Every line. own: to the applicant, who reads nothing of other firms."""
    rules = application.rules
    lines = [*sums(application, rules), *days(application, rules), *ordered(application)]
    return [*lines, *similar(application, rules.similar_months, own=own)]


def sums(application: Application, rules: PolicyVersion) -> Iterator[dict[str, str]]:
    """The amount beside the share of the contract, and beside the least that is paid."""
    contract, asked, terms = application.contract_amount, application.applied_amount, rules.terms
    if contract is None or asked is None:
        return
    share = ceiling(contract, terms)
    told = f"申请补贴 {yuan(asked)}，预计合同金额 {yuan(contract)}的 {percent(terms.ratio)}为 {yuan(share)}"
    yield line("ok" if asked <= share else "bad", told, TYPED)
    if terms.minimum is not None and asked < terms.minimum:
        yield line("bad", f"申请补贴低于最低补贴金额 {yuan(terms.minimum)}", TYPED)


def days(application: Application, rules: PolicyVersion) -> Iterator[dict[str, str]]:
    """The day of the application beside its window, the plan beside the months of a voucher."""
    first, last = application.planned_from, application.planned_to
    day = local_date(application.handed_in_at)
    if application.submitted_at:
        is_in_time = is_open(rules, "apply", day)
        told = f"首次提交于 {day}，{'在' if is_in_time else '不在'}受理时间内"
        yield line("ok" if is_in_time else "bad", told, window_sentence(rules, "apply"))
    if first is None or last is None:
        return
    until = add_months(day, rules.use_months)
    plan, months = f"计划从 {first} 到 {last}", f"创新券的使用期限为 {rules.use_months} 个月，从复审通过起算。"
    if first < day:
        yield line("warn", f"{plan}，开始日期早于申请日期 {day}", BEFORE)
    if last > until:
        yield line("warn", f"{plan}，结束日期可能晚于使用期限", months)
    elif first >= day:
        yield line("ok", f"{plan}，在使用期限内", months)


def ordered(application: Application) -> Iterator[dict[str, str]]:
    """The mark of what was ordered, and whether the work is over already."""
    order = application.order
    told = f"所订产品{'带' if order.is_marked else '不带'}“创新券”标识，类别是{order.category_name}"
    yield line("ok" if order.is_marked else "bad", told, "按下单时的产品信息。")
    if order.state == OrderState.COMPLETED:
        yield line("warn", f"订单 {order.number} 已经完成", BEFORE)


def similar(application: Application, months: int, *, own: bool) -> Iterator[dict[str, str]]:
    """Earlier applications that may be for the same work, the latest; where there are none, what was looked through."""
    if not months:
        return
    since = add_months(local_date(application.handed_in_at), -months)
    found = list(Application.objects.alike(application, since)[: SHOWN + 1])
    scope = f"查了近 {months} 个月内提交的其他申请：本单位向同一服务机构的，以及项目名称相同的。"
    if not own:
        found += list(Application.objects.alike_elsewhere(application, since)[: SHOWN + 1])
    if not found:
        yield line("ok", "没有发现类似的申请", scope)
        return
    more = f"，这里列出其中 {SHOWN} 份" if len(found) > SHOWN else ""
    yield line("warn", f"有类似的申请{more}，请核对是否重复", scope)
    for other in found[:SHOWN]:
        whose = "本单位" if other.unit_id == application.unit_id else other.unit.name
        paid = yuan(other.asked_amount if other.approved_amount is None else other.approved_amount)
        day = local_date(other.handed_in_at)
        told = f"{other.number}“{other.project_name}”"
        yield line("warn", told, f"{whose}，{day} 提交，{other.get_state_display()}，{paid}。")
