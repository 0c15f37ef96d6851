"""The pages that the menu of 用户中心 may hold, the icon of each, and what the apps add beside their addresses."""

from catalog import urls as catalog
from help import urls as manual
from news import urls as news
from orders import urls as orders
from redemption import urls as redemption
from registers import urls as registers
from reviews import urls as reviews
from reviews.models import Office
from seals import urls as seals
from tten.watching import urls as watching
from vouchers import urls as vouchers

ACCOUNT = (
    ("用户中心", "user_center"),
    ("安全认证", "certification_view"),
    ("材料箱", "box_list"),
    ("我的单位", "unit_list"),
    ("我的资料", "account_home"),
    ("消息", "notice_list"),
)
INVITATIONS = (("我的邀请", "invitation_list"),)  # named only while there are some
OF_UNITS = {"certification_view", "unit_list", "box_list"}
STAFF = tuple(page for page in ACCOUNT if page[1] not in OF_UNITS)  # an office certifies, it is not certified
PURCHASES = (
    ("我买到的产品", "order_list"),
    ("收藏的服务", "favourite_list"),
    ("我的咨询", "inquiry_own"),
    ("我的需求", "wanted_own"),
)
PROVIDER = (
    ("我的产品", "provider_product_list"),
    ("收到的订单", "provider_order_list"),
    ("客户咨询", "inquiry_list"),
    ("服务评价", "rating_list"),
    ("我的报价", "wanted_offers"),
    ("表格导入", "sheet_list"),
)
ADMISSION = (("服务机构入驻", "admission_home"),)
ADMISSIONS = (("服务机构", "admission_list"),)  # of the platform, and of the city to look at
FIRMS = (("单位档案", "firm_list"),)  # whoever reviews, 市科技局, and whoever audits
ANNOUNCING = (("通知公告", "announcement_list"),)  # of the platform and of 市科技局
SHARE = (("分派", "turn_share"), ("工作情况", "picture"))  # of the head of an office that reviews
REVIEW = (("待办", "turn_list"), ("已办", "turn_done_list"), ("常用语", "phrase_list"))
ASKED = (("企业询问", "turn_list?tab=asked"),)  # while a firm waits for its office
UNITS = (("单位", "certification_list"),)  # of the platform, and of the city to look at
JOINS = (("加入申请", "join_desk"),)  # of people who come to a known unit, where nobody there answers
GROUPING = {Office.Kind.PLATFORM, Office.Kind.BODY}  # who keeps the pool of experts, and who forms groups of it
POLICY = (("政策版本", "admin:policy_policyversion_changelist"),)
OFFICES = (("单位与人员", "office_list"),)
DUTIES = (("管理员", "duty_list"),)
KEEPING = (("帐号管理", "keeper_list"), ("未送达的消息", "keeper_mail_list"))
ADMIN = (("后台管理", "admin:index"),)
AUDIT = (("操作留痕", "trail_list"), ("登录记录", "admin:accounts_signinevent_changelist"))
PLACES = {
    "我的帐号": "account_home",
    "科淘平台": "product_list",
    "科技创新券": "voucher_home",
}  # titles that lead somewhere
ICONS = {  # of a page, where the menu is folded to them
    "user_center": "house",
    "certification_view": "patch-check",
    "unit_list": "building",
    "box_list": "files",
    "account_home": "person-circle",
    "notice_list": "bell",
    "rating_list": "star",
    "inquiry_list": "chat-left-text",
    "order_list": "cart3",
    "favourite_list": "star",
    "inquiry_own": "chat-left-text",
    "wanted_own": "search",
    "wanted_offers": "send",
    "wanted_desk": "search",
    "application_list": "ticket-perforated",
    "claim_list": "cash-coin",
    "payment_list": "bank",
    "provider_product_list": "box-seam",
    "provider_order_list": "receipt",
    "admission_home": "award",
    "curator_products": "box-seam",
    "curator_providers": "buildings",
    "curator_laboratories": "tools",
    "curator_batches": "layers",
    "curator_categories": "diagram-3",
    "desk_act_list": "clock-history",
    "sheet_list": "upload",
    "turn_list": "inbox",
    "turn_list?tab=asked": "chat-left-text",
    "turn_done_list": "card-checklist",
    "turn_all_list": "globe2",
    "picture": "graph-up",
    "seat_list": "clipboard-check",
    "expert_list": "people",
    "expert_mine": "person-badge",
    "group_list": "diagram-3",
    "certification_list": "patch-check",
    "join_desk": "person-badge",
    "admission_list": "award",
    "office_list": "people",
    "duty_list": "shield-check",
    "admin:policy_policyversion_changelist": "journal-text",
    "admin:index": "gear",
    "admin:accounts_signinevent_changelist": "box-arrow-in-right",
    "phrase_list": "chat-left-text",
    "turn_share": "diagram-3",
    "firm_list": "folder",
    "announcement_list": "megaphone",
    "article_desk": "journal-text",
    "manual_answers": "chat-left-text",
    "keeper_list": "key",
    "keeper_mail_list": "envelope",
    "trail_list": "list-check",
    "register_overview": "link-45deg",
    "seal_page": "shield-check",
    "watch_page": "tools",
    "invitation_list": "send",
}
PLAIN_ICON = "circle"
REVIEWING = {Office.Kind.PLATFORM, Office.Kind.DISTRICT, Office.Kind.BODY}
DECIDING = REVIEWING | {Office.Kind.MUNICIPAL}  # to 市科技局 come decisions that are looked at once more


def pages_of(title: str) -> tuple[tuple[str, str], ...]:
    """(label, address) of what the apps put into this group, in `MENU` beside their addresses."""
    return tuple(
        (label, name)
        for urls in (catalog, orders, vouchers, redemption, reviews, registers, seals, news, manual, watching)
        for group, label, name in urls.MENU
        if group == title
    )
