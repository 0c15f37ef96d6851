"""A case outside one's scope answers 404 to every address that names it, also when its number is guessed."""

import datetime as dt

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.members.invitations.services import invite
from accounts.members.joining.services import ask_to_join
from catalog.models import Product
from notifications.models import Notice
from records.models import Event
from reviews.models import Opinion, PanelSeat, SubmissionReceipt
from reviews.panel import form_panel, recuse
from reviews.questions.services import ask
from tests.addresses import of_catalog, of_keepers
from tests.elsewhere import ELSEWHERE, FOR_ALL
from tests.factories import (
    World,
    drive_application,
    drive_claim,
    drive_unit,
    make_product,
    make_unit,
    make_user,
)
from tests.redemption.dropped import waiting_line
from tests.test_house import patterns

pytestmark = pytest.mark.django_db
FIRM, CITY, DISTRICT = {"applicant"}, {"municipal"}, {"district"}
UNIT = FIRM | {"reader"}  # 只读 finds what is to be read, and is refused in words where a button of a page acts
CURATOR = {"curator"}
BODY, EXPERTS = {"body", "body_second"}, {"expert_1", "expert_2", "expert_3"}
ORDER = UNIT | CITY | {"provider_member"}
APPLICATION = UNIT | CITY | DISTRICT | BODY
CLAIM = APPLICATION | EXPERTS
SCOPE = {  # address of a case → method, who finds it
    "certification_detail": ("get", UNIT | CITY | {"platform"}),
    "certification_submit": ("post", UNIT | CITY | {"platform"}),
    "certification_reopen": ("post", UNIT | CITY | {"platform"}),
    "certification_freeze": ("post", {"platform"}),
    "certification_admit": ("post", UNIT | CITY | {"platform"}),
    "certification_particulars": ("post", UNIT | CITY | {"platform"}),
    "member_list": ("get", UNIT),
    "member_role": ("post", UNIT),
    "member_remove": ("get", UNIT),
    "unit_hand_over": ("get", UNIT),
    "unit_leave": ("get", UNIT),
    "unit_invite": ("get", UNIT),
    "join_detail": ("get", FIRM | {"platform"}),
    "join_answer": ("post", UNIT | {"platform"}),
    "join_withdraw": ("post", FIRM | {"platform"}),
    "invitation_answer": ("post", UNIT),
    "admission_detail": ("get", UNIT | CITY | {"platform"}),
    "admission_edit": ("get", FIRM),
    "admission_check": ("get", FIRM),
    "admission_submit": ("post", FIRM),
    "admission_move": ("post", UNIT | CITY | {"platform"}),
    "order_detail": ("get", ORDER),
    "order_move": ("post", ORDER),
    "application_start": ("post", UNIT),
    "application_detail": ("get", APPLICATION),
    "application_edit": ("get", FIRM),
    "application_offer": ("get", FIRM),
    "application_copy": ("get", FIRM),
    "application_check": ("get", FIRM),
    "application_submit": ("post", FIRM),
    "application_end": ("post", FIRM),
    "application_appeal": ("get", FIRM),
    "claim_start": ("post", UNIT),
    "claim_detail": ("get", CLAIM),
    "claim_edit": ("get", FIRM),
    "claim_check": ("get", FIRM),
    "claim_copy": ("get", FIRM),
    "claim_submit": ("post", FIRM),
    "claim_end": ("post", FIRM),
    "claim_appeal": ("get", FIRM),
    "claim_verify": ("post", CLAIM),
    "claim_form_export": ("post", CLAIM),
    "claim_form_upload": ("post", FIRM),
    "claim_drop": ("post", FIRM),
    "claim_dropped": ("get", FIRM),
    "claim_dropped_all": ("get", FIRM),
    "claim_row": ("get", FIRM),
    "claim_row_edit": ("get", FIRM),
    "claim_row_delete": ("get", FIRM),
    "receipt_print": ("get", CLAIM),
    **dict.fromkeys(("keeper_person", "keeper_sign_out"), ("get", {"administrator"})),
    **dict.fromkeys(("keeper_unlock", "keeper_phone", "keeper_session_end"), ("post", {"administrator"})),
    "keeper_mail_act": ("post", {"administrator"}),
    "firm_detail": ("get", CITY | DISTRICT | BODY | {"platform", "auditor"}),
    "turn_detail": ("get", BODY | CITY),
    "turn_news": ("get", BODY | CITY),
    "turn_opinion": ("post", BODY),
    "turn_letter": ("post", BODY),
    "turn_remark": ("post", BODY),
    "turn_transfer": ("post", BODY),
    **{f"turn_{act}": ("post", BODY) for act in ("claim", "release", "skip", "take_over", "take_up")},
    "turn_hand_over": ("get", BODY),
    "turn_aside": ("get", BODY),
    "question_ask": ("get", CLAIM),
    "question_read": ("get", CLAIM),
    "panel_form": ("post", BODY),
    "panel_replace": ("post", BODY),
    "seat_detail": ("get", {"expert_1"}),
    "seat_word": ("post", {"expert_1"}),
    "seat_recuse": ("post", {"expert_1"}),
    "office_detail": ("get", CITY),
    "office_invite": ("get", CITY),
    "place_role": ("get", CITY),
    "place_stand_in": ("get", CITY),
    "place_end": ("get", CITY),
    "place_return": ("get", CITY),
    "duty_end": ("get", CITY | {"administrator"}),
    "notice_open": ("post", FIRM),
    "provider_product_edit": ("get", {"provider_member"}),
    "provider_product_status": ("post", {"provider_member"}),
    "product_pictures": ("get", {"provider_member", "curator"}),
    "curator_products_row": ("get", CURATOR),
    "curator_providers_row": ("get", CURATOR),
    "curator_laboratories_row": ("get", CURATOR),
    "curator_batches_row": ("get", CURATOR),
    "curator_categories_row": ("get", CURATOR),
    "curator_categories_move": ("post", CURATOR),
    "desk_act_report": ("get", CURATOR),
    "desk_act_progress": ("get", CURATOR),
}


