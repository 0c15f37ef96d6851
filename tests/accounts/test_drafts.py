"""Long forms and opinions are saved while somebody types: for himself, beside the case, never over a colleague's work."""

import datetime as dt
import re

import pytest
from django.core import signing
from django.urls import reverse

from accounts.models import FormDraft
from accounts.security.drafts import DAYS, FRESH
from accounts.security.tasks import forget_forms
from tests.accounts.guarding import sign_in
from tests.factories import World, drive_application, make_user
from tests.helpers import constrained
from tests.reviews.desk import open_turn
from ui.autosave import given_in, token_of

pytestmark = pytest.mark.django_db
URL = "/account/drafts/"
WORDS = "委托检测三批复合材料样品的力学性能。"


@pytest.fixture
def world():
    world = World()
    world.colleague = make_user("colleague", name="同事乙")
    world.unit.memberships.create(user=world.colleague, role="handler")
    return world


@pytest.fixture
def case(world):
    return drive_application(world.make_application(), "draft", world)


def token_in(page, after=""):
    """The token of the first form that keeps what is typed; after: what stands before it on the page."""
    text = page.content.decode()
    return re.search(r'data-autosave="([^"]+)"', text[text.index(after) :]).group(1).replace("&amp;", "&")


def opened(client, case):
    return token_in(client.get(reverse("application_edit", args=[case.number])))


def save(client, token, **typed):
    return client.post(URL, {"draft_token": token, "csrfmiddlewaretoken": "t", "password": "x", **typed})


def told(client, token):
    return client.get(URL, {"draft_token": token}).json()


def test_it_is_saved_beside_the_case_and_says_when(world, case, time_machine):
    time_machine.move_to("2026-11-24 14:02+08:00", tick=False)
    client = sign_in(world.applicant)
    token, content, version = opened(client, case), case.content, case.version
    assert save(client, token, content=WORDS, seen="0").json() == {"at": "14:02", "others": []}
    assert save(client, token, content=f"{WORDS}二", seen="0").status_code == 200
    case.refresh_from_db()
    assert (case.content, case.version, FormDraft.objects.count()) == (content, version, 1)
    assert told(client, token)["own"]["fields"] == [["content", f"{WORDS}二"], ["seen", "0"]]


def test_two_people_see_each_other_s_version(world, case):
    one, other = sign_in(world.applicant), sign_in(world.colleague)
    save(one, opened(one, case), content=WORDS)
    token = opened(other, case)
    (seen,) = told(other, token)["others"]
    assert (seen["who"], seen["fields"], told(other, token)["own"]) == (
        str(world.applicant),
        [["content", WORDS]],
        None,
    )
    (noticed,) = save(other, token, content="别的").json()["others"]
    assert (noticed["who"], "fields" in noticed) == (str(world.applicant), False)
    assert sorted(FormDraft.objects.values_list("fields", flat=True)) == [[["content", "别的"]], [["content", WORDS]]]


def test_what_colleagues_type_is_shown_only_by_a_page_that_was_opened_just_now(world, case, time_machine):
    time_machine.move_to("2026-11-24 14:02+08:00", tick=False)
    one, other = sign_in(world.applicant), sign_in(world.colleague)
    save(one, opened(one, case), content=WORDS)
    token = opened(other, case)
    time_machine.shift(FRESH + 1)
    assert ["fields" in draft for draft in told(other, token)["others"]] == [False]


@pytest.mark.parametrize("forged", ["", "1:1:/x", "1:1:/x:abc:def"])
def test_a_page_that_was_given_to_nobody_saves_nothing(world, case, forged):
    client = sign_in(world.applicant)
    assert save(client, forged, content=WORDS).status_code == 403
    stranger = sign_in(world.stranger)
    assert save(stranger, opened(client, case), content=WORDS).status_code == 403  # another person's page
    assert client.get(URL, {"draft_token": signing.dumps("x")}).status_code == 403
    assert not FormDraft.objects.exists()


def test_forms_without_a_case_are_nobody_else_s(world):
    one, other = sign_in(world.applicant), sign_in(world.stranger)
    address = reverse("order_place", args=[world.product.number])
    save(one, token_in(one.get(address)), requirement=WORDS)
    assert told(other, token_in(other.get(address))) == {"own": None, "others": []}


