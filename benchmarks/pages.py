"""Every list, every case page, every act and the PDF, by the role whose page it is, on the data of the demo."""

import datetime as dt
from typing import Any

from django.utils import timezone

from benchmarks.lines import NO_FORM, Line, Row

Args = tuple[str | Row, ...]
SOON = f"{timezone.localdate() + dt.timedelta(30)}"
WORDS = "材料齐全，情况属实，符合申请条件，同意。"
PDF = Row("records.Document", "file", {"content_type": "application/pdf"})


def own(model: str, state: str, want: str = "number") -> Row:
    """A case of the person's unit in a state."""
    return Row(model, want, {"state": state, "unit__memberships__user__username": "{role}"})


def application(state: str) -> Row:
    """The number of an own application."""
    return own("vouchers.Application", state)


def claim(state: str) -> Row:
    """The number of an own claim."""
    return own("redemption.Claim", state)


def admission(state: str) -> Row:
    """The number of an own admission."""
    return own("catalog.Admission", state)


def order(state: str, **fits: Any) -> Row:
    """The number of an order of the person's unit."""
    return Row("orders.Order", "number", {"state": state, "unit__memberships__user__username": "{role}", **fits})


def received(state: str) -> Row:
    """The number of an order that the person's provider has received."""
    return Row("orders.Order", "number", {"state": state, "provider__unit__memberships__user__username": "{role}"})


def turn(case: str, state: str, **fits: Any) -> Row:
    """An open turn of one of the person's offices."""
    lying = {"closed_at": None, "case_type__model": case, "state": state}
    return Row("reviews.Turn", "pk", lying | {"office__memberships__user__username": "{role}"} | fits)


def unit_of(**fits: Any) -> Row:
    """The number of a unit."""
    return Row("accounts.Unit", "number", fits)


OWN_UNIT = unit_of(memberships__user__username="{role}", memberships__role="admin")
HANDLER = Row("accounts.User", "pk", {"username": "handler"})
OWN_MEMBER = Row("accounts.UnitMember", "pk", {"user__username": "handler"})
FIRM = unit_of(memberships__user__username="unit_admin", memberships__role="admin")
PRODUCT = Row("catalog.Product", "number", {"status": "on_sale", "is_marked": True, "provider__unit__isnull": False})
OWN_PRODUCT = Row("catalog.Product", "number", {"provider__unit__memberships__user__username": "{role}"})
SEAT = Row("reviews.PanelSeat", "pk", {"expert__username": "{role}", "given_at": None, "turn__closed_at": None})
PLACE = Row("reviews.OfficeMember", "pk", {"user__username": "district_nankai", "stands_in_for": None})
BODY = Row("reviews.Office", "pk", {"kind": "body"})
PRESENT = {"claim__state": "draft", "claim__unit__memberships__user__username": "{role}"}
RECEIPT = Row("redemption.Receipt", "pk", PRESENT)
DATES = {"signed_on": "2026-01-05", "starts_on": "2026-01-05", "ends_on": "2026-06-30"}


def page(name: str, role: str, *args: str | Row, query: str = "", of: str = "") -> Line:
    """A page that is read; of: what tells it from another line of the same address."""
    return Line(f"GET {name} {of}".strip(), role, name, args, query)


def act(name: str, role: str, *args: str | Row, of: str = "", **more: Any) -> Line:
    """A form that is sent; it must lead on."""
    return Line(f"POST {name} {of}".strip(), role, name, args, method="POST", **({"status": 302} | more))


def pages_of(role: str, *names: str) -> list[Line]:
    """Pages without anything in their addresses."""
    return [page(name, role) for name in names]


