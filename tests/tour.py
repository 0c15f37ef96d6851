"""A walk through every page: with whose browser, in a world that has rows, and the lists of people who have none."""

import itertools
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

from allauth.mfa.models import Authenticator
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.members.invitations.services import invite
from accounts.members.joining.services import ask_to_join
from reviews.models import Office, OfficeMember, PanelSeat
from reviews.places import end_place
from tests import factories as f
from tests.accounts import login
from tests.accounts.guarding import LOGIN, set_up, sign_in
from tests.accounts.test_wechat import APPLE, LONELY, RIVER, scan
from tests.catalog.sheets.brought import lists
from tests.redemption.dropped import open_line
from tests.reviews.desk import open_turn
from tests.tour_of_mall import DESKS, afresh

ODD, RIGHT, PHONE, CODE = "91120222MA00000313", "91120222MA00000312", "13800000088", "246810"
VISITOR = (
    "home",
    "product_list",
    "lab_list",
    "voucher_home",
    "policy_page",
    "help_page",
    "terms_page",
    "privacy_page",
    "site_map",
    "account_login",
    "account_request_login_code",
    "account_login_wechat",
    "account_signup",
    "account_reset_password",
    "account_inactive",
    "socialaccount_login_cancelled",
    "account_demo_texts",
)
ACCOUNT = (
    "account_home",
    "profile_edit",
    "phone_change",
    "mail_change",
    "session_list",
    "session_end_all",
    "sign_in_list",
    "data_home",
    "account_delete",
    "account_logout",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "wechat_account",
)
OWN = ("user_center", "notice_list", "unit_list", "invitation_list", "unit_add", "join_new", "certification_new")
FIRM = ("order_list", "favourite_list", "application_list", "claim_list", "admission_home", "box_list")
NEWCOMER = (*OWN, *FIRM, "certification_edit", "message_settings", "address_check")
DESK = ("turn_list", "turn_done_list", "view_list")
PLATFORM = (*DESK, "certification_list", "join_desk", "admission_list", "office_list")
CITY = (
    "user_center",
    "register_overview",
    "turn_all_list",
    "certification_list",
    "admission_list",
    "office_list",
    "duty_list",
)
NOTHING = "?q=没有这样的服务"


def at(name, *args):
    return reverse(name, args=args)


def all_at(names):
    return [reverse(name) for name in names]


def tour(world, stub):
    """(browser, address) of every page; stub: the memory of a WeChat of our own."""
    rows = furnish(world)
    with login.known_code(CODE):
        return [*wechat(stub), *itertools.chain.from_iterable(afresh(walk, world, rows) for walk in WALKS)]


def furnish(world):
    """Cases in the states in which their pages differ."""

    def application(state):
        return f.drive_application(world.make_application(10_000, 5_000), state, world)

    def claim(state):
        return f.drive_claim(world.make_claim(application("approved"), 10_000), state, world)

    world.platform_office.memberships.update(role=OfficeMember.Role.LEAD)
    others = Office.objects.filter(pk=world.other_body_office.pk)
    others.update(is_active=False)  # one body gets all of it, the other one has nothing
    rows = SimpleNamespace(
        placed=world.make_order(),
        serving=f.drive_order(world.make_order(), "serving", world),
        applications={s: application(s) for s in ("draft", "district", "district_returned", "body", "approved")},
        claims={s: claim(s) for s in ("draft", "district_returned", "formal", "accepted", "experts")},
        group=claim("experts"),
        admissions=[world.admit(), world.make_admission(unit=world.other_unit, by=world.stranger)],
        lab=f.make_laboratory(),
        asked=ask_to_join(world.unit.uscc, words="实验室，分机 8001", by=f.make_user("asker")),
        invited=invite(world.unit, "13700000001", "handler", by=world.applicant),
    )
    others.update(is_active=True)
    world.hear_experts(rows.claims["experts"])
    f.make_product(world.provider, f.make_category(parent=f.make_category()), is_marked=False)
    return rows


def visitor(world, rows):
    """What everybody reads, with what a search finds and does not find, and a page that is not there."""
    pages = [*all_at(VISITOR), at("product_detail", world.product.number), at("provider_detail", world.provider.pk)]
    pages += [at("lab_detail", rows.lab.number), at("product_list") + NOTHING, at("lab_list") + NOTHING, "/nowhere/"]
    pages += [at("lab_batch", rows.lab.batch.number), at("lab_list") + "?region=beijing"]
    return [(Client(), page) for page in pages]


