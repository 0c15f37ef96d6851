"""The acts that the bench of pages does not measure, each with the reason."""

CODES = "a code by text or mail: how often one is sent is counted in the cache, where nothing is undone"
FACTOR = "needs a device, or a code that is good once"
WECHAT = "needs WeChat"
BOX = "at most a hundred papers of one unit, one at a time; queries are held by tests/queries.json"
TALK = "no demo has asked anything; its queries are held by tests/queries.json"
APPEAL = "once a decision: a submission with papers; its queries are held by tests/queries.json"
COPY = "a save of the draft, which is a line already"
SHEET = "needs a spreadsheet: the demo has none; the work itself is measured by python -m benchmarks.sheets"
WAITS = "a paper that waits to become a row: the demo has none; its queries are held by tests/queries.json"
ROW = "the verb of curator_products_row"
CLAIMED = "one row says who has a turn, one line of a trail at most; queries are held by tests/queries.json"
VIEWS = "a row or two of one person: its queries are held by tests/queries.json"
GROUPS = "no demo has asked a group for many cases; its queries are held by tests/queries.json"
ARTICLES = (
    "desk",
    "new",
    "edit",
    "detail",
    "publish",
    "hold_back",
    "drop",
    "pin",
    "withdraw",
    "add_files",
    "remove_file",
    "list",
    "read",
    "add_picture",
    "keep_picture",
)
UNMEASURED = {  # act → why it is no line
    **dict.fromkeys(
        [f"announcement_{act}" for act in ("list", "new", "edit", "detail", "send", "drop", "stop", "read")],
        "a few rows a month, whose worker is measured: docs/performance.md",
    ),
    **dict.fromkeys(
        ("manual_article", "manual_search", "manual_print", "guide_read", "start_home", "form_blank"),
        "files in memory; queries are held by tests/queries.json",
    ),
    **dict.fromkeys(
        [f"article_{act}" for act in ARTICLES], "a few articles a month; queries are held by tests/queries.json"
    ),
    **dict.fromkeys(
        ("manual_answer", "manual_answers", "manual_figures", "manual_handled"),
        "a row or two; queries are held by tests/queries.json, plans by tests/help/test_answering.py",
    ),
    "favourite_list": "at most 200 rows of one person; queries are held by tests/queries.json",
    "inquiry_own": "a few questions of one person; queries are held by tests/queries.json",
    "product_favour": "one row of one person; its queries are held by tests/queries.json",
    "product_seen": "a number in the cache, twenty rows of one person; queries are held by tests/queries.json",
    **{
        f"wanted_{page}": "a few needs a month; queries are held by tests/queries.json"
        for page in ("list", "detail", "new", "edit", "move", "offer", "offer_withdraw", "take")
    },
    "product_look": "a word into a session; its queries are held by tests/queries.json",
    "product_choose": "four numbers into a session; its queries are held by tests/queries.json",
    **dict.fromkeys(
        ("bulk_choose", "bulk_detail", "bulk_letter", "bulk_start"), "a decision for many: docs/performance.md"
    ),
    **dict.fromkeys(
        [f"provider_hours{act}" for act in ("", "_close", "_open")]
        + ["booking_move", "booking_add", "booking_calendar"],
        "one instrument or one order at a time: held by tests/queries.json",
    ),
    **dict.fromkeys(
        ("payment_list", "payment_record", "payment_strike"), "a few batches a month; held by tests/queries.json"
    ),
    **dict.fromkeys(("phrase_list", "phrase_new", "phrase_edit", "phrase_delete"), "a few words of one person"),
    **dict.fromkeys(
        ("rest_back", "rest_take", "rest_sign", "rest_return", "rest_letter"),
        "one row of a decision that rests: held by tests/queries.json",
    ),
    **dict.fromkeys(
        ("expert_list", "expert_mine", "expert_tie_declare", "expert_tie_end"), "a pool of some dozens of people"
    ),
    **{f"group_{act}": GROUPS for act in ("list", "new", "propose", "detail", "replace", "dissolve", "close")},
    **{f"hearing_{act}": GROUPS for act in ("detail", "answer", "words", "leave")},
    **dict.fromkeys(("claim_drop", "claim_dropped", "claim_dropped_all"), WAITS),
    **dict.fromkeys(
        ("product_pictures", "provider_pictures", "picture_act"),
        "photographs of one product or institution, at most eight: held by tests/queries.json",
    ),
    **dict.fromkeys(("rating_list", "rating_answer", "rating_hide"), "one row; queries are held by tests/queries.json"),
    **dict.fromkeys(("product_ask", "inquiry", "inquiry_list"), "a question of one person: held by tests/queries.json"),
    "mall_picture": "a file: three questions, no template",
    "claim_verify": "a bench is connected to no register, and the act is refused",
    **dict.fromkeys(("sheet_list", "sheet_new", "sheet_publish", "sheet_undo"), SHEET),
    "admin:accounts_listexport_changelist": "what was taken away of lists: the demo has nothing",
    "admin:catalog_sheetimport_changelist": SHEET,
    "export_list": "what was taken away of lists: the demo has nothing",
    "export_start": "a whole list: its cost is that of its rows",
    "turn_remark": "one row; its queries are held by tests/queries.json",
    "kept_form": "asks for a form that was kept when a session ended: no demo has one",
    "admin:accounts_accountmail_changelist": "mails about accounts: the demo sends none",
    "admin:backups_backup_changelist": "one row a night: the demo makes none",
    "admin:catalog_synonym_changelist": "some dozens of rows that the curator keeps",
    **dict.fromkeys(("view_list", "view_save", "view_rename", "view_delete", "list_columns"), VIEWS),
    "form_draft": "one row, sent by a page while somebody types; its queries are held by tests/queries.json",
    **dict.fromkeys(("box_list", "box_add", "box_edit", "box_remove"), BOX),
    **dict.fromkeys(("application_copy", "claim_copy"), COPY),
    **dict.fromkeys(("application_appeal", "claim_appeal"), APPEAL),
    **dict.fromkeys((f"question_{act}" for act in ("ask", "propose", "read", "accept", "decline")), TALK),
    "message_settings": "one row of one person: its queries are held by tests/queries.json",
    "address_check": "one column of one person, asked after an address failed: held by tests/queries.json",
    "account_code": CODES,
    "account_request_login_code": CODES,
    "account_reset_password": CODES,
    "account_reset_password_new": CODES,
    "account_set_password": CODES,
    "account_signup": CODES,
    "mail_change": CODES,
    "phone_change": CODES,
    "mfa_activate_totp": FACTOR,
    "mfa_add_webauthn": FACTOR,
    "mfa_authenticate": FACTOR,
    "mfa_deactivate_totp": FACTOR,
    "mfa_reauthenticate": FACTOR,
    "mfa_remove_webauthn": FACTOR,
    "mfa_list_webauthn": FACTOR,
    "socialaccount_signup": WECHAT,
    "wechat_register": WECHAT,
    "wechat_unbind": WECHAT,
    "weixin_login": WECHAT,
    "account_consent": "once for each person",
    "admission_laboratories": "no unit of the demo has a laboratory to take over",
    **{f"turn_{act}": CLAIMED for act in ("claim", "release", "skip", "take_over", "hand_over", "aside", "take_up")},
    "turn_share": "at most a hundred turns of one office in three statements; queries are held by tests/queries.json",
    "place_return": "nobody of the demo has left an office",
    "session_end": "needs a second session",
    "keeper_session_end": "needs a session beside the bench's own",
    "keeper_mail_act": "needs a mail that did not arrive: all of the demo have left",
    **{f"curator_{room}_act": "the verb of curator_products_act" for room in ("providers", "laboratories", "batches")},
    **dict.fromkeys((f"curator_{room}_row" for room in ("providers", "laboratories", "batches", "categories")), ROW),
    "curator_categories_new": ROW,
    "curator_categories_move": "two rows of a table that does not grow",
}
