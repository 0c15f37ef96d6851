"""What the public pages say, read from the data: the policy in force, counts, the newest products."""

from decimal import Decimal
from typing import Any

from django.conf import settings

from accounts.history.sign_ins import LEAST_MONTHS
from accounts.login.consent import ARCHIVE_YEARS, REPLY_DAYS, TERMS_VERSION
from catalog.mall.benefit import benefit_of
from catalog.mall.cards import address
from catalog.mall.navigation import Navigation
from catalog.models import LabBatch, Region, Shelf
from catalog.shelf import numbers
from help.book import roles
from help.guides import guides
from news.models import Article
from news.pages import latest
from policy.arithmetic import percent, yuan
from policy.calendar import today, window_sentence
from policy.models import PolicyVersion
from tten.context import columns
from ui.forms import Row, Sections
from ui.paging import MOST
from ui.reading import aside
from ui.templatetags.cards import Card

NEWEST = 8
REGIONS = dict(Region.choices)


def front() -> dict[str, Any]:
    """Context of 首页: three queries, and a fourth each half minute."""
    policy = PolicyVersion.objects.remembered()
    products, providers, laboratories = numbers(MOST)
    return {
        "policy": policy,
        "ratio": percent(policy.ratio),
        "cap": yuan(policy.annual_cap),
        "newest": newest(policy),
        "articles": latest(),
        "product_count": up_to_most(products),
        "provider_count": up_to_most(providers),
        "lab_count": str(laboratories),
    }


def up_to_most(count: int) -> str:
    """The number, or that there are more than are counted."""
    return str(count) if count <= MOST else f"{MOST}+"


def newest(policy: PolicyVersion) -> list[Card]:
    """The marked products that were last put on the shelf."""
    rows = aside(Shelf.objects.filter(is_marked=True)).order_by("-pk")
    read = ("product__number", "product__name", "provider__name", "region", "price", "top__name")
    return [
        Card(name, address(number), provider, REGIONS[region], price, top, is_marked=True, after=after(price, policy))
        for number, name, provider, region, price, top in rows.values_list(*read)[:NEWEST]
    ]


def after(price: Decimal, policy: PolicyVersion) -> Decimal | None:
    """What is left to pay with a voucher, yuan; None where nothing can be applied for."""
    return benefit_of(price, policy.terms).after


def policy_page() -> dict[str, Any]:
    """Context of 政策: the version in force in plain words, and all published versions."""
    policy = PolicyVersion.objects.in_force()
    return {
        "policy": policy,
        "sections": policy_sections(policy),
        "versions": [(version, terms_of(version)) for version in PolicyVersion.objects.filter(published=True)],
        "today": today(),
    }


def documents() -> dict[str, Any]:
    """政策文件 and 政策解读 that were published last, beside the version in force."""
    return {"documents": latest(Article.Sort.POLICY, Article.Sort.READING)}


def site_map() -> dict[str, Any]:
    """网站地图: the categories, batches, columns, articles of the manual and guides that there are now."""
    return {
        "columns": columns(),
        "branches": Navigation().branches,
        "batches": LabBatch.objects.exclude(published_on=None).order_by("number"),
        "sorts": Article.Sort.choices,
        "roles": roles(),
        "guides": guides().values(),
    }


def privacy_page() -> dict[str, Any]:
    """Context of 隐私声明: its version, and how long what is kept, days, months and years."""
    return {
        "version": TERMS_VERSION,
        "months": LEAST_MONTHS,
        "years": ARCHIVE_YEARS,
        "reflection": settings.DELETION_DAYS,
        "reply": REPLY_DAYS,
    }


def terms_of(policy: PolicyVersion) -> dict[str, str]:
    """The three figures that people ask for first."""
    minimum = yuan(policy.minimum) if policy.minimum else "不设"
    return {"ratio": percent(policy.ratio), "cap": yuan(policy.annual_cap), "minimum": minimum}


def policy_sections(policy: PolicyVersion) -> Sections:
    """The version in plain words, for components/field_list.html."""
    said = {"补贴多少": money_words(policy), "什么时候办": time_words(policy), "多久办完": promise_words(policy)}
    return [(title, [Row(*pair) for pair in pairs]) for title, pairs in said.items()]


def money_words(policy: PolicyVersion) -> list[tuple[str, str]]:
    """Ratio, cap, minimum and how they are counted."""
    terms = terms_of(policy)
    shared = "与市内服务共用年度上限" if policy.jjj_shares_cap else "另计年度上限"
    paid = "须全额对公支付后才能兑现" if policy.full_payment_required else "按已支付的部分兑现"
    return [
        ("补贴比例", f"不超过合同金额的 {terms['ratio']}"),
        ("年度上限", f"每家企业每个自然年度不超过 {terms['cap']}"),
        ("最低补贴", f"{terms['minimum']}" if not policy.minimum else f"低于 {terms['minimum']} 的不受理"),
        ("计算口径", f"{policy.get_amount_base_display()}；{policy.get_rounding_display()}"),
        ("京津冀", f"开放实验室的服务{shared}"),
        ("付款", paid),
    ]


def time_words(policy: PolicyVersion) -> list[tuple[str, str]]:
    """Windows and deadlines."""
    return [
        ("申请时间", window_sentence(policy, "apply")),
        ("兑现时间", window_sentence(policy, "redeem")),
        ("使用期限", f"复审通过后 {policy.use_months} 个月内使用"),
        ("兑现期限", f"使用期限届满后 {policy.redeem_months} 个月内申请兑现"),
        ("合同日期", f"合同签订日期{policy.get_contract_date_rule_display()}"),
        ("补正期限", f"退回后 {policy.correction_days} 个工作日内补正，第 {policy.reminder_day} 个工作日提醒"),
        ("申请表", f"市级受理后 {policy.form_deadline_days} 个工作日内上传盖章扫描件"),
    ]


def promise_words(policy: PolicyVersion) -> list[tuple[str, str]]:
    """The time promised for each step, and until when an admission is valid."""
    steps = (
        ("单位认证", policy.promised_certification),
        ("区初审", policy.promised_district),
        ("专业机构复审", policy.promised_body),
        ("形式审查", policy.promised_formal),
        ("专家评审", policy.promised_experts),
        ("服务机构入驻", policy.promised_admission),
    )
    valid = f"{policy.admission_months} 个月，到期前 {policy.renewal_days} 天起可以申请续期"
    return [*((label, f"{days} 个工作日") for label, days in steps), ("入驻有效期", valid)]