def entrances(world, rows):
    """The steps of getting in."""
    code, new, old = Client(), Client(), Client()
    login.register(code)
    f.make_user("forgetful", phone=PHONE)
    new.post(at("account_reset_password"), {"login": PHONE})
    login.type_code(new, CODE)
    f.make_user("before").consents.update(version="2025-1")
    old.post(at("account_login"), {"login": "before", **LOGIN})
    places = ((code, "account_code"), (new, "account_reset_password_new"), (old, "account_consent"))
    return [(client, at(name)) for client, name in places]


def keep(client):
    """A form that came after the session was over, and the sign-in; return where it waits."""
    session = client.cookies.pop("sessionid")
    paper = SimpleUploadedFile("会议纪要.pdf", b"%PDF-1.4")
    answer = client.post(at("profile_edit"), {"name": "甲样例", "title": "研发主管", "paper": paper})
    client.cookies["sessionid"] = session.value
    return parse_qs(urlsplit(answer.url).query)["next"][0]


def factors(world, rows):
    """The second factor: asked at the door and again, its codes, taking it off; what waits to be sent again."""
    person, door = f.make_user("careful"), Client()
    client = sign_in(person)
    set_up(client)
    other = f.make_user("passkey")
    second = sign_in(other)
    key = Authenticator.objects.create(user=other, type="webauthn", data={"name": "办公电脑", "credential": {}})
    door.post(at("account_login"), {"login": "careful", **LOGIN})
    names = ("mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp")
    pages = [(client, page) for page in (*all_at((*names, "mfa_reauthenticate")), keep(client))]
    keys = [(second, page) for page in (at("mfa_list_webauthn"), at("mfa_remove_webauthn", key.pk))]
    return [(door, at("mfa_authenticate")), *pages, *keys]


def applicant(world, rows):
    """The firm: its account, its people, its orders, its cases in the states that it writes in and reads."""
    client, number = sign_in(world.applicant), world.unit.number
    drafts = [rows.applications[state].number for state in ("draft", "district_returned")]
    claims = {state: claim.number for state, claim in rows.claims.items()}
    reader = world.unit.memberships.get(user=world.reader)
    pages = [
        *all_at((*ACCOUNT, *OWN, *FIRM)),
        *(at(name, number) for name in ("certification_detail", "certification_reopen", "certification_particulars")),
        *(at(name, number) for name in ("member_list", "unit_hand_over", "unit_leave", "unit_invite")),
        at("member_remove", number, reader.pk),
        at("join_detail", rows.asked.pk),
        at("order_place", world.product.number),
        at("product_detail", world.product.number),
        *(at("order_detail", order.number) for order in (rows.placed, rows.serving)),
        at("order_move", rows.placed.number, "cancel"),
        *(at("application_edit", draft) for draft in drafts),
        at("application_check", drafts[0]),
        *(at("application_detail", row.number) for row in rows.applications.values()),
        at("application_end", rows.applications["district"].number, "withdraw"),
        *(at("claim_edit", claims[state]) for state in ("draft", "district_returned")),
        *(at("claim_edit", claims["draft"]) + more for more in ("?add=invoice", open_line(rows.claims["draft"]))),
        at("claim_check", claims["draft"]),
        at("claim_row_delete", claims["draft"], "invoice", rows.claims["draft"].invoices.get().pk),
        *(at("claim_detail", number) for number in claims.values()),
        at("claim_end", claims["district_returned"], "withdraw"),
        at("paper", rows.claims["formal"].invoices.get().document_id),
        at("admission_detail", rows.admissions[0].number),
        at("admission_move", rows.admissions[0].number, "withdraw"),
    ]
    return [(client, page) for page in pages]


