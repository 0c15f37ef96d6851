"""Who stands outside of a firm's case, and why something of it answers to him all the same."""

EVERYBODY = (
    *("nobody", "applicant", "handler", "reader", "stranger", "provider_member", "platform", "district"),
    *("other_district", "body", "other_body", "municipal", "administrator", "curator", "auditor"),
    *("expert_1", "expert_2", "other_expert"),
)
OUTSIDE = {  # side → who has nothing to do with its firm
    "A": ("nobody", "stranger", "other_district", "other_body", "other_expert"),
    "B": ("nobody", "applicant", "handler", "reader", "district", "other_body", "other_expert"),
}
STAFF = {"administrator", "curator", "auditor", "municipal"}  # who enters the administration
NEWS = "what is published is for everybody, with its papers"
HELP = "the manual, its guides and the empty forms are for everybody"
MALL = "the mall and the list of laboratories are open to everybody"
SEEN_FROM_OUTSIDE = {  # name of an address with a number → why its page answers to who has nothing to do with it
    **dict.fromkeys(("product_detail", "provider_detail", "lab_detail", "lab_batch"), MALL),
    **dict.fromkeys(("article_read", "article_file"), NEWS),
    **dict.fromkeys(("manual_article", "guide_read", "form_blank"), HELP),
    "wanted_detail": "a need is for everybody once it is shown; who looks for it and his number are left out until he orders",
    "sitemap_file": "addresses of what is open to everybody, for search engines",
    "order_place": "whoever has an account may look at the form; an order is his own firm's",
    "product_ask": "whoever has an account may ask about what is on the shelf",
    "kept_form": "a form that was kept opens to its person alone; anybody else is led on, as with a key that is none",
}
WRITTEN_FROM_OUTSIDE = {  # the same for a POST
    **{name: SEEN_FROM_OUTSIDE[name] for name in ("order_place", "product_ask")},
    "kept_form": SEEN_FROM_OUTSIDE["kept_form"],
    "product_favour": "whoever has an account keeps what is on the shelf in sight, for himself alone",
    "product_seen": "whoever reads a service is counted",
    "manual_answer": "whoever reads an article may say whether it was of use",
    **dict.fromkeys(("wanted_move", "wanted_offer"), "a need is for everybody; who may not act on it reads why (409)"),
    "list_columns": "the name of a list, no number: everybody chooses his own columns",
}
OPEN_ACTS = {  # what a visitor may send
    *("account_login", "account_logout", "account_signup", "account_request_login_code"),
    *("account_reset_password", "account_reset_password_new"),
    "manual_answer",  # one answer a session, so many an hour from one address
    *("product_choose", "product_look", "product_seen"),  # what stands in his own session alone, and one reader more
    "socialaccount_login_cancelled",  # a page that asks for no method
}
ANSWERS_NOBODY = {  # what is not there for its own people either, and where it is tried instead
    "article_picture": "its sizes are made by a worker: tests/news/test_pictures.py",
    "mall_picture": "its sizes are made by a worker: tests/catalog/gallery/test_views.py",
    "rating_answer": "of fewer than three nobody sees any: tests/catalog/ratings",
    "paper_picture": "pictures are drawn by a worker: tests/records/pictures/test_views.py",
    "provider_product_status": "it wants a status: tests/test_scope.py",
    "question_propose": "it wants a field in its address: tests/reviews/test_question_pages.py",
    "seal_consistency": "nothing is sealed here: tests/seals/test_views.py",
    "seal_proof": "nothing is sealed here: tests/seals/test_views.py",
}
