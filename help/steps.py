"""这一步怎么办: which step of the manual belongs to which page, by the page's name; the frame of every page draws the link."""

from functools import cache

from help.book import address_of

PAGES = {  # article#step → the pages from which it is reached
    "firm/login#password": "account_login account_logout account_reauthenticate account_code mfa_authenticate mfa_reauthenticate",
    "firm/login#code": "account_request_login_code address_check",
    "firm/login#wechat": "account_login_wechat wechat_account wechat_register socialaccount_signup",
    "firm/login#signup": "account_signup account_consent",
    "firm/login#forgotten": "account_reset_password account_reset_password_new",
    "firm/certification#fill": "certification_new certification_edit certification_detail",
    "firm/certification#submit": "certification_check",
    "firm/certification#known": "join_new join_detail unit_add",
    "firm/certification#renew": "certification_particulars certification_reopen",
    "firm/members#invite": "member_list member_remove unit_invite unit_list unit_leave invitation_list",
    "firm/members#hand-over": "unit_hand_over",
    "firm/members#box": "box_list box_add box_edit box_remove",
    "firm/mall#find": "product_list provider_detail",
    "firm/mall#compare": "product_compare product_choose favourite_list seen_page",
    "firm/mall#ask": "product_ask inquiry inquiry_own",
    "firm/mall#wanted": "wanted_list wanted_own wanted_new wanted_edit wanted_detail wanted_take wanted_move",
    "firm/mall#order": "product_detail order_place",
    "firm/mall#bought": "order_list order_detail order_move",
    "firm/labs#find": "lab_list lab_batch",
    "firm/labs#order": "lab_detail",
    "firm/apply#before": "application_list voucher_home",
    "firm/apply#fill": "application_edit application_copy",
    "firm/apply#submit": "application_check",
    "firm/apply#voucher": "application_end",
    "firm/progress#progress": "application_detail claim_detail",
    "firm/progress#ask": "question_ask question_read",
    "firm/claim#before": "claim_list",
    "firm/claim#invoices": "claim_edit claim_copy claim_row_delete",
    "firm/claim#submit": "claim_check",
    "firm/progress#withdraw": "claim_end",
    "firm/appeal#appeal": "application_appeal claim_appeal",
    "firm/account#center": "user_center notice_list kept_form",
    "firm/account#messages": "message_settings",
    "firm/account#change": (
        "account_home profile_edit phone_change mail_change account_change_password account_set_password mfa_index "
        "mfa_activate_totp mfa_deactivate_totp mfa_add_webauthn mfa_remove_webauthn mfa_list_webauthn "
        "mfa_generate_recovery_codes mfa_view_recovery_codes session_list session_end_all sign_in_list"
    ),
    "firm/account#data": "data_home account_delete",
    "provider/admission#fill": "admission_home admission_edit admission_check admission_detail admission_move",
    "provider/products#new": "provider_product_list provider_product_list_act provider_product_new provider_product_edit",
    "provider/products#sheet": "sheet_list sheet_new sheet_rows sheet_undo",
    "provider/products#pictures": "product_pictures provider_pictures",
    "provider/products#hours": "provider_hours provider_hours_close",
    "provider/orders#time": "booking_move booking_add",
    "provider/orders#answer": "inquiry_list rating_list rating_answer",
    "provider/orders#offer": "wanted_offers wanted_offer",
    "provider/orders#confirm": "provider_order_list",
    "desk/inbox#find": "turn_list turn_all_list view_list",
    "desk/inbox#claim": "turn_aside turn_hand_over",
    "desk/inbox#done": "turn_done_list",
    "desk/decide#look": "turn_detail turn_news",
    "desk/decide#letter": "rest_letter",
    "desk/decide#bulk": "bulk_detail",
    "desk/ask#ask": "question_propose",
    "desk/ask#phrases": "phrase_list phrase_new phrase_edit",
    "desk/people#invite": "office_list office_detail office_invite place_role place_end place_return",
    "desk/people#stand-in": "place_stand_in",
    "desk/people#share": "turn_share",
    "desk/people#picture": "picture picture_months picture_open picture_people picture_reasons",
    "platform/certify#check": "certification_list firm_list firm_detail",
    "platform/certify#code": "certification_admit",
    "platform/certify#freeze": "certification_freeze",
    "platform/certify#join": "join_desk",
    "platform/admit#check": "admission_list",
    "platform/admit#experts": "expert_list",
    "platform/publish#article": "article_desk article_detail article_edit article_new",
    "platform/publish#useful": "manual_answers manual_figures",
    "platform/publish#announce": "announcement_list announcement_new announcement_edit announcement_detail",
    "body/panel#form": "group_list group_new group_propose group_replace",
    "body/panel#result": "group_detail",
    "expert/seat#profile": "expert_mine",
    "expert/seat#invitation": "hearing_detail",
    "expert/seat#word": "seat_list seat_detail",
    "city/overview#offices": "duty_list duty_end",
    "city/overview#paid": "payment_list payment_record payment_strike",
    "city/overview#seals": "register_overview watch_page",
    "curator/catalog#mark": "curator_products curator_products_act curator_products_row",
    "curator/catalog#shelf": "curator_providers curator_providers_act curator_providers_row desk_act_list desk_act_report",
    "curator/catalog#moderate": "wanted_desk rating_hide",
    "curator/catalog#category": "curator_categories curator_categories_new curator_categories_row",
    "curator/laboratories#pause": "curator_laboratories curator_laboratories_act curator_laboratories_row",
    "curator/laboratories#batch": "curator_batches curator_batches_act curator_batches_row",
    "keeper/accounts#find": "keeper_list keeper_person",
    "keeper/accounts#stolen": "keeper_sign_out",
    "keeper/accounts#mail": "keeper_mail_list",
    "auditor/trail#trail": "trail_list",
    "auditor/trail#seals": "seal_page",
}
PARTS = {  # who else reads such a page, or when → article#step → the pages
    "catalog": {
        "curator/catalog#moderate": "wanted_detail wanted_list inquiry inquiry_list rating_list",
        "curator/catalog#shelf": "product_pictures provider_pictures",
    },
    "provider": {
        "provider/orders#answer": "inquiry",
        "provider/orders#offer": "wanted_detail",
        "provider/orders#confirm": "order_detail order_move",
    },
    "buyer": {"firm/mall#order": "booking_add"},
    "returned": {
        "firm/returned#read": "application_detail claim_detail",
        "firm/returned#mend": "application_edit application_check claim_edit claim_check",
    },
    "office": {"desk/decide#look": "application_detail claim_detail"},
}
PLACES = {name: place for place, names in PAGES.items() for name in names.split()}
PLACES_IN = {
    (part, name): place for part, steps in PARTS.items() for place, names in steps.items() for name in names.split()
}


@cache
def step_of(page: str, part: str = "") -> str:
    """The address of the step that belongs to the page of this name for whoever has this part there; "" where none does."""
    place = PLACES_IN.get((part, page)) or PLACES.get(page)
    return address_of(place) if place else ""