def newcomers(world, rows):
    """Who has nothing yet; who fills in the certification, and who does it again; who fills in an admission; who asks to join."""
    draft = f.make_unit(f.make_user("draft"), RIGHT, "雍阳样例公司", "120114")
    again = f.drive_unit(f.make_unit(f.make_user("again"), f.CODES[5], "再次样例公司"), "returned", world)
    nothing, own, more, stranger, asker = (
        sign_in(person)
        for person in (f.make_user("newcomer"), admin_of(draft), admin_of(again), world.stranger, rows.asked.user)
    )
    number = rows.admissions[1].number
    return [
        *((nothing, page) for page in all_at(NEWCOMER)),
        *((own, page) for page in all_at(("certification_edit", "certification_check"))),
        (more, at("certification_edit")),
        *((stranger, at(f"admission_{page}", number)) for page in ("edit", "check")),
        (stranger, at("admission_edit", number) + "?add=1"),
        (asker, at("join_detail", rows.asked.pk)),
    ]


def admin_of(unit):
    return unit.memberships.get().user


def wechat(stub):
    """Somebody whom WeChat knows and the portal does not: asked for his number, then his name, then for a password."""
    number, name, password = Client(), Client(), Client()
    for client, person in ((number, RIVER), (name, APPLE), (password, LONELY)):
        scan(client, stub, person)
    for client, phone in ((name, "13800000077"), (password, "13800000078")):
        client.post(at("socialaccount_signup"), {"phone": phone})
        login.type_code(client, CODE)
    password.post(at("wechat_register"), {"name": "何样例", "agrees": "on"})
    names = ("socialaccount_signup", "wechat_register", "account_set_password")
    return [(client, at(name)) for client, name in zip((number, name, password), names, strict=True)]


def reviewers(world, rows):
    """The offices in turn and those at which nothing lies; the platform; experts with and without a seat."""
    odd = f.drive_unit(f.make_unit(f.make_user("odd"), ODD, "单号样例公司"), "pending", world)
    alone = f.make_user("alone")
    f.make_office(Office.Kind.EXPERT, "后备专家库", alone)
    browsers = {person: sign_in(person) for person in (world.district, world.body, world.body_second, world.platform)}
    seat = PanelSeat.objects.filter(expert=world.expert_1).latest("pk")
    turns = (
        (world.district, rows.applications["district"]),
        (world.body, rows.applications["body"]),
        (world.body, rows.claims["formal"]),
        (world.body_second, rows.claims["experts"]),
        (world.body_second, rows.group),
        (world.platform, odd),
    )
    walks = (
        (browsers[world.district], all_at(("user_center", *DESK))),
        (browsers[world.body], all_at(DESK)),
        (sign_in(world.other_body), all_at(("user_center", *DESK))),
        (browsers[world.platform], [*platform_pages(world, rows), at("certification_admit", odd.number)]),
        (sign_in(world.expert_1), [*all_at(("user_center", "seat_list")), at("seat_detail", seat.pk)]),
        (sign_in(alone), all_at(("seat_list",))),
    )
    pages = [(browsers[person], open_turn(case).get_absolute_url()) for person, case in turns]
    return [*pages, *((browser, page) for browser, addresses in walks for page in addresses)]


def platform_pages(world, rows):
    """A unit and an admission as the platform reads them, and what it can do to them."""
    number = rows.admissions[0].number
    return (
        *all_at(PLATFORM),
        at("certification_detail", world.unit.number),
        at("certification_freeze", world.unit.number),
        at("admission_detail", number),
        at("admission_move", number, "suspend"),
        at("certification_list") + NOTHING,
        at("admission_list") + NOTHING,
    )


def city(world, rows):
    """市科技局: what it reads, and the people of the offices that it keeps."""
    browser, office = sign_in(world.municipal), world.district_office
    place = office.memberships.get(user=world.district).pk
    other = f.make_office(Office.Kind.BODY, "第三专业机构", f.make_user("gone"), f.make_user("stays"))
    ended = end_place(other.memberships.order_by("pk").first(), by=world.municipal)
    pages = (
        *all_at(CITY),
        *(at(name, office.pk) for name in ("office_detail", "office_invite")),
        *(at(name, place) for name in ("place_role", "place_stand_in", "place_end")),
        at("office_detail", other.pk),
        at("place_return", ended.pk),
        at("duty_end", world.curator.pk),
        at("turn_all_list") + NOTHING,
        at("order_detail", rows.serving.number),
        at("claim_detail", rows.claims["experts"].number),
    )
    return [(browser, page) for page in pages]


WALKS = (visitor, entrances, factors, applicant, newcomers, reviewers, *DESKS, city, lists)