def address_book(world, phone="13700000001"):
    """Every address with the numbers of one firm's cases; its claim is with the experts, `phone` is invited."""
    claim = drive_claim(world.make_claim(), "experts", world)
    world.hear_experts(claim)
    turn, application = claim.turns.get(closed_at=None), claim.application
    seat = PanelSeat.objects.get(turn=turn, expert=world.expert_1)
    asked = ask_to_join(world.unit.uscc, words="实验室，分机 8001", by=make_user())
    invitation = invite(world.unit, phone, "handler", by=world.applicant)
    notice = Notice.objects.filter(recipient=world.applicant).latest("pk")
    arguments = {
        "certification": {"number": world.unit.number}, "admission": {"number": world.admit("pending").number},
        "order": {"number": application.order.number},
        "application": {"number": application.number}, "claim": {"number": claim.number},
        "office": {"pk": world.district_office.pk}, "duty": {"pk": world.curator.pk}, "question": {"pk": turn.pk},
        "place": {"pk": world.district_office.memberships.get(user=world.district).pk},
        "receipt": {"number": SubmissionReceipt.objects.filter(number__startswith=claim.number).latest("pk").number},
        "turn": {"pk": turn.pk}, "panel": {"pk": turn.pk}, "seat": {"pk": seat.pk}, "notice": {"pk": notice.pk},
        "curator": {}, "desk": {}, "unit": {"number": world.unit.number}, "member": {"number": world.unit.number},
        "provider": {"number": world.product.number}, "product": {"number": world.product.number},
        "join": {"pk": asked.pk}, "keeper": {}, "firm": {}, "invitation": {"pk": invitation.pk, "step": "withdraw"},
    }  # fmt: skip
    member = {"pk": world.unit.memberships.get(user=world.reader).pk}
    more = of_catalog(world) | of_keepers(world, notice) | {
        "member_role": member, "member_remove": member,
        "admission_move": {"step": "suspend"}, "question_read": {"pk": ask(turn, by=world.applicant, text="？").pk},
        "order_move": {"step": "cancel"}, "application_end": {"step": "withdraw"}, "claim_end": {"step": "withdraw"},
        "application_start": {"number": application.order.number}, "claim_start": {"number": application.number},
        "claim_row": {"kind": "invoice"}, "claim_row_edit": {"kind": "invoice", "pk": claim.invoices.get().pk},
        "claim_row_delete": {"kind": "invoice", "pk": claim.invoices.get().pk}, "claim_drop": {"kind": "invoice"},
        "claim_dropped": {"pk": waiting_line(claim)},
    }  # fmt: skip
    return {name: reverse(name, kwargs={**arguments[name.split("_")[0]], **more.get(name, {})}) for name in SCOPE}


