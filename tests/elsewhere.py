"""Addresses with a number that no table of cases holds: open to everybody, or shown elsewhere to be their person's alone."""

from tests.addresses import OF_THE_MALL

MALL = {"product_detail", "provider_detail", "lab_detail", "lab_batch", "order_place", "product_ask"}
FOR_ALL = MALL | {
    "manual_article",
    "manual_answer",
    "guide_read",
    "form_blank",
}  # the mall and the manual are open to everybody
ELSEWHERE = {  # the address belongs to its person alone: shown there
    *("rating_answer", "rating_hide", "inquiry"),  # tests/catalog/ratings, tests/catalog/asking
    *("mall_picture", "picture_act", "provider_pictures"),  # tests/catalog/gallery/test_views.py
    *OF_THE_MALL,
    "manual_handled",  # tests/help/test_answering.py
    "kept_form",  # tests/accounts/test_keeping.py
    "document",  # tests/records/test_views.py
    *("paper", "paper_part", "paper_wait", "paper_picture"),  # tests/records/pictures/test_views.py
    "session_end",  # tests/accounts/test_sessions.py
    "data_export_download",  # tests/accounts/test_my_data.py
    "export_download",  # tests/accounts/test_exports.py
    "mfa_remove_webauthn",  # tests/accounts/test_passkeys.py
    *("view_open", "view_rename", "view_delete", "list_columns"),  # tests/reviews/test_lists.py
    *("box_edit", "box_read", "box_remove"),  # tests/accounts/test_box.py
    *(f"question_{act}" for act in ("propose", "accept", "decline")),  # tests/reviews/test_question_pages.py
    "certification_read",  # tests/accounts/test_licence_readings.py
    "admission_read",  # tests/catalog/admissions/test_readings.py
    *("rest_back", "rest_take"),  # tests/reviews/test_rests.py
    *("rest_letter", "rest_sign", "rest_return"),  # tests/reviews/test_seconds.py
    *("seal_proof", "seal_consistency"),  # tests/seals/test_views.py
    *(
        f"announcement_{act}" for act in ("edit", "detail", "send", "drop", "stop", "progress", "read")
    ),  # tests/tten/test_announcing.py
    *(
        f"article_{act}" for act in ("detail", "edit", "publish", "hold_back", "drop", "pin", "withdraw")
    ),  # tests/news/test_views.py
    *(f"article_{act}" for act in ("add_files", "remove_file", "read", "file")),  # the same
    *(f"article_{act}" for act in ("picture", "add_picture", "keep_picture")),  # tests/news/test_pictures.py
    *("bulk_detail", "bulk_letter", "bulk_start", "bulk_progress"),  # tests/reviews/test_bulk.py
    *("expert_tie_end", "payment_strike"),  # tests/reviews/test_experts.py, tests/redemption/test_payments.py
    *(
        "provider_hours",
        "provider_hours_close",
        "provider_hours_open",
        "booking_move",
        "booking_add",
        "booking_calendar",
    ),
    *(f"group_{act}" for act in ("detail", "dissolve", "close", "replace")),  # tests/reviews/test_group_views.py
    *(f"hearing_{act}" for act in ("detail", "answer", "words", "leave")),  # tests/reviews/test_group_views.py
    *("phrase_edit", "phrase_delete"),  # tests/reviews/test_phrases.py
    *(f"sheet_{page}" for page in ("new", "template", "progress", "undo", "publish", "rows")),  # tests/catalog/sheets
}