LISTS = [
    *pages_of("", "home", "product_list", "lab_list"),
    page("product_list", "", query="?q=检测", of="searched"),
    page("lab_list", "", query="?q=材料", of="searched"),
    page("lab_batch", "", Row("catalog.LabBatch", "number", {"published_on__isnull": False})),
    *pages_of("unit_admin", "user_center", "voucher_home", "order_list", "application_list", "claim_list"),
    *pages_of("unit_admin", "notice_list", "unit_list", "invitation_list", "session_list", "sign_in_list"),
    page("member_list", "unit_admin", OWN_UNIT),
    *pages_of("provider", "provider_order_list", "provider_product_list", "admission_home"),
    page("turn_list", "district_nankai"),
    *[page(name, "body_a", of="body") for name in ("turn_list", "turn_done_list", "user_center")],
    *pages_of("expert_1", "seat_list"),
    *pages_of("platform", "certification_list", "admission_list", "join_desk", "office_list"),
    *pages_of("municipal", "turn_all_list", "duty_list"),
    page("firm_list", "municipal", query="?q=样例"),
    page("trail_list", "auditor"),
    page("keeper_list", "admin", query="?q=演示"),
    *pages_of("admin", "keeper_mail_list"),
    *[page("trail_list", "auditor", query=f"?{of}", of=of) for of in ("end=1", "words=材料", "person=unit_admin")],
    *pages_of("curator", "curator_products", "curator_providers", "curator_laboratories", "curator_categories"),
    *pages_of("curator", "desk_act_list"),
]
ADMIN = {  # 管理员 → lists of the admin site that his duty opens
    "admin": ("accounts_user", "accounts_unit", "accounts_invitation", "accounts_textmessage", "reviews_office",
              "reviews_district", "django_celery_beat_periodictask"),
    "curator": ("catalog_product", "catalog_provider", "catalog_laboratory", "catalog_category", "catalog_labbatch"),
    "auditor": ("records_event", "records_document", "accounts_signinevent", "notifications_notice", "orders_order",
                "vouchers_application", "vouchers_quotaaccount", "vouchers_ledgerentry", "redemption_claim",
                "reviews_turn", "catalog_admission", "notifications_delivery", "accounts_dataexport"),
    "municipal": ("policy_policyversion", "policy_calendarday"),
}  # fmt: skip
ADMIN_LISTS = [page(f"admin:{name}_changelist", role) for role, names in ADMIN.items() for name in names]
CASES = [
    page("product_detail", "", PRODUCT),
    page("lab_detail", "", Row("catalog.Laboratory", "number", {"status": "listed"})),
    page("provider_detail", "", Row("catalog.Provider", "pk", {"laboratory": None})),
    page("order_detail", "unit_admin", order("serving")),
    page("order_detail", "provider", received("completed"), of="provider"),
    *[page("application_detail", "unit_admin", application(state), of=state) for state in ("district", "approved")],
    page("application_edit", "unit_admin", application("draft")),
    page("application_check", "unit_admin", application("draft")),
    page("application_offer", "unit_admin", application("draft"), query="?contract_amount=20000"),
    page("application_end", "unit_admin", application("district"), "withdraw"),
    *[page("claim_detail", "unit_admin", claim(state), of=state) for state in ("district", "accepted", "passed")],
    page("claim_edit", "unit_admin", claim("draft")),
    page("claim_check", "unit_admin", claim("draft")),
    page("admission_detail", "provider", admission("admitted")),
    page("admission_edit", "firm_05", admission("draft")),
    page("admission_check", "firm_05", admission("draft")),
    page("certification_detail", "unit_admin", OWN_UNIT),
    page("certification_edit", "firm_34"),
    page("certification_check", "firm_34"),
    page("turn_detail", "district_nankai", turn("application", "district"), of="application"),
    page("turn_detail", "body_b", turn("claim", "formal"), of="claim"),
    page("turn_detail", "body_b", turn("claim", "experts"), of="experts"),
    page("turn_detail", "platform", turn("unit", "pending"), of="unit"),
    page("turn_detail", "platform", turn("admission", "pending"), of="admission"),
    page("seat_detail", "expert_1", SEAT),
    page("keeper_person", "admin", HANDLER),
    page("join_detail", "unit_admin", Row("accounts.JoinRequest", "pk", {"user__username": "firm_02"})),
    page("office_detail", "municipal", BODY),
    *[page("firm_detail", role, FIRM, of=role) for role in ("municipal", "district_nankai", "auditor")],
    page("provider_product_edit", "provider", OWN_PRODUCT),
    page("order_place", "unit_admin", PRODUCT),
    page("data_home", "unit_admin"),
    page("document", "unit_admin", Row("redemption.Invoice", "document__pk", PRESENT)),
]
VOUCHER_ACTS = [
    act("order_place", "unit_admin", PRODUCT, fields={
        "requirement": "需要检测一批新材料的力学性能，用于改进设计。", "budget": "20000", "wanted_on": SOON,
        "contact": "贾经办", "phone": "13800000000"}),
    act("order_move", "provider", received("placed"), "confirm", fields={"words": "可以承接。"}),
    act("application_start", "unit_admin", order("placed", is_marked=True, applications=None), form_on=NO_FORM),
    act("application_edit", "unit_admin", application("draft"), fields={"act": "save"}),
    act("application_submit", "unit_admin", application("draft"), form_on="application_check"),
    act("application_end", "unit_admin", application("district"), "withdraw"),
    act("claim_start", "unit_admin", application("approved"), form_on=NO_FORM),
    act("claim_edit", "unit_admin", claim("draft"), fields={"act": "save"}),
    act("claim_row", "unit_admin", claim("draft"), "contract", form_on="claim_edit", form_query="?add=contract",
        fields={"name": "技术服务合同", "number": "HT-2099", "amount": "20000", **DATES}, files={"file": PDF}),
    act("claim_row_edit", "unit_admin", claim("draft"), "receipt", RECEIPT, form_on="claim_edit",
        form_query="?edit=receipt-{2}"),
    act("claim_row_delete", "unit_admin", claim("draft"), "receipt", RECEIPT),
    act("claim_submit", "unit_admin", claim("draft"), form_on="claim_check"),
    act("claim_end", "unit_admin", claim("district"), "withdraw"),
    act("claim_form_export", "unit_admin", claim("accepted"), form_on=NO_FORM, status=200),
    act("claim_form_upload", "unit_admin", claim("accepted"), form_on="claim_detail", files={"scan": PDF}),
]  # fmt: skip
DESK_ACTS = [
    act("turn_letter", "district_nankai", turn("application", "district"), form_on="turn_detail",
        fields={"verdict": "pass_review", "text": WORDS}),
    act("turn_opinion", "district_nankai", turn("application", "district"), form_on="turn_detail",
        fields={"verdict": "pass_review", "text": WORDS}, of="application"),
    act("turn_opinion", "body_b", turn("claim", "formal"), form_on="turn_detail",
        fields={"verdict": "pass_review", "text": WORDS}, of="claim"),
    act("turn_opinion", "platform", turn("unit", "pending", unit_name__startswith="栖谷"), form_on="turn_detail",
        fields={"verdict": "pass_review", "text": WORDS}, of="unit"),
    act("turn_transfer", "district_nankai", turn("application", "district"), form_on="turn_detail",
        fields={"office": Row("reviews.Office", "pk", {"district__code": "120116"}), "words": WORDS}),
    act("panel_form", "body_b", turn("claim", "experts", seats=None), form_on="turn_detail", fields={
        "experts": Row("reviews.OfficeMember", "pk", {"office__kind": "expert", "ended_at": None}, take=3)}),
    act("panel_replace", "body_b", turn("claim", "experts", seats__recused_at__isnull=False), form_on="turn_detail",
        fields={"expert": Row("reviews.OfficeMember", "pk", {"user__username": "expert_5"})}),
    act("seat_word", "expert_1", SEAT, form_on="seat_detail", fields={"word": "agree", "amount": "1000", "text": WORDS}),
    act("seat_recuse", "expert_1", SEAT, form_on="seat_detail"),
    act("certification_freeze", "platform", unit_of(state="certified"), fields={"text": WORDS}),
]  # fmt: skip
UNIT_ACTS = [
    act("certification_edit", "firm_34", fields={"act": "save", "licence_permanent": "on", "licence_until": ""}),
    act("certification_new", "newcomer", fields={
        "act": "save", "name": "晴川传感（演示）有限公司", "uscc": "91120104MA05QJ7N35"}),
    act("certification_admit", "platform", unit_of(state="pending", memberships__user__username="firm_29"),
        fields={"text": WORDS}),
    act("certification_submit", "firm_34", OWN_UNIT, form_on="certification_check", form_args=0),
    act("certification_particulars", "unit_admin", OWN_UNIT, fields={"staff_count": "77"}),
    act("certification_reopen", "unit_admin", OWN_UNIT),
    act("admission_start", "firm_03", form_on=NO_FORM),
    act("admission_edit", "firm_05", admission("draft"), fields={"act": "save"}),
    act("admission_submit", "firm_05", admission("draft"), form_on="admission_check"),
    act("admission_move", "platform", Row("catalog.Admission", "number", {"state": "admitted"}), "suspend",
        fields={"text": WORDS}),
    act("provider_product_new", "provider", fields={
        "category": Row("catalog.Category", "pk", {"parent__isnull": False, "children": None}), "name": "疲劳试验",
        "summary": "金属材料疲劳试验", "description": WORDS, "deliverable": "检测报告", "duration": "10 天",
        "price": "1200", "price_unit": "次"}),
    act("provider_product_edit", "provider", OWN_PRODUCT),
    act("provider_product_status", "provider", OWN_PRODUCT, form_on=NO_FORM, fields={"status": "withdrawn"}),
    act("provider_product_list_act", "provider", form_on=NO_FORM, fields={"act": "withdraw", "row": OWN_PRODUCT}),
    act("curator_products_act", "curator", form_on=NO_FORM, fields={
        "act": "withdraw", "row": PRODUCT, "reason": WORDS}),
    act("curator_products_row", "curator", PRODUCT, fields={"duration": "9 天"}),
    act("unit_switch", "unit_admin", form_on=NO_FORM, fields={
        "unit": unit_of(memberships__user__username="{role}", memberships__role="handler")}),
    act("unit_invite", "unit_admin", OWN_UNIT, fields={"phone": "13911112222"}),
    act("unit_hand_over", "unit_admin", OWN_UNIT, fields={"to": OWN_MEMBER}),
    act("unit_leave", "handler", unit_of(memberships__user__username="{role}")),
    act("member_role", "unit_admin", OWN_UNIT, OWN_MEMBER, form_on=NO_FORM, fields={"role": "reader", "was": "handler"}),
    act("member_remove", "unit_admin", OWN_UNIT, OWN_MEMBER),
    act("join_new", "newcomer", fields={"uscc": Row("accounts.Unit", "uscc", {"memberships__user__username": "firm_10"}),
                                        "words": "我是该单位的员工。"}),
    act("join_answer", "unit_admin", Row("accounts.JoinRequest", "pk", {"user__username": "firm_02"}),
        form_on="join_detail"),
    act("join_withdraw", "newcomer", Row("accounts.JoinRequest", "pk", {"user__username": "{role}"}), form_on=NO_FORM),
    act("invitation_answer", "newcomer", Row("accounts.Invitation", "pk", {"phone": "13900000003"}), "accept",
        form_on=NO_FORM),
]  # fmt: skip
OFFICE_ACTS = [
    act("office_invite", "municipal", BODY, fields={"phone": "13911113333"}),
    act("place_role", "municipal", PLACE, fields={"role": "lead"}),
    act("place_stand_in", "municipal", PLACE, fields={
        "person": Row("reviews.OfficeMember", "pk", {"user__username": "district_120101"})}),
    act("place_end", "municipal", PLACE),
    act("duty_list", "municipal", fields={"account": "handler", "duty": "catalog"}),
    act("duty_end", "municipal", Row("accounts.User", "pk", {"duty": "catalog"})),
    act("keeper_unlock", "admin", HANDLER, form_on="keeper_person", fields={"reason": WORDS}),
    act("keeper_phone", "admin", HANDLER, form_on=NO_FORM),
    act("keeper_sign_out", "admin", HANDLER),
]  # fmt: skip
OWN_ACTS = [
    act("account_login", "", fields={"login": "handler", "password": "tten-demo-2026"}),
    act("account_logout", "handler", form_on=NO_FORM),
    act("account_change_password", "handler", fields={
        "oldpassword": "tten-demo-2026", "password1": "Tten-bench-2026!", "password2": "Tten-bench-2026!"}),
    act("account_reauthenticate", "handler", fields={"password": "tten-demo-2026"}),
    act("account_delete", "reader", fields={"password": "tten-demo-2026", "understood": "on"}, proved=True),
    act("profile_edit", "handler"),
    act("notice_open", "unit_admin", Row("notifications.Notice", "pk", {"recipient__username": "{role}"}),
        form_on=NO_FORM),
    act("notice_read_all", "unit_admin", form_on=NO_FORM),
    act("session_end_all", "handler", form_on=NO_FORM, fields={"act": "others"}),
    act("data_export_start", "handler", form_on=NO_FORM),
]  # fmt: skip
LINES = [*LISTS, *ADMIN_LISTS, *CASES, *VOUCHER_ACTS, *DESK_ACTS, *UNIT_ACTS, *OFFICE_ACTS, *OWN_ACTS]