def missing(client, person, book, names):
    """Those of the addresses that are not there for the person."""
    client.force_login(person)
    return {name for name in names if getattr(client, SCOPE[name][0])(book[name]).status_code == 404}


@pytest.fixture
def world():
    return World()


@pytest.mark.parametrize("role", [
    "applicant", "reader", "stranger", "provider_member", "platform", "district", "other_district", "body",
    "body_second", "other_body", "municipal", "administrator", "curator", "auditor", "expert_1", "expert_2", "expert_3",
])  # fmt: skip
def test_what_a_role_does_not_find(client, world, role):
    book = address_book(world)
    outside = {name for name, (_, roles) in SCOPE.items() if role not in roles}
    inside = {name for name, (method, roles) in SCOPE.items() if role in roles and method == "get"}
    before = Event.objects.count(), Opinion.objects.count()
    assert missing(client, world.people[role], book, outside) == outside
    assert (Event.objects.count(), Opinion.objects.count()) == before
    assert missing(client, world.people[role], book, inside) == set()


def test_a_stand_in_finds_for_his_days_what_the_office_finds(client, world, time_machine):
    book = address_book(world)
    stand_in = world.lend()
    offices = {name for name, (method, roles) in SCOPE.items() if method == "get" and "district" in roles}
    found = {name for name, (method, _) in SCOPE.items() if method == "get"} - offices
    assert missing(client, world.deputy, book, offices) == set()
    assert missing(client, world.deputy, book, found) == missing(client, world.district, book, found)
    time_machine.move_to(timezone.now() + (stand_in.ends_on - stand_in.starts_on) + dt.timedelta(days=1))
    assert missing(client, world.deputy, book, offices) == offices


@pytest.mark.bare
def test_every_address_with_a_number_stands_in_the_table():
    named = {entry.name for entry in patterns(get_resolver()) if entry.pattern.converters}
    assert {name for name in named if not name.startswith("account_")} == {*SCOPE, *FOR_ALL, *ELSEWHERE}


@pytest.mark.parametrize(("maker", "name"), [
    (lambda world: world.make_application(), "application_detail"),
    (lambda world: world.make_claim(), "claim_detail"),
    (lambda world: world.make_admission(), "admission_detail"),
])  # fmt: skip
def test_a_draft_is_the_unit_s_alone(client, world, maker, name):
    address = reverse(name, args=[maker(world).number])
    found = set()
    for role, person in world.people.items():
        client.force_login(person)
        found |= {role} if person.is_active and client.get(address).status_code != 404 else set()
    assert found == UNIT


def test_an_expert_who_stepped_aside_finds_nothing_more(client, world):
    claim = drive_claim(world.make_claim(), "experts", world)
    seat = recuse(form_panel(claim.turns.get(closed_at=None), world.experts, by=world.body)[0], by=world.expert_1)
    client.force_login(world.expert_1)
    addresses = (reverse("seat_detail", args=[seat.pk]), reverse("claim_detail", args=[claim.number]))
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_each_office_finds_the_turns_of_its_own_and_the_city_all(client, world):
    application = drive_application(world.make_application(), "approved", world)
    unit = drive_unit(make_unit(world.applicant, "91120222MA00000312", "雍阳样例公司", "120114"), "certified", world)
    turns = {turn.state: turn for case in (application, unit) for turn in case.turns.all()}
    owners = {"district": DISTRICT | CITY, "body": BODY | CITY, "pending": {"platform"} | CITY}
    found = {state: set() for state in owners}
    for role, person in world.people.items():
        client.force_login(person)
        for state, turn in turns.items():
            status = client.get(reverse("turn_detail", args=[turn.pk])).status_code if person.is_active else 404
            found[state] |= {role} if status == 200 else set()
    assert found == owners


def test_a_draft_of_a_product_is_its_provider_s_alone(client, world):
    draft = make_product(world.provider, name="还没写完", status=Product.Status.DRAFT)
    found = set()
    for role, person in world.people.items():
        client.force_login(person)
        found |= {role} if person.is_active and client.get(draft.get_absolute_url()).status_code == 200 else set()
    assert found == {"provider_member"}


@pytest.mark.parametrize(
    "name",
    [
        "application_detail",
        "claim_detail",
        "order_detail",
        "certification_detail",
        "admission_detail",
    ],
)
def test_a_guessed_number_of_nothing_answers_as_one_of_somebody_else(client, world, name):
    client.force_login(world.stranger)
    assert client.get(reverse(name, args=["SQ20260000000"])).status_code == 404
