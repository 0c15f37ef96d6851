"""Two frames: whoever works for an office or keeps something has one of them everywhere, a firm the other."""

import pytest
from django.test import Client
from django.urls import reverse

from records.rules import RuleBroken
from reviews.panel import form_panel
from tests.factories import World, drive_claim
from tests.reviews.desk import open_turn
from tten.middleware import refuse

pytestmark = pytest.mark.django_db
WORK = "科服网工作台"
SHARED = ("user_center", "notice_list", "account_home", "session_list", "mfa_index")


@pytest.fixture
def world():
    return World()


@pytest.fixture
def signed_in(client):
    """The browser, with this person before it."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


@pytest.mark.parametrize(
    ("who", "names"),
    [
        (
            "municipal",
            (*SHARED, "duty_list", "office_list", "register_overview", "certification_list", "admission_list"),
        ),
        ("platform", ("join_desk", "certification_list", "admission_list")),
        ("district", SHARED),
        ("expert", (*SHARED, "seat_list")),
        ("curator", SHARED),
    ],
)
def test_an_office_s_people_stay_in_the_working_frame(world, signed_in, who, names):
    person = world.expert_1 if who == "expert" else world.people[who]
    pages = {name: signed_in(person).get(reverse(name)) for name in names}
    assert {name: page.status_code for name, page in pages.items()} == dict.fromkeys(names, 200)
    assert [name for name, page in pages.items() if WORK not in page.content.decode()] == []


def test_a_firm_reads_the_same_pages_in_the_portal_s_frame(world, signed_in):
    client = signed_in(world.applicant)
    assert [name for name in SHARED if WORK in client.get(reverse(name)).content.decode()] == []


@pytest.mark.parametrize("who", ["district", "platform", "municipal", "curator", "applicant"])
def test_what_cannot_be_is_said_in_the_frame_of_whoever_asked(world, signed_in, who):
    person = world.applicant if who == "applicant" else world.people[who]
    client = signed_in(person)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person)
    nowhere = client.get("/no/such/page/")
    pages = {
        "nowhere": nowhere,
        "hidden": client.get(reverse("turn_detail", args=[10**9])),
        "posted": client.post(reverse("user_center")),
        "expired": strict.post(reverse("notice_read_all")),
        "refused": refuse(nowhere.wsgi_request, RuleBroken("R-SAMPLE", "样例。")),
    }
    assert [page.status_code for page in pages.values()] == [404, 404, 405, 403, 409]
    in_frame = {name: WORK in page.content.decode() for name, page in pages.items()}
    assert in_frame == dict.fromkeys(pages, who != "applicant")


def test_who_works_at_an_office_and_belongs_to_a_unit_has_the_portal_s(world, signed_in):
    world.unit.memberships.create(user=world.district)
    assert WORK not in signed_in(world.district).get(reverse("notice_list")).content.decode()


def test_a_paper_leads_back_to_where_its_reader_has_the_case(world, signed_in):
    claim = drive_claim(world.make_claim(), "experts", world)
    paper = reverse("paper", args=[claim.contracts.get().document_id])
    turn = open_turn(claim)
    form_panel(turn, world.experts, by=world.body)
    seat = turn.seats.first()
    homes = {
        world.applicant: claim.get_absolute_url(),
        world.body: turn.get_absolute_url(),
        seat.expert: seat.get_absolute_url(),
    }
    for person, home in homes.items():
        assert f'<a href="{home}">{claim.number}</a>' in signed_in(person).get(paper).content.decode()