def test_units_that_certify_at_one_address_do_not_read_each_other(world):
    found = []
    for person in (make_user("first"), make_user("second")):
        client = sign_in(person)
        token = token_in(client.get(reverse("certification_edit")))
        save(client, token, name=WORDS)
        found.append(told(client, token)["others"])
    assert found == [[], []]


def test_an_opinion_is_saved_too_and_dropped_once_it_is_sent(world, case):
    case = drive_application(case, "district", world)
    client, turn = sign_in(world.district), open_turn(case)
    page = client.get(reverse("turn_detail", args=[turn.pk]))
    token = token_in(page, 'id="decision"')
    assert given_in(token).form == f"{reverse('turn_opinion', args=[turn.pk])}#{turn.number}"
    save(client, token, verdict="send_back", text=WORDS)
    said = {"verdict": "send_back", "text": WORDS, "seen": case.version, "autosaved": token}
    address = reverse("turn_opinion", args=[turn.pk])
    client.post(reverse("turn_letter", args=[turn.pk]), said, follow=True)
    client.post(reverse("turn_letter", args=[turn.pk]), said, headers={"HX-Request": "true"})
    assert FormDraft.objects.exists()  # the message is only shown
    client.post(address, said)
    assert not FormDraft.objects.exists()


def test_what_a_return_asks_to_correct_is_saved_with_the_opinion(world, case):
    case = drive_application(case, "district", world)
    client = sign_in(world.district)
    token = token_in(client.get(case.turns.get().get_absolute_url()))
    save(client, token, verdict="send_back", text=WORDS, corrections=["contract_amount", "content"])
    kept = told(client, token)["own"]["fields"]
    assert [value for name, value in kept if name == "corrections"] == ["contract_amount", "content"]


def test_a_form_that_is_sent_leaves_no_draft_and_a_refused_one_does(world, case):
    client = sign_in(world.applicant)
    token = opened(client, case)
    save(client, token, content=WORDS)
    address = reverse("application_edit", args=[case.number])
    client.post(address, {"act": "save", "seen": 99, "content": WORDS, "autosaved": token})
    assert FormDraft.objects.exists()
    client.post(address, {"act": "save", "seen": case.version, "content": WORDS, "autosaved": token})
    assert not FormDraft.objects.exists()


def test_it_may_be_given_up(world, case):
    client = sign_in(world.applicant)
    token = opened(client, case)
    save(client, token, content=WORDS)
    client.post(URL, {"draft_token": token, "act": "drop-draft"})
    assert not FormDraft.objects.exists()


def test_more_than_anybody_types_is_not_kept(world, case):
    client = sign_in(world.applicant)
    assert save(client, opened(client, case), content="长" * 500_000).status_code == 413


def test_old_drafts_go(world, case):
    client = sign_in(world.applicant)
    save(client, opened(client, case), content=WORDS)
    FormDraft.objects.update(at=FormDraft.objects.get().at - dt.timedelta(days=DAYS + 1))
    forget_forms()
    assert not FormDraft.objects.exists()


def test_a_visitor_s_page_is_led_to_the_sign_in(client):
    assert client.get(URL, {"draft_token": token_of(1, "/x", is_shared=True)}).status_code == 302


@pytest.mark.parametrize("name", ["admission_edit", "claim_edit", "application_edit", "certification_edit", "join_new"])
def test_every_long_form_is_saved(world, name):
    cases = {"admission": world.make_admission, "claim": world.make_claim, "application": world.make_application}
    make = cases.get(name.removesuffix("_edit"))
    client = sign_in(world.applicant if make else make_user("newcomer"))
    assert token_in(client.get(reverse(name, args=[make().number] if make else [])))


def test_a_person_has_one_draft_of_a_form(client, world, case):
    client.force_login(world.applicant)
    save(client, opened(client, case), content=WORDS)
    again = FormDraft.objects.get()
    again.pk = None
    with constrained("draft_one_per_person_and_form"):
        again.save()
